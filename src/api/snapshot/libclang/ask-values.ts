/** Owns asking libclang for the values of macros: a second unit of the headers that define them, one constant for each. */
import { join } from "node:path";

import type { ApiMacro } from "../../../model/api-snapshot.js";
import type { Ast, AstType } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D, PARSE, TYPE } from "../../../toolchain/libclang/ast-kinds.js";
import type { MacroValue } from "../constants/macro-values.js";
import type { SnapshotQuestion } from "../model.js";
import { builtinName } from "./builtins.js";
import { valueOf } from "./variables.js";

const PREFIX = "unfork_api_value_";

/** `files` are the headers that define the macros, absolute. One whose line does not compile has no value. */
export function askValues(
  ast: Ast,
  question: SnapshotQuestion,
  files: readonly string[],
  macros: readonly ApiMacro[],
): Map<string, MacroValue> {
  const path = join(question.directory, question.language === "c" ? ".unfork-values.c" : ".unfork-values.cc");
  const word = question.language === "c" ? "__auto_type" : "auto";
  const text = [
    ...files.map((file) => `#include "${file}"`),
    ...macros.flatMap(({ name }, i) => [`#ifdef ${name}`, `const ${word} ${PREFIX}${i} = (${name});`, "#endif"]),
    "",
  ].join("\n");
  const found = new Map<string, MacroValue>();
  const unit = ast.parse(
    ["-w", "-ferror-limit=0", ...question.arguments, path],
    new Map([[path, text]]),
    PARSE.skipBodies | PARSE.keepGoing,
  );
  if (unit === undefined) return found;
  const broken = new Set(
    unit.diagnostics.filter(({ severity, place }) => severity === "error" && place.file === path).map(({ place }) => place.line),
  );
  for (const cursor of ast.children(unit.root)) {
    const name = cursor.kind === D.variable ? ast.spelling(cursor) : "";
    const macro = name.startsWith(PREFIX) ? macros[Number(name.slice(PREFIX.length))] : undefined;
    if (macro === undefined || broken.has(ast.place(ast.location(cursor)).line)) continue;
    const type = ast.lib.type(cursor) as AstType;
    const value = valueOf(ast, cursor, type);
    if (value !== null) found.set(macro.name, { value, valueType: typeName(ast, type) });
  }
  unit.dispose();
  return found;
}

function typeName(ast: Ast, type: AstType): string {
  const canonical = ast.lib.canonical(type) as AstType;
  return (
    builtinName(canonical.kind) ??
    (canonical.kind === TYPE.pointer ? "const char*" : ast.text(ast.lib.typeSpelling(canonical)).replace(/^const /, ""))
  );
}
