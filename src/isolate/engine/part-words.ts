/** Owns a part's answer about global names that are members elsewhere, too, or hooks of argument lookup: what each place of theirs is. */
import { scan } from "../../tokens/scan.js";
import { BYTE, KIND } from "../../tokens/kinds.js";
import { dialectOf, type Language } from "../code-files.js";
import { enclosing } from "../decide/enclosing.js";
import { isOtherMember } from "../decide/edits.js";
import { parameterWords } from "../decide/parameter-words.js";
import { isDeclarator, useOf } from "../decide/word-uses.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import type { WordPlace, WordQuestion } from "./part-model.js";

/** Reads the files that are asked about once more. */
export function answerWords(part: LoadedPart, { names }: WordQuestion): WordPlace[] {
  const wanted = new Map<number, Set<number>>();
  for (const [name, files] of names) {
    const id = part.interner.find(name);
    for (const file of id < 0 ? [] : files) wanted.set(file, (wanted.get(file) ?? new Set()).add(id));
  }
  return part.files.flatMap((file) => {
    const ids = wanted.get(file.file.index);
    return ids === undefined ? [] : placesIn(part, file, ids);
  });
}

function placesIn({ interner, stream, words }: LoadedPart, { content, file, language }: CodeFile, ids: ReadonlySet<number>): WordPlace[] {
  const bytes = content.once();
  scan(bytes, interner, stream, dialectOf(language));
  const reading: Reading = { stream, bytes, words };
  const found: WordPlace[] = [];
  for (let token = 0; token < stream.count; token++) {
    if (stream.kinds[token] !== KIND.identifier || !ids.has(stream.values[token] as number)) continue;
    const place = isOtherMember(reading, token) ? undefined : placeAt(reading, token, language);
    if (place === undefined) continue;
    found.push({ ...place, name: interner.name(stream.values[token] as number), file: file.index, offset: stream.starts[token] as number });
  }
  return found;
}

function placeAt(reading: Reading, token: number, language: Language): { doubt: string } | { parameters: string[] } | undefined {
  const use = useOf(reading, token);
  if (use.is === "doubt") return { doubt: use.why };
  if (use.is === "other" || language === "c" || !isHead(reading, token)) return undefined;
  return { parameters: parameterWords(reading, token + 1) };
}

/** The head of a function without C linkage at global scope. */
function isHead(reading: Reading, token: number): boolean {
  return (
    isMark(reading, token + 1, BYTE.open) &&
    isDeclarator(reading, token) &&
    enclosing(reading, token).length === 0 &&
    !saysExtern(reading, token)
  );
}

/** `extern "C"` before it in its declaration. */
function saysExtern(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  for (let i = token - 1; i > 0; i--) {
    if (kinds[i] === KIND.directiveEnd) return false;
    if (kinds[i] === KIND.string && isWord(reading, i - 1) && valueAt(reading, i - 1) === reading.words.id.extern) return true;
    if (kinds[i] === KIND.punctuation && [BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace].some((mark) => values[i] === mark)) return false;
  }
  return false;
}
