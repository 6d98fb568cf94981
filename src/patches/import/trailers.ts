/** Owns the trailers of a message that say which feature a commit belongs to: set once, read back, taken off. */
import { trailersOf } from "../text/message.js";

/** What unfork itself puts into messages. */
const OWN = ["Feature", "Purpose", "Owner", "Release"] as const;

/** Bytes of UTF-8 as characters hold some that look like blanks: only these are. */
const AROUND = /^\n+|[ \t\r\n]+$/g;

/** The message with these trailers in its last paragraph, each key once; others stay as they are. Text, or bytes. */
export function withTrailers(message: string, trailers: Readonly<Record<string, string>>): string {
  const kept = withoutTrailers(message, Object.keys(trailers));
  const lines = Object.entries(trailers).map(([key, value]) => `${key}: ${value.replaceAll(AROUND, "").replaceAll(/[ \t\r\n]+/g, " ")}`);
  const gap = hasTrailers(kept) ? "\n" : "\n\n";
  return `${kept}${kept === "" ? "" : gap}${lines.join("\n")}\n`;
}

/** The message without unfork's own trailers. */
export function withoutOwnTrailers(message: string): string {
  return withoutTrailers(message, OWN);
}

/** Text without line ends around it. */
function withoutTrailers(message: string, keys: readonly string[]): string {
  const text = message.replaceAll(AROUND, "");
  if (!hasTrailers(text)) return text;
  const { before, last } = lastParagraph(text);
  const wanted = new RegExp(`^(?:${keys.join("|")})[ \\t]*:`, "i");
  let dropping = false;
  const kept = last.split("\n").filter((line) => {
    dropping = wanted.test(line) || (dropping && /^[ \t]/.test(line));
    return !dropping;
  });
  return kept.length === 0 ? before.replaceAll(AROUND, "") : `${before}${kept.join("\n")}`;
}

/** A trailer of a message, or undefined; the last one counts. */
export function trailerOf(message: string, key: string): string | undefined {
  const { before, last } = lastParagraph(message.replaceAll(AROUND, ""));
  if (before === "") return undefined;
  return trailersOf(last).get(key)?.at(-1);
}

/** The subject alone is never a paragraph of trailers. */
function hasTrailers(text: string): boolean {
  const { before, last } = lastParagraph(text);
  return before !== "" && trailersOf(last).size > 0;
}

function lastParagraph(text: string): { before: string; last: string } {
  const gap = /^[\s\S]*\n[ \t]*\n/.exec(text)?.[0] ?? "";
  return { before: gap, last: text.slice(gap.length) };
}
