/** Holds a project with a shim whose archives and programs are built by commands of its own. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { stageOutputSchemas } from "../../src/pipeline/outputs.js";
import { openProject } from "../../src/pipeline/project.js";
import { runUpgrade } from "../../src/pipeline/upgrade.js";
import { run } from "../../src/support/exec.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const missing: string[] = [];
for (const tool of ["sh", "g++", "ar", "git"]) if ((await findTool(tool)) === undefined) missing.push(tool);
if ((await findLibclang()) === undefined) missing.push("libclang");

/** A header that reads only with the define that the compile database tells. */
const HEADER = `#ifndef BELL_STRIKES
#error how often does it strike?
#endif
namespace bell {
class Bell {
 public:
  explicit Bell(int size) : size_(size) {}
  int Ring(int times) const;
 private:
  int size_;
};
}
`;

const FLAVOR_SCRIPT = `set -e
cd "$2"
g++ -std=c++17 -DBELL_STRIKES=1 -I"$1" -c "$1/bell.cc" -o bell.o
rm -f libbell.a
ar rcsD libbell.a bell.o
echo '[{"directory": "'"$1"'", "file": "bell.cc", "arguments": ["g++", "-std=c++17", "-DBELL_STRIKES=1", "-I.", "-c", "bell.cc"]}]' > compile_commands.json
`;

const PROGRAM_VARIABLES = [
  ["MODE", "{mode}"],
  ["OUT", "{out}"],
  ["SHIM", "{shim}"],
  ["RUNTIME", "{shim:runtime}"],
  ["BYHAND", "{shim:byhand}"],
  ["LEGACY_TREE", "{tree:legacy}"],
  ["LATEST_TREE", "{tree:latest}"],
  ["LEGACY_ARCHIVE", "{archive:legacy}"],
  ["LATEST_ARCHIVE", "{archive:latest}"],
] as const;

/** The program of one mode: its source, and one unit of the shim for each flavor in it. */
const PROGRAM_SCRIPT = `set -e
case $MODE in legacy) only=-DUNFORK_SHIM_ONLY=0 ;; latest) only=-DUNFORK_SHIM_ONLY=1 ;; dual) only= ;; esac
mkdir -p "$OUT/$MODE"
compile() { g++ -std=c++17 $only -I"$SHIM/include" -I"$RUNTIME" -I"$BYHAND" "$@"; }
set --
if [ "$LEGACY_TREE" ]; then
  compile -DBELL_STRIKES=1 -I"$LEGACY_TREE" -c "$SHIM/src/bell_shim_legacy.cc" -o "$OUT/$MODE/legacy.o"
  set -- "$@" "$OUT/$MODE/legacy.o" "$LEGACY_ARCHIVE"
fi
if [ "$LATEST_TREE" ]; then
  compile -DBELL_STRIKES=1 -I"$LATEST_TREE" -c "$SHIM/src/bell_shim_latest.cc" -o "$OUT/$MODE/latest.o"
  set -- "$@" "$OUT/$MODE/latest.o" "$LATEST_ARCHIVE"
fi
compile main.cc "$@" -o "$OUT/$MODE/ring"
`;

const MAIN = `#include <cstdio>
#include <string>

#include "bell_shim/bell_shim.h"

int main(int, char** argv) {
  const bool latest = std::string(argv[1]) == "latest";
  bell_shim::SetFlavor(latest ? bell_shim::Flavor::kLatest : bell_shim::Flavor::kLegacy);
  std::printf("%s rings %d, peals %d", bell_shim::FlavorRelease(bell_shim::ProcessFlavor()), bell_shim::Bell(3).Ring(2), bell_shim::Peal(5));
}
`;

function source(factor: number): string {
  return `#include "bell.h"\nnamespace bell {\nint Bell::Ring(int times) const { return ${factor} * size_ * times; }\n}\n`;
}

/** A body that sees its own release's class. */
function byHand(struct: string, flavor: string, more: number): string {
  return `namespace bell_shim::detail {
struct ${struct} {
  static int Peal(int size) { return bell_${flavor}::Bell(size).Ring(1) + ${more}; }
};
}
`;
}

async function bellProject() {
  const root = join(temporaryFolder(), "my bell");
  const config = {
    library: "bell",
    upstream: { releases: ["1", "2"].map((id) => ({ id, sources: [{ kind: "folder", path: `upstream/${id}` }] })) },
    flavors: {
      legacy: { release: "1", isolate: { namespaces: ["bell"] } },
      latest: { release: "2", isolate: { namespaces: ["bell"] } },
    },
    build: {
      system: "commands",
      flavor: {
        commands: [["sh", "flavor.sh", "{tree}", "{out}"]],
        archives: ["{out}/libbell.a"],
        compileDatabase: "{out}/compile_commands.json",
      },
      program: {
        commands: [["env", ...PROGRAM_VARIABLES.map(([name, value]) => `${name}=${value}`), "sh", "program.sh"]],
        executable: "{out}/{mode}/ring",
      },
    },
    shim: { surface: "shim/surface.yaml", headers: { legacy: ["bell.h"], latest: ["bell.h"] } },
  };
  writeTree(root, {
    "upstream/1/bell.h": HEADER,
    "upstream/1/bell.cc": source(1),
    "upstream/2/bell.h": HEADER,
    "upstream/2/bell.cc": source(10),
    "flavor.sh": FLAVOR_SCRIPT,
    "program.sh": PROGRAM_SCRIPT,
    "main.cc": MAIN,
    "shim/surface.yaml": "library: bell\nnames: [bell::*]\nbyHand:\n  - { name: Peal, result: int, parameters: [int size] }\n",
    "shim/bell_shim_by_hand_legacy.h": byHand("LegacyByHand", "legacy", 1),
    "shim/bell_shim_by_hand_latest.h": byHand("LatestByHand", "latest", 2),
    "unfork.config.json": JSON.stringify(config),
  });
  process.env["UNFORK_CACHE"] = join(root, "cache");
  return openProject(undefined, root);
}

describe.skipIf(missing.length > 0)(
  `a project's shim, built by commands (skipped when not installed: ${missing.join(", ") || "none"})`,
  () => {
    it("is read as the compile database says, and makes programs of both flavors and of either", async () => {
      const project = await bellProject();
      const result = await runUpgrade(project, { jobs: 2, until: "link" });
      expect(result.entries.flatMap(({ needs }) => needs)).toEqual([]);
      expect(result.status).toBe("done");
      const shim = stageOutputSchemas.shim.parse(result.entries.find(({ stage }) => stage === "shim")?.output);
      expect(shim.coverage).toMatchObject({ classes: 1, handWritten: 1, unsupported: 0 });

      const { programs } = stageOutputSchemas.link.parse(result.entries.find(({ stage }) => stage === "link")?.output);
      const said: string[] = [];
      for (const { mode, executable } of programs) {
        for (const flavor of mode === "dual" ? ["legacy", "latest"] : [mode]) {
          const { code, stdout, stderr } = await run({ command: executable, args: [flavor] });
          said.push(`${mode}: ${stdout.toString("utf8")}${stderr} (${code})`);
        }
      }
      expect(said).toEqual([
        "legacy: 1 rings 6, peals 6 (0)",
        "latest: 2 rings 60, peals 52 (0)",
        "dual: 1 rings 6, peals 6 (0)",
        "dual: 2 rings 60, peals 52 (0)",
      ]);
    }, 120_000);
  },
);
