/** Owns the trees that property tests draw: texts, binaries, links, submodules, under odd names. */
import * as fc from "fast-check";

import { binary, text } from "./arbitrary-text.js";
import type { GitTree } from "./real-git.js";

const NAMES = [
  "f",
  "b",
  "a/b",
  "name with spaces",
  "a b/a b",
  'quo"te',
  "back\\slash",
  "tab\there",
  "caf\xc3\xa9",
  "\xff\xfe odd",
  "new\nline",
  "x b/x",
  "s/0001.patch",
];
export const name = fc.constantFrom(...NAMES);
const COMMIT = fc.constantFrom("1".repeat(40), "2".repeat(40));

const entry = fc.oneof(
  { weight: 5, arbitrary: fc.record({ mode: fc.constantFrom("100644", "100644", "100755"), text: text(12) }) },
  { weight: 2, arbitrary: fc.record({ mode: fc.constant("100644"), text: binary }) },
  { weight: 1, arbitrary: fc.record({ mode: fc.constant("120000"), text: fc.constantFrom("f", "to/there", "caf\xc3\xa9") }) },
  { weight: 1, arbitrary: fc.record({ mode: fc.constant("160000"), text: COMMIT }) },
);

/** `a/b` is dropped beside a file `a`, which there is none of; `b` and `a/b` may both be there. */
export const tree: fc.Arbitrary<GitTree> = fc.dictionary(name, entry, { maxKeys: 6, noNullPrototype: true });

/** The content of a file as git compares it, or null where there is none. */
export function contentOf(files: GitTree, path: string | null): Buffer | null {
  const found = path === null ? undefined : files[path];
  if (found === undefined) return null;
  return Buffer.from(found.mode === "160000" ? `Subproject commit ${found.text}\n` : found.text, "latin1");
}
