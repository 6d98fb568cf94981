/** Owns what the calls of macros between a part's declarations define: each is expanded and surveyed as if it stood there. */
import { basename } from "node:path/posix";

import { scan } from "../../tokens/scan.js";
import { createInterner, type Interner } from "../../tokens/interner.js";
import { createStream, type TokenStream } from "../../tokens/stream.js";
import { dialectOf, type Language } from "../code-files.js";
import { eachChoice } from "../survey/macro-choices.js";
import { type DefinitionOf, type Effort, expandStatement, statementEffort, STRINGIZED } from "../survey/expand.js";
import { type MacroBody, readBodies } from "../survey/macro-bodies.js";
import { pragmaSymbols, withoutPragmas } from "../survey/pragma-calls.js";
import { versionedSymbols } from "../survey/symbol-versions.js";
import { surveyCalls, surveyFile } from "../survey/survey.js";
import type { CalledStatement } from "../survey/survey-sink.js";
import { type Words, wordsOf } from "../survey/words.js";
import { definitionsFor } from "./definitions-for.js";
import { definersOf } from "./definers.js";
import { createStatements, type KnownMacros } from "./known-statements.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import { calledLabels } from "./part-labels.js";
import { macroFileOf } from "./part-macros.js";
import type { MacroCalls } from "./part-model.js";
import type { NamedPlace } from "./name-model.js";
import { whereIs } from "./part-survey.js";
import { lineAt } from "./rewrite.js";

/** The definitions of the macros in the part's files; `NAME_*` stands for all whose names begin so. */
export function bodiesOf({ interner, stream, words, files, shared }: LoadedPart, names: readonly string[]): MacroBody[] {
  const wanted = new Set(names.map((name) => interner.find(name)).filter((id) => id >= 0));
  for (const id of begunBy(names, files, interner)) wanted.add(id);
  return filesAt(files, definersOf(files, wanted)).flatMap(({ file, content, language }) => {
    const bytes = content.once();
    scan(bytes, interner, stream, dialectOf(language));
    const inC = language === "c" ? { isC: true as const } : {};
    const place = { file: file.index, local: macroFileOf(file, language, shared).local, ...inC };
    return readBodies({ stream, bytes, words }, wanted, place);
  });
}

function filesAt(files: readonly CodeFile[], positions: ReadonlySet<number>): CodeFile[] {
  return [...positions].toSorted((a, b) => a - b).map((at) => files[at] as CodeFile);
}

/** The macros of the files whose names begin as those names say that end with `*`. */
function begunBy(names: readonly string[], files: readonly CodeFile[], interner: Interner): number[] {
  const starts = names.flatMap((name) => (name.endsWith("*") ? [name.slice(0, -1)] : []));
  if (starts.length === 0) return [];
  const defined = new Set(files.flatMap(({ survey }) => survey.macroNames));
  return [...defined].filter((id) => starts.some((start) => interner.name(id).startsWith(start)));
}

/** The functions and variables that come out of such calls, once per file and name; those of one file alone are marked. */
export function expansionsOf(part: LoadedPart, { roots, labels, bodies }: MacroCalls): NamedPlace[] {
  const { interner, indexer, stream, words } = part;
  const idsOf = (names: readonly string[]): Set<number> => new Set(names.map((name) => interner.find(name)).filter((id) => id >= 0));
  const [wanted, labelling] = [idsOf(roots), idsOf(labels)];
  const byName = new Map<string, MacroBody[]>();
  for (const body of bodies) byName.set(body.name, [...(byName.get(body.name) ?? []), body]);
  const statementsOf = createStatements<Expanded>();
  return part.files.flatMap((file) => {
    const isLabelled = labelling.size > 0 && indexer.has(file.ids, (id) => labelling.has(id));
    if (!isLabelled && ![...file.survey.called].some((id) => wanted.has(id))) return [];
    const bytes = file.content.once();
    scan(bytes, interner, stream, dialectOf(file.language));
    const made = isLabelled ? calledLabels({ stream, bytes, words }, labelling, definitionsFor(file, byName)) : [];
    const statements = surveyCalls({ stream, bytes, words }, file.language, part.macros, { roots: wanted, name: basename(file.file.path) });
    const own = made.map(({ name, target, offset }) => placeAt(file, { name: target, kind: "asm", labelOf: name }, offset));
    return [...introducedBy(file, statements, byName, part.request.suffix, statementsOf), ...own];
  });
}

/** Whether a word that has the flavor, as of an earlier run, is a part of the name: then the name has it, too. */
function hasInside(name: string, flavored: readonly string[]): boolean {
  return flavored.some((word) => name !== word && name.includes(word));
}

/** When so many statements of a file that begin alike took too much, the others are left. */
const MOST_CUTS = 2;

function introducedBy(
  file: CodeFile,
  statements: readonly CalledStatement[],
  bodies: ReadonlyMap<string, readonly MacroBody[]>,
  suffix: string,
  onceFor: ReturnType<typeof createStatements<Expanded>>,
): NamedPlace[] {
  const found = new Map<string, NamedPlace>();
  const known = definitionsFor(file, bodies);
  const endless = new Map<string, number>();
  for (const { texts, offset } of statements) {
    const [head = ""] = texts;
    const cuts = endless.get(head) ?? 0;
    if (cuts >= MOST_CUTS) continue;
    const { made, named, isCut } = onceFor(file.language, texts, known, (here) => expandedStatement(file.language, texts, here, suffix));
    if (isCut) endless.set(head, cuts + 1);
    for (const one of made) if (one.internal !== true || !found.has(one.name)) found.set(one.name, placeAt(file, one, offset));
    for (const one of named) found.set(one.name, placeAt(file, one, offset));
  }
  return [...found.values()];
}

/** What the calls of a statement define. */
interface Expanded {
  readonly made: readonly Made[];
  /** Functions whose names are arguments. */
  readonly named: readonly Made[];
  /** Whether it took too much to follow to its end. */
  readonly isCut: boolean;
}

function expandedStatement(language: Language, texts: readonly string[], known: KnownMacros, suffix: string): Expanded {
  const made = new Map<string, Made>();
  const seen = new Set<string>();
  const effort = statementEffort();
  const flavored = suffix === "" ? [] : texts.filter((text) => text.endsWith(suffix));
  eachChoice(known, (definitionOf) => {
    const before = made.size;
    for (const one of definedBy(language, texts, definitionOf, effort, seen)) {
      if (hasInside(one.name, flavored)) continue;
      if (one.internal !== true || !made.has(one.name)) made.set(one.name, one);
    }
    return made.size > before;
  });
  return { made: [...made.values()], named: namedBy(language, texts, known), isCut: effort.left < 0 };
}

/** Functions whose names are arguments, and which other branches replace by macros: `HEAD(int, name, (int x)) {`. */
function namedBy(language: Language, texts: readonly string[], known: KnownMacros): Made[] {
  const isMacro = (name: string): boolean => known(name).some(({ parameters }) => parameters !== undefined);
  const named = new Set(texts.filter((text, at) => texts[at + 1] !== "(" && isMacro(text)));
  if (named.size === 0) return [];
  const made = definedBy(language, texts, (name) => (named.has(name) ? undefined : known(name)[0]), statementEffort());
  return made.filter(({ name }) => named.has(name));
}

/** A name with what it is; `internal`: other files do not see it. */
type Made = Pick<NamedPlace, "name" | "kind" | "internal" | "constant" | "labelOf"> & { readonly isJoined?: boolean };

function placeAt({ file, content, language }: CodeFile, one: Made, offset: number): NamedPlace {
  const place = { ...one, file: file.index, line: lineAt(content.once(), offset), where: whereIs(language) };
  return one.isJoined === true ? { ...place, joinedAt: offset } : place;
}

/** Reads what comes out of macros: their words are not words of the tree. */
const reader = createReader();

function createReader(): { readonly interner: Interner; readonly words: Words; readonly stream: TokenStream } {
  const interner = createInterner();
  return { interner, words: wordsOf(interner), stream: createStream(1 << 12) };
}

/** `seen`: what came out already, which says nothing new. */
function definedBy(
  language: Language,
  texts: readonly string[],
  definitionOf: DefinitionOf,
  effort: Effort,
  seen = new Set<string>(),
): Made[] {
  const { interner, words, stream } = reader;
  const joined = new Set<string>();
  const { tokens, inC, written, overloaded } = expandedBy(texts, definitionOf, joined, effort);
  const read = inC && whereIs(language) !== "source" ? "c" : language;
  const expanded = withoutStrings(withoutPragmas(tokens ?? []).join(" "));
  const labels = pragmaSymbols(tokens ?? []);
  const key = [read, expanded, ...labels.map(({ name, target }) => `${name}=${target}`)].join(" ");
  if (tokens === undefined || seen.has(key)) return [];
  seen.add(key);
  const bytes = Buffer.from(expanded, "latin1");
  scan(bytes, interner, stream, dialectOf(read));
  const { defined, internal, constants } = surveyFile({ stream, bytes, words }, read);
  const given = new Set(texts);
  /** What a file of X-macros hands in may be a member where the file is included. */
  const mayBeGiven = ({ name, kind }: Made): boolean =>
    given.has(name) && (kind === "function" || ((kind === "variable" || kind === "type") && language !== "fragment"));
  const isWhole = ({ name, kind }: Made): boolean =>
    language !== "fragment" &&
    kind !== "enumeration" &&
    !given.has(name) &&
    written.has(name) &&
    !(kind === "function" && read !== "c" && overloaded.has(name));
  const own = internal.map((id): Made => ({ name: interner.name(id), kind: "function", internal: true }));
  return [
    ...own.filter(({ name }) => joined.has(name) || given.has(name)),
    ...versionedSymbols(tokens).map(({ name, isJoined }): Made => ({ name, kind: "asm", isJoined })),
    ...labels.map(({ name, target }): Made => ({ name: target, kind: "asm", labelOf: name })),
    ...forwardTypes(tokens, joined).map((name): Made => ({ name, kind: "type", internal: true })),
    ...constants.map(({ id, kind }): Made => ({ name: interner.name(id), kind, constant: true })).filter(({ name }) => joined.has(name)),
    ...defined
      .filter(({ wrapper }) => wrapper === undefined)
      .map(({ id, kind }): Made => ({ name: interner.name(id), kind }))
      .filter((one) => (one.kind !== "enumeration" && joined.has(one.name)) || mayBeGiven(one) || isWhole(one)),
  ];
}

/** The text without what is in strings that `#` makes, but for directives of assembler that name symbols. */
function withoutStrings(text: string): string {
  return text.includes(STRINGIZED) && !text.includes(".symver") ? text.replaceAll(STRINGS, '""') : text;
}

const STRINGS = new RegExp(`"${STRINGIZED}[^"]*"`, "g");

/** What a macro declares as a type of the tree and no more: `struct lib_##name;`, `typedef struct x lib_##name;`. */
function forwardTypes(tokens: readonly string[], joined: ReadonlySet<string>): string[] {
  let typedef = false;
  return tokens.filter((name, at) => {
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    if (name === ";") typedef = false;
    else if (name === "typedef") typedef = true;
    else if (joined.has(name) && next === ";") return typedef || before === "struct" || before === "class";
    else if (typedef && joined.has(name) && before === "*" && next === ")") return true;
    return false;
  });
}

/**
 * The tokens that come out, if they do, whether macros of a C source took part (then it is C's, in whatever file the calls stand), and the
 * words of macros that write out definitions whole; those of macros with parameters may be overloads for others to look up (`to_json`), one for each call.
 */
function expandedBy(
  texts: readonly string[],
  definitionOf: DefinitionOf,
  joined: Set<string>,
  effort: Effort,
): {
  readonly tokens: readonly string[] | undefined;
  readonly inC: boolean;
  readonly written: ReadonlySet<string>;
  readonly overloaded: ReadonlySet<string>;
} {
  let inC = false;
  const written = new Set<string>();
  const overloaded = new Set<string>();
  const noting: DefinitionOf = (name) => {
    const found = definitionOf(name);
    inC ||= found?.isC === true;
    if (found?.body.some((token) => token === "{" || token === "=") === true)
      for (const word of found.body) {
        written.add(word);
        if (found.parameters !== undefined && found.parameters.length > 0) overloaded.add(word);
      }
    return found;
  };
  const tokens = expandStatement(texts, noting, joined, effort);
  return { tokens, inC, written, overloaded };
}
