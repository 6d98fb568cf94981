/** Owns a declaration as clang prints it, and the attributes in that text. */
import type { Ast, AstCursor } from "../../../toolchain/libclang/ast.js";
import { ATTRIBUTES } from "../../../toolchain/libclang/ast-kinds.js";
import { attributesIn } from "../text/attribute-words.js";

const TERSE = 17;

/** The declaration without the bodies of functions and classes; macros are expanded. */
export function printed({ lib, text }: Ast, cursor: AstCursor): string {
  const policy = lib.policy(cursor) as number;
  lib.setPolicy(policy, TERSE, 1);
  const found = text(lib.pretty(cursor, policy));
  lib.disposePolicy(policy);
  return found;
}

/** An expression that an older clang prints as its address. */
const ADDRESS = /\b0x[0-9a-f]{6,}\b/;

/** `guarded_by(mutex_)`, `deprecated("why")` …: what stands in `__attribute__((…))` and `[[…]]`, in order. */
export function attributesOf(ast: Ast, cursor: AstCursor, written: (attribute: AstCursor) => string): string[] {
  const found = attributesIn(printed(ast, cursor));
  if (!found.some((text) => ADDRESS.test(text))) return found;
  const own = ast
    .children(cursor)
    .filter(({ kind }) => kind >= ATTRIBUTES.first && kind <= ATTRIBUTES.last)
    .map(written);
  return [...new Set([...found.filter((text) => !ADDRESS.test(text)), ...own.filter((text) => text.includes("("))])];
}
