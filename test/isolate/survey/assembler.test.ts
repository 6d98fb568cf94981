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

const NESTED = {
  "m.S": [
    ".macro function name, export=0, align=2",
    "  .macro endfunc",
    "    .size \\name, . - \\name",
    "  .endm",
    "  .ifdef __ELF__",
    "  .endif",
    "  .if \\export",
    "  .global PREFIX\\name",
    "PREFIX\\name:",
    "  .else",
    "\\name:",
    "  .endif",
    ".endm",
  ].join("\n"),
};

it.each([
  ["function first, export=1\n ret\n", ["first"]],
  ["function first, 1\n ret\n", ["first"]],
  ["function first, align=4, export=1\n ret\n", ["first"]],
  ["function first\n ret\n", []],
  ["function first, export=0\n ret\n", []],
  ["function first, align=1\n ret\n", []],
  ["function first, 0, 1\n ret\n", []],
])("of %j a macro that asks its argument and defines another one exports %j", async (text, names) => {
  expect(await found({ ...NESTED, "a.S": text })).toEqual(names);
});

it("a macro of which one definition exports whatever it is given does so always", async () => {
  expect(await found({ ...NESTED, "other.S": ".macro function name\n.globl \\name\n.endm\n", "a.S": "function first\n" })).toEqual([
    "first",
  ]);
});

it("what stands behind .else does not depend on the argument's being given", async () => {
  const text = ".macro LABEL name, local=0\n.if \\local\n.else\n.globl \\name\n.endif\n.endm\n";
  expect(await found({ "m.S": text, "a.S": "LABEL first\n" })).toEqual(["first"]);
});

it("a label is looked for in macros around macros", async () => {
  expect(await found({ "a.asm": "global HIDDEN(sym(first))\nsym(first):\n" })).toEqual(["first"]);
});

it("a macro without an export exports nothing", async () => {
  expect(await found({ "m.asm": "%macro LOCAL 1\n%1:\n%endmacro\n", "a.asm": "LOCAL first\nglobal sym(second) PRIVATE\n" })).toEqual([
    "second",
  ]);
});

it("does not export what a macro of the file itself spills that bears the name of another file's exporting one", async () => {
  const own = "#define SAVE(n) mov n, slot_##n\n.globl own_entry\nown_entry:\nSAVE(first)\n";
  expect(await found({ "m.S": "#define SAVE(x) .globl x; x:\n", "a.S": "SAVE(shown)\n", "b.S": own })).toEqual(["own_entry", "shown"]);
});
