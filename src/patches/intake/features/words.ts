/** Owns the names that changed lines of code bring: identifiers, without comments and strings, and names of files. */
import type { ByteString } from "../../../git/bytes.js";

const WORD = /[A-Za-z_][A-Za-z0-9_]{3,}/g;

/** Where `#` begins a comment. */
const HASH_COMMENTS =
  /(?:\.(?:py|sh|cmake|gn|gni|mk|yaml|yml|toml|rb|pl|bzl|bp)|\/?(?:CMakeLists\.txt|Makefile\w*|BUILD(?:\.bazel)?|meson\.build|Kconfig[\w.]*))$/;

/** Identifiers that look like somebody's own: with capitals inside, digits or underscores, or called. */
export function identifiersIn(path: ByteString, lines: readonly ByteString[]): Set<string> {
  const words = new Set<string>();
  for (const line of lines) {
    const code = codeOf(path, line);
    for (const match of code.matchAll(WORD)) {
      const [word] = match;
      if (/[a-z][A-Z]|[A-Z]{2}|_|\d/.test(word) || /^\s*\(/.test(code.slice(match.index + word.length))) words.add(word);
    }
  }
  return words;
}

/** Names of files with an ending that the lines speak of: in includes, in lists of sources. */
export function fileNamesIn(lines: readonly ByteString[]): Set<string> {
  return new Set(lines.flatMap((line) => [...line.matchAll(/[\w+-]+(?:\.[\w+-]+)+/g)].map(([name]) => name)));
}

function codeOf(path: ByteString, line: ByteString): string {
  if (/^\s*(?:\*(?:[\s/]|$)|\/\/)/.test(line)) return "";
  const plain = line
    .replaceAll(/"(?:\\.|[^"\\])*"/g, '""')
    .replace(/\/\/.*$/, "")
    .replaceAll(/\/\*.*?(?:\*\/|$)/g, "");
  return HASH_COMMENTS.test(path) ? plain.replace(/#.*$/, "") : plain;
}
