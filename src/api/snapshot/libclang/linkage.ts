/** Owns which language a block `extern "C" { … }` asks for. */
import type { AstCursor } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../toolchain/libclang/ast-kinds.js";
import type { Reader } from "./reader.js";

/** True for C, false for C++, undefined for what is no such block. */
export function languageOf({ ast, texts }: Reader, cursor: AstCursor, children: readonly AstCursor[]): boolean | undefined {
  const start = ast.place(ast.start(cursor));
  const written = /extern\s*"C(\+\+)?"/y;
  written.lastIndex = start.offset;
  const match = written.exec(texts.of(start.file));
  if (match !== null) return match[1] === undefined;
  if (cursor.kind !== D.linkage && !/^[A-Za-z_]/.test(texts.of(start.file).slice(start.offset, start.offset + 1))) return undefined;
  // A macro opens the block: its functions tell.
  const one = children.find(({ kind }) => kind === D.function);
  return one === undefined ? undefined : ast.text(ast.lib.mangled(one)) === ast.spelling(one);
}
