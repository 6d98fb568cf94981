/** Owns patterns over names (identifiers, symbols, options): globs with `*` any run and `?` one character, or `/regular expressions/`. */

/** The regular expression of a pattern that stands between slashes (flags: i, m, s), or undefined for any other. */
export function expressionOf(pattern: string, flags = ""): RegExp | undefined {
  const parts = /^\/(.+)\/([ims]*)$/s.exec(pattern);
  return parts === null ? undefined : new RegExp(parts[1] as string, `${parts[2]}${flags}`);
}

/** A test for whole names; a regular expression may also match a part. */
export function nameGlob(pattern: string): (name: string) => boolean {
  const given = expressionOf(pattern);
  if (given !== undefined) return (name) => given.test(name);
  if (!/[*?]/.test(pattern)) return (name) => name === pattern;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "s");
  return (name) => expression.test(name);
}

/** A test that holds when any of the patterns does. */
export function anyNameGlob(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map(nameGlob);
  return (name) => tests.some((test) => test(name));
}
