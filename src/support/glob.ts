/** Owns globs over names (identifiers, symbols, options): `*` any run, `?` one character, all else literal. */

/** A test for whole names. */
export function nameGlob(pattern: string): (name: string) => boolean {
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
