/** Owns a part's answer about global names that are members elsewhere, too, or hooks of argument lookup: what each place of theirs is. */
import { scan } from "../../tokens/scan.js";
import { BYTE, KIND } from "../../tokens/kinds.js";
import { dialectOf, type Language } from "../code-files.js";
import { enclosing } from "../decide/enclosing.js";
import { isOtherMember } from "../decide/edits.js";
import { parameterWords } from "../decide/parameter-words.js";
import { isDeclarator, useOf } from "../decide/word-uses.js";
import { isGuide, isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/macro-bodies.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import type { WordPlace, WordQuestion } from "./part-model.js";
import { whereIs } from "./part-survey.js";

/** Reads the files that are asked about once more, and headers that have one of the names. */
export function answerWords(part: LoadedPart, { names }: WordQuestion): WordPlace[] {
  const { interner, indexer } = part;
  const wanted = new Map<number, Set<number>>();
  for (const [name, files] of names) for (const file of files) wanted.set(file, (wanted.get(file) ?? new Set()).add(interner.find(name)));
  const all = new Set(names.map(([name]) => interner.find(name)));
  return part.files.flatMap((file) => {
    const asked = wanted.get(file.file.index);
    const called = whereIs(file.language) !== "source" && indexer.has(file.ids, (id) => all.has(id)) ? all : undefined;
    return asked === undefined && called === undefined ? [] : placesIn(part, file, asked, called);
  });
}

type Described = { readonly doubt: string } | { readonly parameters: readonly string[] } | { readonly called: true };

function placesIn(
  { interner, stream, words }: LoadedPart,
  { content, file, language }: CodeFile,
  asked: ReadonlySet<number> | undefined,
  called: ReadonlySet<number> | undefined,
): WordPlace[] {
  const bytes = content.bytes;
  scan(bytes, interner, stream, dialectOf(language));
  const reading: Reading = { stream, bytes, words };
  const found: WordPlace[] = [];
  for (let token = 0; token < stream.count; token++) {
    if (stream.kinds[token] !== KIND.identifier) continue;
    const id = stream.values[token] as number;
    const describe = asked?.has(id) === true ? placeAt : called?.has(id) === true ? callAt : undefined;
    const place = describe === undefined || isOtherMember(reading, token) ? undefined : describe(reading, token, language);
    if (place !== undefined) found.push({ ...place, name: interner.name(id), file: file.index, offset: stream.starts[token] as number });
  }
  return found;
}

function placeAt(reading: Reading, token: number, language: Language): Described | undefined {
  const use = useOf(reading, token);
  if (use.is === "doubt") return { doubt: use.why };
  if (use.is === "other" || language === "c" || !isHead(reading, token)) return undefined;
  const own = templateWords(reading, token);
  return { parameters: parameterWords(reading, token + 1).map((word) => (own.has(word) ? `template ${word}` : word)) };
}

/** A call, as far as a glance tells: no declaration of that name. */
function callAt(reading: Reading, token: number): Described | undefined {
  return isMark(reading, token + 1, BYTE.open) && !isDeclarator(reading, token) ? { called: true } : undefined;
}

/** The head of a function without C linkage at global scope. */
function isHead(reading: Reading, token: number): boolean {
  return (
    isMark(reading, token + 1, BYTE.open) &&
    isDeclarator(reading, token) &&
    enclosing(reading, token).length === 0 &&
    !isGuide(reading, tokensFrom(reading, token), 0) &&
    !saysExtern(reading, token)
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

/** `extern "C"` before it in its declaration. */
function saysExtern(reading: Reading, token: number): boolean {
  const { kinds } = reading.stream;
  for (let i = token - 1; i > 0; i--) {
    if (kinds[i] === KIND.directiveEnd) return false;
    if (kinds[i] === KIND.string && isWord(reading, i - 1) && valueAt(reading, i - 1) === reading.words.id.extern) return true;
    if (ENDS.some((mark) => isMark(reading, i, mark))) return false;
  }
  return false;
}
