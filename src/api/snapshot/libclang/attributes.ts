/** Owns a declaration as clang prints it, and the attributes in that text. */
import type { Ast, AstCursor } from "../../../toolchain/libclang/ast.js";
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

/** `guarded_by(mutex_)`, `deprecated("why")` …: what stands in `__attribute__((…))` and `[[…]]`, in order. */
export function attributesOf(ast: Ast, cursor: AstCursor): string[] {
  return attributesIn(printed(ast, cursor));
}
