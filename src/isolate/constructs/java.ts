/** Owns Java packages that get the flavor: in Java and Kotlin sources, in rules for shrinkers, in the manifest of an Android application. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";

/** The suffix goes behind the package wherever its dotted name stands as a whole or before a dot; in comments, too. */
export function javaInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  return packageInsertions(text, names, ".");
}

/** The same for class paths, `org/lib/Class` and `Lorg/lib/Class;`. */
export function classPathInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  return packageInsertions(text, names, "/");
}

function packageInsertions(text: string, { packages, suffix }: FlavoredNames, separator: "." | "/"): ExtraInsertion[] {
  if (packages.length === 0) return [];
  const spelled = packages.map((name) => name.replaceAll(".", separator).replaceAll(/[./]/g, "\\$&"));
  const before = separator === "." ? "(?<![\\w.$/])" : "(?<![\\w.$/])L?";
  const expression = new RegExp(`${before}(?:${spelled.join("|")})(?![\\w$])`, "g");
  return [...text.matchAll(expression)].map((match) => ({
    offset: match.index + match[0].length,
    text: suffix,
    names: [],
  }));
}
