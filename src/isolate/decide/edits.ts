/** Owns the decision, token by token, where a file gets the flavor's suffix and where it must not be guessed. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { FileIndex } from "./file-index.js";
import type { Reading } from "../survey/heads.js";
import { decideNamespace } from "./namespace-tokens.js";
import type { NamesTable } from "./names-table.js";
import type { NestedUses } from "../survey/nested-namespaces.js";
import { longerName, ROLE } from "./names-table.js";

/** Where one file is changed: the suffix is inserted at each offset. */
export interface FileEdits {
  /** Ascending byte offsets. */
  readonly offsets: number[];
  /** Interner id of the identifier that ends at the offset of the same index. */
  readonly ids: number[];
  readonly undecided: Undecided[];
}

export interface Undecided {
  readonly offset: number;
  readonly token: string;
  readonly why: string;
}

/** The file whose tokens are decided. */
export interface FileContext {
  /** Its index in the tree, for names that are renamed in some files only. */
  readonly index: number;
  readonly nested: NestedUses | undefined;
}

/** The preprocessor line that a token stands in. */
interface Line {
  /** DIRECTIVE code, or -1 outside of preprocessor lines. */
  readonly directive: number;
  /** Parameters of the macro that it defines. */
  readonly parameters: ReadonlySet<number>;
}

const NO_LINE: Line = { directive: -1, parameters: new Set() };

/** Finds the edits of the file that `reading` and `index` hold. */
export function findEdits(
  reading: Reading,
  index: FileIndex,
  table: NamesTable,
  file: FileContext,
  nameOf: (id: number) => string,
): FileEdits {
  const { values, ends, starts } = reading.stream;
  const edits: FileEdits = { offsets: [], ids: [], undecided: [] };
  const lineOf = linesOf(reading, index.directives);
  for (const token of index.hits) {
    const id = values[token] as number;
    const line = lineOf(token);
    const why = line.parameters.has(id) ? "leave" : decide(reading, token, id, table, file, line.directive);
    if (why === "rename") {
      edits.offsets.push(ends[token] as number);
      edits.ids.push(id);
    } else if (why !== "leave") edits.undecided.push({ offset: starts[token] as number, token: nameOf(id), why });
  }
  if (table.sorted.length > 0) edits.undecided.push(...builtNames(reading, index, table, nameOf));
  return edits;
}

/** Gives the preprocessor line of a token; tokens must be asked in ascending order. */
function linesOf(reading: Reading, directives: readonly number[]): (token: number) => Line {
  let at = 0;
  let line: Line | undefined;
  return (token) => {
    while (at < directives.length && (directives[at + 1] as number) < token) {
      at += 2;
      line = undefined;
    }
    const start = directives[at];
    if (start === undefined || start > token) return NO_LINE;
    line ??= lineAt(reading, start);
    return line;
  };
}

function lineAt(reading: Reading, start: number): Line {
  const directive = reading.stream.values[start] as number;
  return { directive, parameters: directive === DIRECTIVE.define ? macroParameters(reading, start + 1) : NO_LINE.parameters };
}

function builtNames(reading: Reading, index: FileIndex, table: NamesTable, nameOf: (id: number) => string): Undecided[] {
  const lineOf = linesOf(reading, index.directives);
  return index.pastes.flatMap((paste) => {
    const { directive, parameters } = lineOf(paste);
    const built = directive === DIRECTIVE.define ? builtName(reading, paste, table, parameters, nameOf) : undefined;
    return built === undefined ? [] : [{ offset: reading.stream.starts[paste] as number, ...built }];
  });
}

function decide(reading: Reading, token: number, id: number, table: NamesTable, file: FileContext, directive: number): string {
  const role = table.roles[id];
  if (role === ROLE.namespace) return namespaceUse(reading, token, id, file, directive);
  if (isPasted(reading, token)) return "token pasting builds another name from it";
  if (role === ROLE.everywhere) return "rename";
  const here = table.files.get(id)?.has(file.index) === true && !isMember(reading, token);
  return here ? "rename" : "leave";
}

function namespaceUse(reading: Reading, token: number, id: number, { nested }: FileContext, directive: number): string {
  const offset = reading.stream.starts[token] as number;
  if (nested?.definitions.has(offset) === true) return "leave";
  const decision = decideNamespace(reading, token, directive);
  if (decision !== "rename" || nested === undefined || isMarkedGlobal(reading, token)) return decision;
  return nested.isAmbiguous(id, offset) ? "a namespace around it has an inner namespace of the same name" : "rename";
}

/** `::name`, or the word that opens a namespace at global scope. */
function isMarkedGlobal(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  return token > 0 && kinds[token - 1] === KIND.punctuation && values[token - 1] === PUNCTUATION.scope;
}

/** `.name`, `->name`, `Other::name`; `::name` and `name::name` are no members. */
function isMember(reading: Reading, token: number): boolean {
  const { kinds, values, starts, ends } = reading.stream;
  if (token === 0 || kinds[token - 1] !== KIND.punctuation) return false;
  const before = values[token - 1];
  if (before === BYTE.dot || before === PUNCTUATION.arrow) return true;
  if (before !== PUNCTUATION.scope || token < 2 || kinds[token - 2] !== KIND.identifier) return false;
  return ends[token - 2] === starts[token - 1] && values[token - 2] !== values[token];
}

function isPasted(reading: Reading, token: number): boolean {
  const { kinds, values, count } = reading.stream;
  const isPaste = (at: number): boolean => at >= 0 && at < count && kinds[at] === KIND.punctuation && values[at] === PUNCTUATION.paste;
  return isPaste(token - 1) || isPaste(token + 1);
}

/** The parameters of the macro whose name is token `at`; empty for a macro without a parameter list. */
function macroParameters(reading: Reading, at: number): ReadonlySet<number> {
  const { kinds, values, starts, ends, count } = reading.stream;
  const found = new Set<number>();
  if (kinds[at] !== KIND.identifier || values[at + 1] !== BYTE.open || starts[at + 1] !== ends[at]) return found;
  for (let i = at + 2; i < count && values[i] !== BYTE.close && kinds[i] !== KIND.directiveEnd; i++) {
    if (kinds[i] === KIND.identifier) found.add(values[i] as number);
  }
  return found;
}

/** A `##` beside a word that is the beginning of a renamed name: the macro may build that name. */
function builtName(
  reading: Reading,
  paste: number,
  table: NamesTable,
  parameters: ReadonlySet<number>,
  nameOf: (id: number) => string,
): { token: string; why: string } | undefined {
  const { kinds, values } = reading.stream;
  if (kinds[paste - 1] !== KIND.identifier || parameters.has(values[paste - 1] as number)) return undefined;
  if (kinds[paste - 2] === KIND.punctuation && values[paste - 2] === PUNCTUATION.paste) return undefined;
  const prefix = nameOf(values[paste - 1] as number);
  const example = longerName(table.sorted, prefix);
  return example === undefined ? undefined : { token: `${prefix}##`, why: `token pasting may build a renamed name, such as ${example}` };
}
