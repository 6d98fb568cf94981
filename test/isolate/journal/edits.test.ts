/** Edits of random lines made after isolation survive a revert, as if they had been made to the original. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { revertTree } from "../../../src/isolate/journal/revert-tree.js";
import { isolationPlanSchema } from "../../../src/model/isolation.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";

/** `@` marks what gets the suffix. */
const LINES = [
  "int @c_entry(int lib) { return lib + @c_table[0]; }",
  "@lib::Type f_local(const @lib::Type& x);",
  '#include "lib/type.h"',
  "/* lib:: and c_entry in a comment */",
  'static const char* text = "lib::Type";',
  "",
  "  // }}} ((( \" '",
  "using namespace @lib;",
  "#define CALL(x) @lib::call(x, @c_entry(1))",
  "static int a = @c_entry(2), b = @c_table[1];",
];

const PRELUDE = ["namespace @lib { struct Type {}; }", "int @c_entry(int);", "int @c_table[2] = {};"];

const line = fc.constantFrom(...LINES);
const edit = fc.oneof(
  fc.record({ type: fc.constant("insert" as const), at: fc.nat(60), text: line }),
  fc.record({ type: fc.constant("delete" as const), at: fc.nat(60), text: fc.constant("") }),
  fc.record({ type: fc.constant("change" as const), at: fc.nat(60), text: line }),
);

function edited(lines: readonly string[], edits: readonly { type: string; at: number; text: string }[]): string[] {
  return edits.reduce(
    (list, { type, at, text }) => {
      const place = at % (list.length + 1);
      return type === "insert"
        ? list.toSpliced(place, 0, text)
        : type === "delete"
          ? list.toSpliced(place, 1)
          : list.toSpliced(place, 1, text);
    },
    [...lines],
  );
}

const original = (lines: readonly string[]): string => lines.map((text) => text.replaceAll("@", "")).join("\r\n");
const flavored = (lines: readonly string[]): string => lines.map((text) => text.replaceAll(/@(\w+)/g, "$1_legacy")).join("\r\n");

it("revert gives the original with the same edits, whatever lines were inserted, deleted or changed", async () => {
  const root = temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.array(edit, { maxLength: 12 }), async (body, edits) => {
      const folder = join(root, String(run++));
      const [source, target, back] = ["source", "target", "back"].map((name) => join(folder, name)) as [string, string, string];
      const lines = [...PRELUDE, ...body];
      writeTree(source, { "a.cc": original(lines), "b.cc": original([...LINES, ...PRELUDE]) });
      const plan = isolationPlanSchema.parse({ namespaces: ["lib"] });
      await isolateTree({ flavor: "legacy", release: "R1", source, target, plan });
      expect(readFileSync(join(target, "a.cc"), "utf8")).toBe(flavored(lines));
      const after = edited(lines, edits);
      writeFileSync(join(target, "a.cc"), flavored(after));
      const result = await revertTree({ source: target, target: back });
      expect(readFileSync(join(back, "a.cc"), "utf8")).toBe(original(after));
      expect(result.left).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
