/** Owns files with conflict markers whose labels are ids of commits: the text that one side's word everywhere gives. */
import type { ByteString } from "../../git/bytes.js";

const BEGIN = /^<{7} [0-9a-f]{40}(?::.*)?\r?$/;
const END = /^>{7} [0-9a-f]{40}(?::.*)?\r?$/;
const MIDDLE = /^={7}\r?$/;

/** The marked text with their side in every conflict, or undefined where it holds no markers. `theirs`: their file, whole. */
export function withTheirSide(marked: ByteString, theirs: ByteString): ByteString | undefined {
  const lines = marked.split("\n");
  const out: ByteString[] = [];
  let found = false;
  let endsInConflict = false;
  for (let at = 0; at < lines.length; at++) {
    const end = BEGIN.test(lines[at] ?? "") ? lines.findIndex((line, index) => index > at && END.test(line)) : -1;
    if (end < 0) out.push(lines[at] ?? "");
    else {
      found = true;
      out.push(...theirPart(lines.slice(at + 1, end), theirs));
      at = end;
      endsInConflict = end >= lines.length - 2;
    }
  }
  if (!found) return undefined;
  const text = out.join("\n");
  return endsInConflict && !theirs.endsWith("\n") ? text.replace(/\r?\n$/, "") : text;
}

/** What stands behind the middle marker; a line of the file may look like one, so their part has to be in their file as it is. */
function theirPart(inner: readonly ByteString[], theirs: ByteString): readonly ByteString[] {
  const middles = inner.flatMap((line, at) => (MIDDLE.test(line) ? [at] : []));
  const parts = middles.map((at) => inner.slice(at + 1));
  return parts.find((part) => `\n${theirs}\n`.includes(`\n${part.join("\n")}\n`)) ?? parts.at(-1) ?? [];
}
