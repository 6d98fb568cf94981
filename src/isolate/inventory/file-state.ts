/** Owns where the walk over a file stands: the open scopes, the declaration being read, the `#if` branches. */
import type { Language } from "../code-files.js";
import { WATCH } from "./watch-words.js";

/** What words a declaration has shown so far. */
export const FLAG = {
  extern: 1,
  static: 2,
  constant: 4,
  typedef: 8,
  enum: 16,
  aggregate: 32,
  /** A using-declaration, an alias, a line of Objective-C: introduces nothing here. */
  silent: 64,
  friend: 128,
  inline: 256,
  /** `template <>` */
  special: 512,
  template: 1024,
  /** A method of Objective-C. */
  method: 2048,
  constexpr: 4096,
} as const;

/** The flag that a watched word sets. */
export const FLAG_OF: Uint16Array = flags();

function flags(): Uint16Array {
  const table = new Uint16Array(64);
  const pairs = [
    [WATCH.extern, FLAG.extern],
    [WATCH.static, FLAG.static],
    [WATCH.constant, FLAG.constant],
    [WATCH.constexpr, FLAG.constexpr],
    [WATCH.typedef, FLAG.typedef],
    [WATCH.enum, FLAG.enum],
    [WATCH.aggregate, FLAG.aggregate],
    [WATCH.using, FLAG.silent],
    [WATCH.friend, FLAG.friend],
    [WATCH.inline, FLAG.inline],
    [WATCH.template, FLAG.template],
  ] as const;
  for (const [role, flag] of pairs) table[role] = flag;
  return table;
}

/** One open scope outside of bodies. */
export interface Scope {
  readonly kind: "namespace" | "linkage" | "block" | "body";
  /** State to return to: outermost namespace, C linkage, whether any namespace is around. */
  readonly context: number;
  readonly linkageC: boolean;
  readonly namespaces: number;
}

/** The declaration being read; indices are tokens, -1 = not met. */
export interface FileState {
  readonly bytes: Uint8Array;
  readonly language: Language;
  scopes: Scope[];
  /** Depth of braces inside a body, class or initialiser; 0 = at namespace scope. */
  opaque: number;
  /** Id of the outermost namespace around, -1 = global scope, -2 = an unnamed one, or one opened by a macro. */
  context: number;
  /** Number of namespaces around. */
  namespaces: number;
  linkageC: boolean;
  first: number;
  flags: number;
  paren: number;
  parenIsMacro: boolean;
  /** The parenthesis that closes the one at `paren`. */
  parenEnd: number;
  parens: number;
  equals: number;
  operatorAt: number;
  aggregateAt: number;
  namespaceAt: number;
  templateAt: number;
  lastString: number;
  inTemplate: boolean;
  angle: number;
  /** A braced part has been read, class body or initialiser: from `blockAt` to `blockEnd`. */
  block: boolean;
  blockAt: number;
  blockEnd: number;
  openedByMacro: number;
  /** A function of C before 1989 whose parameters are being declared: its name, -1 when there is none. */
  oldStyle: number;
  branches: Branch[];
}

interface Branch {
  readonly atIf: FileState;
  first: FileState | undefined;
  /** `#if 0`: its braces never count. */
  disabled: boolean;
}

export function createState(bytes: Uint8Array, language: Language): FileState {
  return {
    bytes,
    language,
    scopes: [],
    opaque: 0,
    context: -1,
    namespaces: 0,
    linkageC: language === "c",
    first: -1,
    flags: 0,
    paren: -1,
    parenIsMacro: false,
    parenEnd: -1,
    parens: 0,
    equals: -1,
    operatorAt: -1,
    aggregateAt: -1,
    namespaceAt: -1,
    templateAt: -1,
    lastString: -1,
    inTemplate: false,
    angle: 0,
    block: false,
    blockAt: -1,
    blockEnd: -1,
    openedByMacro: -2,
    oldStyle: -1,
    branches: [],
  };
}

/** Begins the next declaration. */
export function resetStatement(state: FileState): void {
  state.first = -1;
  state.flags = 0;
  state.paren = -1;
  state.parenIsMacro = false;
  state.parenEnd = -1;
  state.parens = 0;
  state.equals = -1;
  state.operatorAt = -1;
  state.aggregateAt = -1;
  state.namespaceAt = -1;
  state.templateAt = -1;
  state.lastString = -1;
  state.inTemplate = false;
  state.block = false;
  state.blockAt = -1;
  state.blockEnd = -1;
}

/** `#if`: each of its branches starts from here. */
export function enterBranch(state: FileState, disabled: boolean): void {
  state.branches.push({ atIf: copyOf(state), first: undefined, disabled });
}

/** `#elif` and `#else` go back to the state before the `#if`; behind `#endif` the first branch that is not `#if 0` counts. */
export function leaveBranch(state: FileState, ends: boolean): void {
  const branch = state.branches.at(-1);
  if (branch === undefined) return;
  if (ends) {
    state.branches.pop();
    const end = branch.first ?? (branch.disabled ? branch.atIf : undefined);
    if (end !== undefined) restore(state, end);
    return;
  }
  if (branch.disabled) branch.disabled = false;
  else branch.first ??= copyOf(state);
  restore(state, copyOf(branch.atIf));
}

function copyOf(state: FileState): FileState {
  return { ...state, scopes: state.scopes.slice() };
}

function restore(state: FileState, from: FileState): void {
  const { branches } = state;
  Object.assign(state, from);
  state.branches = branches;
}
