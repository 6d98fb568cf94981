/** Owns the contents that property tests draw: few different lines, so that they repeat, with odd bytes and line ends. */
import * as fc from "fast-check";

export const line = fc.constantFrom("a", "b", "", " ", "a ", "\ta", "c\r", "\r", "d\xff\x80", "-- ", "@@ -1 +1 @@", "diff --git a/f b/f");

/** A text of up to so many lines, its last one with or without a newline. */
export function text(maxLines: number): fc.Arbitrary<string> {
  return fc.tuple(fc.array(line, { maxLength: maxLines }), fc.boolean()).map(([lines, ended]) => joined(lines, ended));
}

export function joined(lines: readonly string[], ended: boolean): string {
  return lines.join("\n") + (ended && lines.length > 0 ? "\n" : "");
}

/** Content that git takes for binary. */
export const binary = fc
  .array(fc.constantFrom("\0", "abc", "\xff\xfe", "\n", "some longer piece of it "), { minLength: 1, maxLength: 60 })
  .map((parts) => `\0${parts.join("")}`);
