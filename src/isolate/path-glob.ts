/** Owns globs over relative paths: `*` and `?` stay inside a folder, `**` spans folders, also none. */

/** A test that holds when any of the patterns matches the whole path; always true for an empty list. */
export function anyPathGlob(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => true;
  const expressions = patterns.map(expressionOf);
  return (path) => expressions.some((expression) => expression.test(path));
}

function expressionOf(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (mark) => MARKS[mark] ?? `\\${mark}`);
  return new RegExp(`^${source}$`, "s");
}

const MARKS: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
