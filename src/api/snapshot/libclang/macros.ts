/** Owns the macros that headers below the roots define, without include guards and empty ones. */
import type { ApiMacro } from "../../../model/api-snapshot.js";
import type { AstCursor } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../toolchain/libclang/ast-kinds.js";
import { macroAt } from "../text/macro-definition.js";
import type { Reader } from "./reader.js";

export interface WrittenMacros {
  /** The last definition of each, in the order of the unit; values are left to who evaluates them. */
  readonly macros: readonly ApiMacro[];
  /** By name: the file that defines it, as the compiler opened it. */
  readonly files: ReadonlyMap<string, string>;
}

export function macrosOf({ ast, texts, files }: Reader, top: readonly AstCursor[], includedFiles: Iterable<string>): WrittenMacros {
  const definedIn = new Map<string, string>();
  const found = new Map<string, ApiMacro>();
  for (const cursor of top) {
    if (cursor.kind !== D.macro) continue;
    const at = ast.place(ast.location(cursor));
    const file = files.pathOf(at.file);
    if (file === undefined) continue;
    const macro = macroAt(texts.of(at.file), at.offset);
    if (macro === undefined) continue;
    found.delete(macro.name);
    definedIn.set(macro.name, at.file);
    if (macro.body !== "" && !macro.isUndefined) {
      const { isUndefined: _, ...told } = macro;
      found.set(macro.name, { ...told, place: { file, line: at.line }, value: null, valueType: null });
    }
  }
  // One that another header takes back, and that none defines again behind it.
  const gone = new Set([...includedFiles].flatMap((file) => undefinedIn(texts.of(file)).filter((name) => definedIn.get(name) !== file)));
  return { macros: [...found.values()].filter(({ name }) => !gone.has(name)), files: definedIn };
}

/** The macros that a header takes back. */
function undefinedIn(text: string): string[] {
  return [...text.matchAll(/^[ \t]*#[ \t]*undef[ \t]+([\w$]+)/gm)].map(([, name]) => name as string);
}
