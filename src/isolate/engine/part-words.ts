/** Owns a part's answer about global names that are members elsewhere, too, or hooks of argument lookup: what each place of theirs is. */
import { scan } from "../../tokens/scan.js";
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { dialectOf } from "../code-files.js";
import { enclosing } from "../decide/enclosing.js";
import { isForCppAlone } from "../decide/cplusplus-only.js";
import { isAsmOperand, isOtherMember } from "../decide/token-places.js";
import { parameterList } from "../decide/macro-definitions.js";
import { parameterWords } from "../decide/parameter-words.js";
import { isDeclarator, saysLinkage, useOf, type WordKnowledge, type WordUse } from "../decide/word-uses.js";
import type { Interner } from "../../tokens/interner.js";
import { isMark, type Reading, valueAt } from "../survey/heads.js";
import { isGuide } from "../survey/function-names.js";
import { tokenText } from "../survey/token-text.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import type { WordPlace, WordQuestion, WordScopes } from "./word-model.js";
import { whereIs } from "./part-survey.js";

/** What a file needs to tell what such words denote in it. */
export function knowledgeOf(interner: Interner, { scopes, fields, tagged, mixed }: WordScopes): WordKnowledge {
  const idsOf = (words: readonly string[]): Set<number> => new Set(words.map((word) => interner.internText(word)));
  const byMacro = (list: WordScopes["fields"]): Map<number, Set<number>> =>
    new Map(list.map(([macro, indices]) => [interner.internText(macro), new Set(indices)]));
  return {
    scopes: new Map(scopes.map(([name, words]) => [interner.internText(name), idsOf(words)])),
    fields: byMacro(fields),
    tagged: byMacro(tagged),
    mixed: byMacro(mixed),
  };
}

/** The same for one file, which may be included in the midst of a scope. */
export function knowledgeIn(interner: Interner, knowledge: WordKnowledge, { standing }: Pick<CodeFile, "standing">): WordKnowledge {
  if (standing === undefined) return knowledge;
  return { ...knowledge, standing: { kind: standing.kind, words: standing.words.map((word) => interner.internText(word)) } };
}

/** What is asked of one file. */
interface Asked {
  /** Names that it may mean, by id, and those of which calls are told, too. */
  readonly names: ReadonlySet<number> | undefined;
  readonly called: ReadonlySet<number> | undefined;
  /** Those of the names that stand only behind `struct` and its like. */
  readonly tags: ReadonlySet<number>;
  readonly isC: boolean;
  /** Names that it may see by a header that is not in the tree. */
  readonly unsure: ReadonlySet<number>;
}

/** Reads the files that are asked about once more, and headers that have one of the names. */
export function answerWords(part: LoadedPart, question: WordQuestion): WordPlace[] {
  const { names } = question;
  const { interner, indexer } = part;
  const knowledge = knowledgeOf(interner, question);
  const inC = new Set(question.inC);
  const byFile = (lists: WordQuestion["tags"]): Map<number, Set<number>> => {
    const found = new Map<number, Set<number>>();
    for (const [name, files] of lists) for (const file of files) found.set(file, (found.get(file) ?? new Set()).add(interner.find(name)));
    return found;
  };
  const [wanted, tags, unsure] = [byFile(names), byFile(question.tags), byFile(question.unsure)];
  const all = new Set(names.map(([name]) => interner.find(name)));
  const roles = new Uint8Array(interner.size());
  for (const id of all) roles[id] = 1;
  return part.files.flatMap((file) => {
    const asked = wanted.get(file.file.index);
    const isC = file.language === "c" || inC.has(file.file.index);
    const called = !isC && whereIs(file.language) !== "source" && indexer.has(file.ids, (id) => roles[id] === 1) ? all : undefined;
    const doubtful = unsure.get(file.file.index) ?? NONE;
    if (asked === undefined && called === undefined && doubtful.size === 0) return [];
    return placesIn(
      part,
      file,
      roles,
      { names: asked, called, tags: tags.get(file.file.index) ?? NONE, isC, unsure: doubtful },
      knowledgeIn(interner, knowledge, file),
    );
  });
}

const NONE: ReadonlySet<number> = new Set();

type Described = { readonly doubt: string } | { readonly parameters: readonly string[] } | { readonly called: true };

function placesIn(
  { indexer, interner, stream, words }: LoadedPart,
  { content, file, language, survey }: CodeFile,
  roles: Uint8Array,
  { names, called, tags, isC, unsure }: Asked,
  knowledge: WordKnowledge,
): WordPlace[] {
  const bytes = content.once();
  scan(bytes, interner, stream, dialectOf(language));
  const reading: Reading = { stream, bytes, words, opened: survey.namespaces };
  const found: WordPlace[] = [];
  const { hits, directives } = indexer.add(stream, roles);
  let at = 0;
  for (const token of hits) {
    while (at < directives.length && (directives[at + 1] as number) < token) at += 2;
    const inLine = (directives[at] ?? token) < token;
    const id = stream.values[token] as number;
    const isAsked = names?.has(id) === true && (!tags.has(id) || isForCppAlone(reading, token));
    const isCalled = called?.has(id) === true;
    if ((!isAsked && !isCalled && !unsure.has(id)) || isOtherMember(reading, token)) continue;
    if (isAsmOperand(reading, token) || (inLine && isParameterOf(reading, directives[at] as number, id))) continue;
    const use = useOf(reading, token, knowledge);
    const place =
      (isAsked ? placeAt(reading, token, use, isC || inLine) : undefined) ??
      (unsure.has(id) ? strangeAt(reading, token, use) : undefined) ??
      (isCalled ? callAt(reading, token, use, isAsked) : undefined);
    if (place !== undefined) found.push({ ...place, name: interner.name(id), file: file.index, offset: stream.starts[token] as number });
  }
  return found;
}

/** Whether the line defines a macro with a parameter of that name. */
function isParameterOf(reading: Reading, start: number, id: number): boolean {
  return valueAt(reading, start) === DIRECTIVE.define && parameterList(reading, start + 1)?.ids.includes(id) === true;
}

function placeAt(reading: Reading, token: number, use: WordUse, isNoHead: boolean): Described | undefined {
  if (use.is === "doubt") return { doubt: use.why };
  if (use.is === "other" || isNoHead || !isHead(reading, token)) return undefined;
  const own = templateWords(reading, token);
  return { parameters: parameterWords(reading, token + 1).map((word) => (own.has(word) ? `template ${word}` : word)) };
}

/** A call with arguments that stays as it is and may find more than its scopes declare: not where a class declares the name. */
function callAt(reading: Reading, token: number, use: WordUse, isAsked: boolean): Described | undefined {
  if ((isAsked && use.is === "global") || (use.is === "other" && use.ofClass)) return undefined;
  const isCall = isMark(reading, token + 1, BYTE.open) && !isMark(reading, token + 2, BYTE.close);
  return isCall && !isDeclarator(reading, token) ? { called: true } : undefined;
}

/** A call that nothing in the file explains. */
function strangeAt(reading: Reading, token: number, use: WordUse): Described | undefined {
  const isCall = use.is === "global" && isMark(reading, token + 1, BYTE.open) && !isDeclarator(reading, token);
  return isCall ? { doubt: "a header that is not in the tree may declare it, or may lead to one that does" } : undefined;
}

/** The head of a function without C linkage at global scope. */
function isHead(reading: Reading, token: number): boolean {
  return (
    isMark(reading, token + 1, BYTE.open) &&
    isDeclarator(reading, token) &&
    enclosing(reading, token).length === 0 &&
    !isGuide(reading, tokensFrom(reading, token), 0) &&
    !saysLinkage(reading, token)
  );
}

/** Tokens of a head that are looked at. */
const LONGEST = 2000;

function tokensFrom({ stream }: Reading, token: number): number[] {
  return Array.from({ length: Math.min(stream.count - token, LONGEST) }, (_, i) => token + i);
}

/** The words of `template <…>` before the name: what they stand for only a call says. */
function templateWords(reading: Reading, token: number): ReadonlySet<string> {
  const { kinds, values } = reading.stream;
  const found = new Set<string>();
  for (let i = token - 1; i >= 0; i--) {
    if (kinds[i] === KIND.identifier) {
      if (values[i] === reading.words.id.template) return found;
      found.add(tokenText(reading, i));
    } else if (kinds[i] === KIND.directiveEnd || ENDS.some((mark) => isMark(reading, i, mark))) break;
  }
  return new Set();
}

const ENDS = [BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace];
