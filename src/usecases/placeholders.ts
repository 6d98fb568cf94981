/** Owns the placeholders of a use case's commands: {program}, {inputs} … become paths. */

/** Which placeholders each kind of command may use. */
export const PLACEHOLDERS = {
  prepare: ["inputs", "root"],
  declared: ["inputs", "root"],
  run: ["program", "flavor", "inputs", "out", "root"],
  both: ["program", "inputs", "out", "root"],
  comparing: ["legacy", "latest", "root"],
} as const;

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9_-]*)\}/g;

/** The names in braces in these words, each once, in order of appearance. */
export function placeholdersIn(words: readonly string[]): string[] {
  const found = words.flatMap((word) => [...word.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ""));
  return [...new Set(found)];
}

/** Puts the values in; a name without a value is a bug of the caller, as loading has refused unknown names. */
export function fillPlaceholders(words: readonly string[], values: Readonly<Record<string, string>>): string[] {
  return words.map((word) =>
    word.replaceAll(PLACEHOLDER, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`no value for the placeholder {${name}}`);
      return value;
    }),
  );
}
