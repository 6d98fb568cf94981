/** Holds `unfork usecase catch --api` on a small library with one planted difference: found, made small, kept, and nothing else. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { ApiHunt } from "../../src/model/api-catching.js";
import { packageRoot } from "../../src/support/version.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const missing: string[] = [];
for (const tool of ["ninja", "g++", "git"]) if ((await findTool(tool)) === undefined) missing.push(tool);
if ((await findLibclang()) === undefined) missing.push("libclang");

const valgrind = await findTool("valgrind");

const BIN = join(packageRoot(), "bin/unfork.js");
const root = join(temporaryFolder(), "gauge");

/** `step`: the level from which on a gauge counts as loud. */
function header(step: number): string {
  return `#ifndef GAUGE_H_
#define GAUGE_H_
#include <string>
#include <vector>
namespace gauge {
enum class Scale { kLinear, kSquare };
struct Range {
  double low = 0;
  double high = 1;
  Scale scale = Scale::kLinear;
};
class Dial {
 public:
  explicit Dial(int level) : level_(level) {}
  int level() const { return level_; }
  bool IsLoud() const { return level_ >= ${step}; }
  void Turn(int by) { level_ = static_cast<int>(static_cast<unsigned>(level_) + static_cast<unsigned>(by)); }

 private:
  int level_;
};
int Sum(const std::vector<int>& values);
int Total(const std::vector<int>& values, int more);
inline std::string Label(const Range& range, const std::string& unit) { return (range.scale == Scale::kSquare ? "²" : "") + unit; }
inline double Width(const Range& range) { return range.high - range.low; }
inline int Deep(int level) { return level < 0 ? *static_cast<volatile int*>(nullptr) : level; }
inline int First(const int* values) { return values[0]; }
inline const void* Here() { return nullptr; }
}  // namespace gauge
#endif  // GAUGE_H_
`;
}

/** `start`: text that changes in the body of Sum, and nothing of what it gives. */
function source(start: string): string {
  return `#include "gauge.h"
namespace gauge {
int Sum(const std::vector<int>& values) {
  unsigned sum = ${start};
  for (const int value : values)
    sum += static_cast<unsigned>(value);
  return static_cast<int>(sum);
}
int Total(const std::vector<int>& values, int more) {
  return static_cast<int>(static_cast<unsigned>(Sum(values)) + static_cast<unsigned>(more));
}
}  // namespace gauge
`;
}

function unfork(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

function hunt(...args: string[]) {
  const result = unfork("usecase", "catch", "--tries", "100", "--json", ...args);
  return { ...result, found: JSON.parse(result.stdout === "" ? "null" : result.stdout) as ApiHunt };
}

function writeProject(): void {
  const library = { includeRoots: ["."], cxxflags: ["-std=c++17"], units: [{ sources: ["gauge.cc"] }] };
  const isolate = { namespaces: ["gauge"] };
  writeTree(root, {
    "upstream/1/gauge.h": header(1000),
    "upstream/2/gauge.h": header(1001),
    "upstream/1/gauge.cc": source("0"),
    "upstream/2/gauge.cc": source("0u"),
    "use.cc": '#include "gauge_shim/gauge_shim.h"\nint main() { return 0; }\n',
    "shim/surface.yaml": "library: gauge\nnames: [gauge::*]\n",
    "use-cases/none.yaml": `id: none
name: None
owner: gauge team
purpose: There is one.
run: ["{program}", "{flavor}"]
metrics: [{ id: done, name: done, unit: "", direction: higher, margin: 0 }]
`,
    "unfork.config.json": JSON.stringify({
      library: "gauge",
      upstream: { releases: ["1", "2"].map((id) => ({ id, sources: [{ kind: "folder", path: `upstream/${id}` }] })) },
      flavors: { legacy: { release: "1", isolate }, latest: { release: "2", isolate } },
      build: {
        system: "own",
        flavors: { legacy: library, latest: library },
        program: { name: "use", sources: ["use.cc"], cxxflags: ["-std=c++17"] },
      },
      shim: { surface: "shim/surface.yaml", headers: { legacy: ["gauge.h"], latest: ["gauge.h"] } },
      useCases: { dir: "use-cases" },
    }),
  });
}

describe.skipIf(missing.length > 0)(`unfork usecase catch --api (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  beforeAll(() => {
    process.env["UNFORK_CACHE"] = join(root, "cache");
    writeProject();
    expect(unfork("upgrade", "--until", "shim")).toMatchObject({ status: 0 });
  }, 60_000);

  it("finds the one value on which the flavors differ, alone and in its smallest call, and tells what ends both and what was not called", () => {
    const { status, found } = hunt("--api");
    expect(status).toBe(1);
    expect(found.caught).toHaveLength(1);
    expect(found.caught[0]?.what).toBe("gauge_shim::Dial(1000).IsLoud(): legacy true, latest false");
    expect(found.taken).toHaveLength(8);
    expect(found.givenUp).toMatchObject([{ name: "gauge_shim::Deep(int)", why: expect.stringContaining("SIGSEGV") }]);
    expect(found.left.map(({ name, why }) => [name, why])).toEqual([
      ["gauge_shim::First(const int*)", "const int*: how much it points to is not told"],
      ["gauge_shim::Here()", "the result const void* cannot be compared"],
    ]);
  }, 60_000);

  it("keeps a regression as a use case that is worse, and asks no more about it", () => {
    const { found } = hunt("--api", "Dial", "--label", "regression");
    const test = found.caught[0]?.test ?? "";
    expect(existsSync(test)).toBe(true);
    expect(readFileSync(join(root, "use-cases/caught", `api-caught-${found.caught[0]?.key}`, "case.txt"), "utf8")).toMatch(
      /^gauge_shim::Dial::IsLoud\(\) const\n[0-9a-f]+\ngauge_shim::Dial\(1000\)\.IsLoud\(\)\n$/,
    );
    const compared = unfork("usecase", "compare", `api-caught-${found.caught[0]?.key}`, "--program", "use.cc");
    expect(compared).toMatchObject({ status: 1, stdout: expect.stringContaining("result.txt") });
    expect(hunt("--api", "Dial")).toMatchObject({ status: 0, found: { caught: [] } });
  }, 60_000);

  it.skipIf(valgrind === undefined)(
    "takes of a range only what comes to its functions",
    () => {
      const git = (...args: string[]) =>
        spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: join(root, "git") });
      writeTree(root, { "git/gauge.cc": source("0") });
      git("init", "-q");
      git("add", ".");
      git("commit", "-qm", "1");
      writeTree(root, { "git/gauge.cc": source("0u") });
      git("commit", "-qam", "2");
      const { status, found } = hunt("--api", "--diff", "HEAD~1..HEAD", "--repo", "git");
      expect({ status, taken: found.taken }).toEqual({
        status: 0,
        taken: ["gauge_shim::Sum(const std::vector<int>&)", "gauge_shim::Total(const std::vector<int>&, int)"],
      });
    },
    60_000,
  );

  it("names the function that was meant", () => {
    expect(hunt("--api", "Sun")).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean 'Sum'?") });
  });
});
