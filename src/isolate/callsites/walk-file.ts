/** Owns the walk over one file's namespaces and the declarations in them, with the path of namespaces around each. */
import { externLanguage, hasWord, isMark, opensNamespace, type Reading, valueAt } from "../survey/heads.js";
import { withoutPrefix } from "../survey/declaration-prefix.js";
import { openedByMacro, type OpenedNamespace, openedNamespace } from "../survey/opened-namespace.js";
import { walkDeclarations } from "../survey/scopes.js";
import type { DeclarationVisitor, Opening, Scope, ScopeChange } from "../survey/scope-model.js";
import type { ScopeMacrosById } from "../survey/survey-model.js";
import { BYTE, KIND } from "../../tokens/kinds.js";
import { type Declaration, readDeclaration } from "./declaration.js";

/** One `namespace … {` of a file. */
export interface NamespaceBlock {
  /** Words around and in its head, from outside in; "" for an unnamed one. Inline ones are left out. */
  readonly path: readonly string[];
  /** Words of its own head. */
  readonly words: readonly string[];
  /** Tokens of these words. */
  readonly tokens: readonly number[];
  /** The block around it, or undefined. */
  readonly outer: NamespaceBlock | undefined;
  readonly brace: number;
  /** Token of its `}`; the number of tokens when none was found. */
  end: number;
}

/** A declaration and where it stands. */
export interface PlacedDeclaration {
  readonly declaration: Declaration;
  /** Its first token. */
  readonly first: number;
  readonly block: NamespaceBlock | undefined;
  /** In an `extern "C"` block, or written on it. */
  readonly linkageC: boolean;
}

export interface FileWalk {
  readonly blocks: readonly NamespaceBlock[];
  readonly declarations: readonly PlacedDeclaration[];
}

/** Macros that open and close namespaces, and the words of namespaces that they open inline. */
export interface WalkMacros {
  readonly scopes: ScopeMacrosById;
  readonly inline: ReadonlySet<string>;
}

/** Reads all namespaces and the declarations directly in them or at global scope. `nameOf` gives the spelling of an interner id. */
export function walkFile(reading: Reading, nameOf: (id: number) => string, macros?: WalkMacros): FileWalk {
  const opened: OpenedNamespace[] = [];
  const blocks: NamespaceBlock[] = [];
  const declarations: PlacedDeclaration[] = [];
  const blockOf = ({ namespaces }: Scope): NamespaceBlock | undefined => blocks.findLast((block) => block.brace === namespaces.at(-1));
  function place(tokens: readonly number[], scope: Scope, isOpened: boolean): Declaration | undefined {
    const declaration = readDeclaration(reading, tokens, isOpened);
    if (declaration === undefined) return undefined;
    const first = tokens[0] as number;
    declarations.push({ declaration, first, block: blockOf(scope), linkageC: scope.linkageC || declaration.linkageC });
    return declaration;
  }
  function open(head: readonly number[], scope: Scope, brace: number): Opening {
    const rest = withoutPrefix(reading, head);
    const language = externLanguage(reading, rest.slice(-2));
    if (language !== undefined) return language === "c" ? "linkage-c" : "linkage-c++";
    if (opensNamespace(reading, rest)) {
      const namespace = openedNamespace(reading, rest, opened, scope, brace);
      opened.push(namespace);
      blocks.push(blockFrom(reading, namespace, rest, blockOf(scope), nameOf));
      return "namespace";
    }
    if (head.length === 0 || isMark(reading, head[0], BYTE.minus) || isMark(reading, head[0], BYTE.plus)) return "body";
    if (isMark(reading, head.at(-1), BYTE.equals)) return "continue";
    const known = readDeclaration(reading, head, true);
    if (known === undefined) return head.some((token) => isMark(reading, token, BYTE.open)) ? "body" : "continue";
    if (known.form !== "function") return "continue";
    place(head, scope, true);
    return "body";
  }
  function byMacro(token: number, scope: Scope): ScopeChange | undefined {
    const macro = macros?.scopes.get(valueAt(reading, token));
    if (macro === undefined || macro.called || macros === undefined) return undefined;
    if (macro.opening === "namespace") {
      const namespace = openedByMacro(reading, macro.words, token, opened, scope);
      opened.push(namespace);
      const words = namespace.words.map(nameOf);
      const outer = blockOf(scope);
      const own = words.filter((word) => !macros.inline.has(word));
      blocks.push({ path: [...(outer?.path ?? []), ...own], words, tokens: [], outer, brace: token, end: reading.stream.count });
    }
    return { opening: macro.opening, opens: macro.opens, closes: macro.closes, optional: macro.optional, end: token };
  }
  const visitor: DeclarationVisitor = {
    open,
    ...(macros === undefined ? {} : { word: byMacro }),
    leaveNamespace: (brace, end) => {
      const block = blocks.findLast((candidate) => candidate.brace === brace);
      if (block !== undefined) block.end = end;
    },
    declaration: (tokens, scope) => void place(tokens, scope, false),
  };
  walkDeclarations(reading.stream, (token) => isZero(reading, token), visitor);
  return { blocks, declarations };
}

function blockFrom(
  reading: Reading,
  namespace: OpenedNamespace,
  head: readonly number[],
  outer: NamespaceBlock | undefined,
  nameOf: (id: number) => string,
): NamespaceBlock {
  const words = namespace.words.map(nameOf);
  const inline = words.length > 0 && hasWord(reading, head, reading.words.id.inline);
  const own = words.length === 0 ? [""] : inline ? words.slice(0, -1) : words;
  const tokens = namespace.offsets.map((offset) => tokenAt(reading, offset, namespace.brace));
  return { path: [...(outer?.path ?? []), ...own], words, tokens, outer, brace: namespace.brace, end: reading.stream.count };
}

function tokenAt({ stream }: Reading, offset: number, from: number): number {
  let token = from;
  while (token > 0 && (stream.starts[token] as number) > offset) token--;
  return token;
}

/** `#if 0`: its branch never counts for the balance of braces. */
function isZero({ stream, bytes }: Reading, token: number): boolean {
  const start = stream.starts[token] as number;
  return stream.kinds[token] === KIND.number && (stream.ends[token] as number) - start === 1 && bytes[start] === 48;
}
