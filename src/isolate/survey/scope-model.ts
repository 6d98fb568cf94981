/** Owns what a walk over declarations knows and tells: scopes, what opens and changes them, who is told. */

/** Where a declaration stands. */
export interface Scope {
  /** Inside any namespace. */
  readonly namespaced: boolean;
  /** Inside an `extern "C"` block. */
  readonly linkageC: boolean;
  /** The `{` tokens of the namespaces around it, from outside in. */
  readonly namespaces: readonly number[];
}

/** What a `{` after a declaration's head opens. */
export type Opening = "namespace" | "linkage-c" | "linkage-c++" | "body" | "continue";

export interface DeclarationVisitor {
  /** A `{` stands behind `head`; says what it opens. `continue`: the declaration goes on behind the matching `}`. */
  readonly open: (head: readonly number[], scope: Scope, brace: number) => Opening;
  /** Another branch has this head for the `{` of which `open` is asked. */
  readonly otherHead?: (head: readonly number[], scope: Scope, brace: number) => void;
  /** The namespace whose `{` is the token `brace` ends at the token `end`. */
  readonly leaveNamespace: (brace: number, end: number) => void;
  /** A declaration has ended with `;`. {@link BLOCK} in `tokens` stands for a braced part. */
  readonly declaration: (tokens: readonly number[], scope: Scope) => void;
  /** What stands before a scope's `}` or the end of the file without being a declaration: calls of macros, perhaps. */
  readonly rest?: (tokens: readonly number[], scope: Scope) => void;
  /** An `@` of Objective-C. */
  readonly atSign?: (token: number) => void;
  /** A preprocessor line from the token `start` to its end; `inside`: in a class, an enumeration or an initialiser, or in any body in a namespace. */
  readonly directive?: (start: number, end: number, inside: boolean, scope: Scope) => void;
  /** A word outside of parentheses; what it does when it is a macro that opens or closes scopes. `begins`: a declaration may begin with it. */
  readonly word?: (token: number, scope: Scope, begins: boolean) => ScopeChange | undefined;
  /** Whether a declaration may begin at the word, as far as the text shows: asked where the end of a function's body is not found. */
  readonly mayRestart?: ((token: number) => boolean) | undefined;
  /** A head before an include line: whether it is that of a function whose body is the included file. */
  readonly bodyIncluded?: (head: readonly number[], scope: Scope, line: number) => boolean;
  /** Whether only declarations and heads that have one of these words matter in the scope. */
  readonly onlyWords?: (scope: Scope) => readonly [number, number] | undefined;
}

/** What a macro between declarations does to the scopes. */
export interface ScopeChange {
  readonly opening: Exclude<Opening, "body" | "continue"> | undefined;
  readonly opens: number;
  readonly closes: number;
  /** As of {@link ScopeMacro}. */
  readonly optional: boolean;
  /** The last token of the macro and its arguments. */
  readonly end: number;
}

/** Stands for `{…}` among the token indices of a declaration. */
export const BLOCK = -1;

export interface OpenScope {
  readonly opening: Opening;
  /** The token that opened it: its `{` or a macro. */
  readonly brace: number;
  /** Number of `}` that close it. */
  readonly closes: number;
  /** Of a scope that a macro opened: whether the macro is optional. */
  readonly optional: boolean | undefined;
}

/** Where the walk stands. */
export interface State {
  /** Open scopes from outside in. */
  scopes: readonly OpenScope[];
  /** What `scopes` come to, as {@link scopeOf} gave it for them last. */
  scope: Scope;
  scopeFor: readonly OpenScope[];
  /** Depth of braces inside an opaque block; 0 = at declaration level. */
  depth: number;
  parens: number;
  /** Whether an `@` was seen: then `+` and `-` begin a method. */
  objective: boolean;
  statement: number[];
  /** What happens to the statement when the opaque block closes. */
  resume: boolean;
  /** The `{` of the opaque block. */
  opened: number;
  /** Other beginnings of the statement, which other branches of the `#if` before it have. */
  others?: readonly (readonly number[])[] | undefined;
}
