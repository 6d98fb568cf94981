/** Which labels assembler files export, also by macros of other files. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { discoverGlobalNames } from "../../../src/isolate/discover.js";
import { temporaryFolder } from "../../helpers/temp.js";

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  return (await discoverGlobalNames(root, Object.keys(files))).map(({ name }) => name);
}

it.each([
  [
    "a NASM macro",
    { "m.asm": "%macro LABEL 1\n  align 16\n  global %1:function hidden\n%1:\n%endmacro\n", "a.asm": "LABEL first\n push eax\n" },
  ],
  ["a decorated name", { "m.asm": "%macro LABEL 1\n global _%1\n%define %1 _%1\n%endmacro\n", "a.asm": "LABEL first\n" }],
  ["a one-line NASM macro", { "m.asm": "%define label(x) global sym(x) %+ :hidden\n", "a.asm": "label(first)\nsym(first):\n" }],
  [
    "a GNU macro",
    { "m.S": ".macro LABEL name, export=0\n.if \\export\n.globl EXTERN\\name\n.endif\n\\name:\n.endm\n", "a.S": "LABEL first, export=1\n" },
  ],
  ["a GNU macro of Apple's", { "m.S": ".macro LABEL\n.globl _$0\n_$0:\n.endm\n", "a.S": "LABEL first\n" }],
  ["a C macro", { "m.S": "#define LABEL(x) .globl x; x:\n", "a.S": "LABEL(first)\n ret\n" }],
])("%s in another file exports its argument", async (_, files) => {
  expect(await found(files)).toEqual(["first"]);
});

it("a macro without an export exports nothing", async () => {
  expect(await found({ "m.asm": "%macro LOCAL 1\n%1:\n%endmacro\n", "a.asm": "LOCAL first\nglobal sym(second) PRIVATE\n" })).toEqual([
    "second",
  ]);
});
