/** Owns the places that name a namespace or take part in argument lookup, wherever they stand in a file. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { FileState } from "./file-state.js";
import type { Reader } from "./reader.js";
import { addSite, SITE } from "./sites.js";
import { WATCH } from "./watch-words.js";

/** Tokens that a declaration of a friend is looked through. */
const FRIEND_REACH = 60;

/** The `::` at token `at`: notes the word before it when that word begins the name. */
export function noteUse({ stream, words, sites }: Reader, state: FileState, at: number, inMacro: boolean): void {
  const { kinds, values, starts, ends } = stream;
  const word = at - 1;
  if (word < 0 || kinds[word] !== KIND.identifier || ends[word] !== starts[at]) return;
  const id = values[word] as number;
  const role = words.roles[id] as number;
  if (role !== 0 && role !== WATCH.hook && role !== WATCH.final) return;
  let isGlobal = false;
  if (word > 0 && kinds[word - 1] === KIND.punctuation && values[word - 1] === PUNCTUATION.scope) {
    if (isQualified(kinds, values, starts, ends, words.roles, word - 1)) return;
    isGlobal = true;
  }
  const kind = inMacro ? SITE.macroUse : isGlobal ? SITE.globalUse : SITE.use;
  addSite(sites, kind, starts[word] as number, ends[word] as number, id, state.context);
}

/** Whether the `::` at `scope` continues a name: an identifier that is no keyword, or `>`, right before it. */
function isQualified(
  kinds: Uint8Array,
  values: Int32Array,
  starts: Int32Array,
  ends: Int32Array,
  roles: Uint8Array,
  scope: number,
): boolean {
  if (scope === 0 || ends[scope - 1] !== starts[scope]) return false;
  if (kinds[scope - 1] === KIND.punctuation) return values[scope - 1] === BYTE.greater;
  return kinds[scope - 1] === KIND.identifier && roles[values[scope - 1] as number] !== WATCH.keyword;
}

/** Token of the first word of the name at `at`, behind a leading `::`; -1 when there is none. */
function nameAt({ stream }: Reader, at: number): number {
  const first = stream.kinds[at] === KIND.punctuation && stream.values[at] === PUNCTUATION.scope ? at + 1 : at;
  return stream.kinds[first] === KIND.identifier ? first : -1;
}

/** `using namespace a`, `using a::b`; `using x = y` names a type. */
export function usingAt(reader: Reader, state: FileState, at: number): void {
  const { kinds, values } = reader.stream;
  const isDirective = kinds[at + 1] === KIND.identifier && reader.words.roles[values[at + 1] as number] === WATCH.namespace;
  const name = nameAt(reader, isDirective ? at + 2 : at + 1);
  if (name < 0 || values[name + 1] === BYTE.equals || values[name + 1] === BYTE.openSquare) return;
  const kind = isDirective ? SITE.usingDirective : SITE.usingDeclaration;
  if (!isDirective && (kinds[name + 1] !== KIND.punctuation || values[name + 1] !== PUNCTUATION.scope)) return;
  addSite(
    reader.sites,
    kind,
    reader.stream.starts[name] as number,
    reader.stream.ends[name] as number,
    values[name] as number,
    state.context,
  );
}

/** `namespace x = a::b;` — true when `at` (the word `namespace`) begins an alias. */
export function aliasAt(reader: Reader, state: FileState, at: number): boolean {
  const { kinds, values, starts, ends } = reader.stream;
  if (kinds[at + 1] !== KIND.identifier || kinds[at + 2] !== KIND.punctuation || values[at + 2] !== BYTE.equals) return false;
  const name = nameAt(reader, at + 3);
  if (name >= 0)
    addSite(reader.sites, SITE.namespaceAlias, starts[name] as number, ends[name] as number, values[name] as number, state.context);
  return true;
}

/** `friend … operator` inside a class. */
export function friendAt(reader: Reader, state: FileState, at: number): void {
  const { kinds, values, starts, ends, count } = reader.stream;
  const { roles } = reader.words;
  for (let i = at + 1; i < Math.min(count, at + FRIEND_REACH); i++) {
    if (kinds[i] === KIND.punctuation && (values[i] === BYTE.semicolon || values[i] === BYTE.openBrace)) return;
    if (kinds[i] !== KIND.identifier || roles[values[i] as number] !== WATCH.operator) continue;
    addSite(reader.sites, SITE.friendOperator, starts[i] as number, ends[i] as number, -1, state.context);
    return;
  }
}

/** A hook such as `AbslHashValue(` behind a type: declared, not called. */
export function hookAt(reader: Reader, state: FileState, at: number): void {
  const { kinds, values, starts, ends } = reader.stream;
  if (at === 0 || kinds[at + 1] !== KIND.punctuation || values[at + 1] !== BYTE.open) return;
  const before = values[at - 1] as number;
  const isType =
    kinds[at - 1] === KIND.identifier
      ? !STATEMENTS.has(reader.interner.name(before))
      : kinds[at - 1] === KIND.punctuation && (before === BYTE.greater || before === BYTE.star || before === BYTE.ampersand);
  if (isType) addSite(reader.sites, SITE.hook, starts[at] as number, ends[at] as number, values[at] as number, state.context);
}

const STATEMENTS: ReadonlySet<string> = new Set(["return", "else", "do", "case", "co_return", "co_yield", "throw", "and", "or", "not"]);
