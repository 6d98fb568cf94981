/** Owns a part's answer about names with C linkage inside namespaces: whether `ns::name` is all that makes them look like members. */
import { PUNCTUATION } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import { isOtherMember } from "../decide/token-places.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";
import type { LoadedPart } from "./part-load.js";

/** Those of the names that look like members only where a namespace stands before them: `ns::name`. */
export function onlyQualified(part: LoadedPart, names: readonly string[], spaceWords: readonly string[]): ReadonlySet<string> {
  const { interner, indexer, stream, words, files } = part;
  const wanted = new Set(names.map((name) => interner.find(name)).filter((id) => id >= 0 && indexer.isMember(id)));
  if (wanted.size === 0) return new Set();
  const spaces = new Set(spaceWords.map((name) => interner.find(name)));
  const found = new Set(wanted);
  for (const { ids, content, language } of files) {
    if (!indexer.has(ids, (id) => found.has(id))) continue;
    const bytes = content.once();
    scan(bytes, interner, stream, dialectOf(language));
    const reading: Reading = { stream, bytes, words };
    for (let token = 2; token < stream.count; token++) {
      if (!isWord(reading, token) || !found.has(stream.values[token] as number) || !isOtherMember(reading, token)) continue;
      const isQualified = isMark(reading, token - 1, PUNCTUATION.scope) && spaces.has(stream.values[token - 2] as number);
      if (!isQualified) found.delete(stream.values[token] as number);
    }
  }
  return new Set([...found].map((id) => interner.name(id)));
}
