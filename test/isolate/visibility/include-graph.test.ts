/** Where include lines lead: the graph says what looking at each line by itself, in its folder, would say. */
import { basename, dirname, join, normalize } from "node:path/posix";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { includeGraph } from "../../../src/isolate/visibility/include-graph.js";
import { createLineTable, includeTable } from "../../../src/isolate/visibility/include-table.js";

/** The graph of files that have these lines, in one table or, of `split`, in one for each file. */
function graphOf(files: Readonly<Record<string, readonly string[]>>, split = false) {
  const entries = Object.values(files).entries();
  const shared = createLineTable();
  const read = [...entries].map(([index, lines]) => {
    const table = split ? createLineTable() : shared;
    return { table, file: [index, lines.map((line) => table.placeOf(line))] as const };
  });
  const tables = split
    ? read.map(({ table, file }) => includeTable(table, [file]))
    : [
        includeTable(
          shared,
          read.map(({ file }) => file),
        ),
      ];
  return includeGraph(Object.keys(files), tables);
}

/** Where each line of a file leads, by paths. */
function leadsTo(files: Readonly<Record<string, readonly string[]>>, path: string, split = false): string[][] {
  const paths = Object.keys(files);
  return graphOf(files, split)
    .linesOf(paths.indexOf(path))
    .map(({ targets }) => targets.map((target) => paths[target] as string));
}

describe("an include line", () => {
  it("leads to the file beside, also where others end in the same path", () => {
    const files = { "a/x.h": [], "b/x.h": [], "b/use.cc": ['"x.h'], "c/use.cc": ['"x.h'] };
    expect(leadsTo(files, "b/use.cc")).toEqual([["b/x.h"]]);
    expect(leadsTo(files, "c/use.cc")).toEqual([["a/x.h", "b/x.h"]]);
  });

  it("leads up and out of its folder by dots", () => {
    const files = { "a/x.h": [], "b/x.h": [], "b/deep/use.cc": ['"../x.h', '"../../a/x.h', '".\\..\\x.h'] };
    expect(leadsTo(files, "b/deep/use.cc")).toEqual([["b/x.h"], ["a/x.h"], ["b/x.h"]]);
  });

  it("with a macro leads to the paths that the macro stands for", () => {
    const files = { "x.h": [], "y.h": [], "config.h": ["=WHICH y.h"], "use.cc": ["!WHICH", "!UNKNOWN"] };
    expect(leadsTo(files, "use.cc")).toEqual([["y.h"], ["y.h"]]);
    expect(leadsTo({ "x.h": [], "y.h": [], "use.cc": ["=WHICH y.h", "!WHICH("] }, "use.cc")).toEqual([["y.h"]]);
  });

  it("tells the included file who includes it, by which line", () => {
    const graph = graphOf({ "x.h": [], "a.cc": ['"other.h', '"x.h'], "b.cc": ["<x.h"] });
    expect(graph.includersOf(0)).toEqual([1, 1, 2, 0]);
    expect(graph.open).toEqual([1]);
  });

  it("leads where its path alone says, whatever was asked before and however the files are divided", () => {
    const name = fc.constantFrom("x.h", "y.h", "z.cc");
    const folder = fc.constantFrom("", "a/", "b/", "a/b/", "b/a/");
    const path = fc.tuple(folder, name).map((parts) => parts.join(""));
    const written = fc.tuple(fc.constantFrom('"', "<"), fc.constantFrom("", "./", "../"), path).map((parts) => parts.join(""));
    const tree = fc.dictionary(path, fc.array(written, { maxLength: 4 }), { minKeys: 1, maxKeys: 9 });
    fc.assert(
      fc.property(tree, fc.boolean(), (files, split) => {
        for (const [file, lines] of Object.entries(files))
          expect(leadsTo(files, file, split)).toEqual(lines.map((line) => targetsOf(line, dirname(file), Object.keys(files))));
      }),
      { numRuns: 500 },
    );
  });
});

/** By the rule: beside, else where the path is an end, else by the name. */
function targetsOf(line: string, folder: string, paths: readonly string[]): string[] {
  const written = line.slice(1);
  const beside = normalize(join(folder, written));
  if (line.startsWith('"') && paths.includes(beside)) return [beside];
  const bare = normalize(written).replace(/^(?:\.\.?\/)+/, "");
  const ending = paths.filter((path) => path === bare || path.endsWith(`/${bare}`));
  return ending.length > 0 ? ending : paths.filter((path) => basename(path) === basename(bare));
}
