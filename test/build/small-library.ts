/** Makes a little two-flavor library and program on disk, as isolation would leave it, for the build tests. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type Flavor, type OwnBuild, ownBuildSchema } from "../../src/model/build.js";
import { temporaryFolder } from "../helpers/temp.js";

export interface SmallProject {
  readonly root: string;
  readonly out: string;
  readonly trees: Record<Flavor, { tree: string; originalTree: string }>;
}

/** Sources of one flavor; `suffix` is "" for the original tree. Two files share a base name. */
function librarySources(suffix: string, answer: number): Record<string, string> {
  return {
    "include/tone/tone.h": `#pragma once\nnamespace tone${suffix} {\nint answer();\nconst char* where();\nint fast();\ninline int twice(int x) { return 2 * x; }\n}\n`,
    "core/tone.cc": `#include "tone/tone.h"\nnamespace tone${suffix} {\nint answer() { return twice(${answer}); }\nconst char* where() { return __FILE__ " " __DATE__ __TIME__; }\n}\n`,
    "fast/tone.cc": `#include "tone/tone.h"\nnamespace tone${suffix} {\nint fast() { return FAST; }\n}\n`,
    "core/table.c": `int tone_table${suffix}[3] = {1, 2, 3};\n`,
  };
}

const PROGRAM: Record<string, string> = {
  "program/engine.h":
    "#pragma once\nint legacy_answer();\nint latest_answer();\nconst char* legacy_where();\nconst char* latest_where();\n",
  "program/main.cc": `#include "engine.h"
#include <cstdio>
int main() {
#ifdef UNFORK_HAS_LEGACY
  std::printf("legacy %d %s\\n", legacy_answer(), legacy_where());
#endif
#ifdef UNFORK_HAS_LATEST
  std::printf("latest %d %s\\n", latest_answer(), latest_where());
#endif
}
`,
  "program/adapter_legacy.cc": adapter("legacy"),
  "program/adapter_latest.cc": adapter("latest"),
};

function adapter(flavor: Flavor): string {
  return `#include "engine.h"
#include "tone/tone.h"
#ifndef UNFORK_FLAVOR_${flavor.toUpperCase()}
#error an adapter must know its flavor
#endif
extern "C" int tone_table_${flavor}[3];
#define GLUE2(a, b) a##b
#define GLUE(a, b) GLUE2(a, b)
namespace lib = GLUE(tone_, UNFORK_FLAVOR_NAME);
int ${flavor}_answer() { return lib::answer() + lib::fast() + tone_table_${flavor}[2]; }
const char* ${flavor}_where() { return lib::where(); }
`;
}

/** Writes the whole project below `root`, or below a new folder whose name has a space in it, as users' folders do. */
export async function smallProject(root?: string): Promise<SmallProject> {
  const base = root ?? join(temporaryFolder(), "my project");
  await writeFiles(base, PROGRAM);
  const trees = {
    legacy: { tree: join(base, ".unfork/isolated/legacy"), originalTree: join(base, ".unfork/candidates/v1") },
    latest: { tree: join(base, ".unfork/isolated/latest"), originalTree: join(base, ".unfork/candidates/v2") },
  };
  await writeFiles(trees.legacy.originalTree, librarySources("", 10));
  await writeFiles(trees.legacy.tree, librarySources("_legacy", 10));
  await writeFiles(trees.latest.originalTree, librarySources("", 20));
  await writeFiles(trees.latest.tree, librarySources("_latest", 20));
  return { root: base, out: join(base, ".unfork/build"), trees };
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The description that fits `smallProject`. */
export function smallDescription(compilers: { cc: string; cxx: string } = { cc: "gcc", cxx: "g++" }): OwnBuild {
  const library = {
    includeRoots: ["include"],
    flags: ["-O1", "-ffunction-sections"],
    cxxflags: ["-std=c++20"],
    units: [
      { sources: ["**/*.cc", "**/*.c"], exclude: ["fast/**"] },
      { sources: ["fast/*.cc"], flags: ["-DFAST=1"] },
    ],
  };
  return ownBuildSchema.parse({
    system: "own",
    ...compilers,
    flavors: { legacy: library, latest: library },
    program: {
      name: "tone",
      sources: ["program/main.cc"],
      adapters: { legacy: ["program/adapter_legacy.cc"], latest: ["program/adapter_latest.cc"] },
      includeRoots: ["program"],
      cxxflags: ["-std=c++20"],
      linkFlags: ["-Wl,--gc-sections"],
    },
  });
}
