/** Owns what all files of an application say together: who includes whom, which names are its own, what is seen without a namespace. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { classesIn } from "./classes-ahead.js";
import { type OwnName, ownNames } from "./local-names.js";
import { chainOf, readScopes, type Scope, scopeAround } from "./scopes.js";
import { scopeOf, type ShimNames } from "./shim-names.js";
import { includedPath, isIncludePath, type SourceText } from "./source-text.js";

export interface OwnPlace {
  readonly file: string;
  readonly line: number;
  readonly form: OwnName["form"];
}

export interface FileFacts {
  readonly includes: readonly string[];
  /** Namespaces of the library that a using-directive at file level opens, and names that a using-declaration does. */
  readonly directives: readonly string[];
  readonly declarations: readonly string[];
}

export interface AppFacts {
  readonly files: Map<string, FileFacts>;
  /** Names that the application gives to something of its own at namespace level, as a member, or as a macro. */
  readonly own: Map<string, OwnPlace[]>;
  /** Namespaces of the shim's name that the application opens for something of its own. */
  readonly opened: Map<string, OwnPlace[]>;
}

export function createFacts(): AppFacts {
  return { files: new Map(), own: new Map(), opened: new Map() };
}

/** Notes one file. */
export function gatherFacts(text: SourceText, shim: ShimNames, isWanted: (name: string) => boolean, facts: AppFacts): void {
  const scopes = readScopes(text);
  const includes: string[] = [];
  for (let i = 0; i < text.stream.count; i++) if (isIncludePath(text, i)) includes.push(includedPath(text, i));
  facts.files.set(text.file, { includes, ...usings(text, scopes, shim) });
  for (const { name, token, form } of ownNames(text, scopes, isWanted)) {
    if (form === "local" || isInLibrary(scopeAround(scopes, token), shim)) continue;
    add(facts.own, name, { file: text.file, line: text.line(token), form });
  }
  const [root] = shim.manifest.namespace.split("::");
  for (const scope of scopes) {
    if (scope.kind !== "namespace" || scope.outer !== undefined || scope.words[0] !== root) continue;
    if (declaresOnlyShim(text, scope, shim)) continue;
    add(facts.opened, namespacePath(scope), { file: text.file, line: text.line(scope.wordToken), form: "definition" });
  }
}

/** A copy of the library in the application's tree, or what the application adds to the library's namespaces. */
function isInLibrary(scope: Scope | undefined, shim: ShimNames): boolean {
  const [root] = namespacePathOf(scope);
  return root !== undefined && shim.roots.has(root);
}

/** Classes of the shim that are declared ahead are no clash. */
function declaresOnlyShim(text: SourceText, scope: Scope, { manifest }: ShimNames): boolean {
  const known = new Set(manifest.names.map(({ to }) => to));
  const path = namespacePath(scope);
  return classesIn(text, scope)?.every((token) => known.has(`${path}::${text.word(token)}`)) === true;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** `a::b` of a namespace with those around it. */
export function namespacePath(scope: Scope): string {
  return namespacePathOf(scope).join("::");
}

function namespacePathOf(scope: Scope | undefined): string[] {
  return chainOf(scope)
    .filter(({ kind }) => kind === "namespace")
    .toReversed()
    .flatMap(({ words }) => words);
}

function usings(text: SourceText, scopes: readonly Scope[], shim: ShimNames): { directives: string[]; declarations: string[] } {
  const directives: string[] = [];
  const declarations: string[] = [];
  for (let i = 0; i < text.stream.count; i++) {
    if (text.word(i) !== "using" || scopeAround(scopes, i)?.kind === "function") continue;
    const isDirective = text.word(i + 1) === "namespace";
    const { words, end } = readWords(text, isDirective ? i + 2 : i + 1);
    if (words.length === 0 || text.mark(end) !== BYTE.semicolon || !shim.roots.has(words[0] as string)) continue;
    const name = words.join("::");
    if (isDirective) directives.push(name);
    else if (shim.namespaces.has(scopeOf(name))) declarations.push(name);
  }
  return { directives, declarations };
}

/** `a::b::C` from a token on, a leading `::` passed over. */
export function readWords(text: SourceText, from: number): { words: string[]; tokens: number[]; end: number } {
  const words: string[] = [];
  const tokens: number[] = [];
  let at = text.mark(from) === PUNCTUATION.scope ? from + 1 : from;
  for (;;) {
    if (text.stream.kinds[at] !== KIND.identifier) break;
    words.push(text.word(at));
    tokens.push(at);
    at++;
    if (text.mark(at) !== PUNCTUATION.scope || text.stream.kinds[at + 1] !== KIND.identifier) break;
    at++;
  }
  return { words, tokens, end: at };
}
