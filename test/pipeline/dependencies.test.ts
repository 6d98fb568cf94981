/** Holds the comparison of what two releases take in: declared by their trees, and compiled. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { changesBetween, compiledIn, sharedWith } from "../../src/pipeline/dependencies.js";
import { declaredDependencies } from "../../src/sources/declared-dependencies.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const [one, other] = ["a".repeat(40), "b".repeat(40)];

function compiled(name: string, at = "1") {
  return { name, how: "compiled" as const, at };
}

function pinned(name: string, at: string) {
  return { name, how: "DEPS" as const, at };
}

describe("dependencies", () => {
  it("are told by DEPS with their revisions, by submodules, and by folders that files are compiled of", async () => {
    const root = temporaryFolder();
    writeTree(root, {
      DEPS: `vars = {'host': 'https://example.org'}
deps = {
  'src/third_party/fft': Var('host') + '/fft.git@${one}',
  'src/tools/clang': {'packages': [{'package': 'clang'}], 'dep_type': 'cipd'},
}
`,
      ".gitmodules": '[submodule "json"]\n\tpath = vendor/json\n\turl = https://example.org/json\n',
    });
    expect(await declaredDependencies(root)).toEqual([
      { name: "src/third_party/fft", how: "DEPS", at: one },
      { name: "src/tools/clang", how: "DEPS", at: "" },
      { name: "vendor/json", how: "submodule", at: "" },
    ]);
    const files = ["third_party/fft/a.c", "third_party/fft/b.c", "lib/external/zip/z.c", "src/own.cc"].map((file) => join(root, file));
    expect(compiledIn(files, root)).toEqual([
      { name: "third_party/fft", how: "compiled", at: "2" },
      { name: "external/zip", how: "compiled", at: "1" },
    ]);
  });

  it("are of both releases when one flavor compiles a shared module for both", () => {
    const latest = [compiled("third_party/abseil", "8"), compiled("third_party/c")];
    expect(sharedWith([compiled("third_party/b")], latest, ["third_party/abseil/base"])).toEqual([compiled("third_party/abseil", "8")]);
    expect(sharedWith(latest, latest, ["third_party/abseil"])).toEqual([]);
  });

  it("are removed, added, rolled or kept; how many files are compiled is no change", () => {
    const changes = changesBetween(
      [compiled("third_party/a"), compiled("third_party/b", "4"), pinned("fft", one), pinned("zip", one)],
      [compiled("third_party/b", "9"), compiled("third_party/c"), pinned("fft", other), pinned("zip", one)],
    );
    expect(changes).toEqual({
      removed: [compiled("third_party/a")],
      added: [compiled("third_party/c")],
      rolled: [{ name: "fft", from: one, to: other }],
      kept: 3,
    });
  });
});
