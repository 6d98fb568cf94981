/** Owns the message of a patch: where it ends, and its trailers. */
import { addField } from "./fields.js";

/** Index of the line where the patch itself begins, as `git am` sees it: a diff, `Index:`, or a line of three dashes. */
export function patchStart(lines: readonly string[]): number {
  const found = lines.findIndex((line) => /^(?:diff -|Index: |---\s*$|--- \S|Binary files .* differ)/.test(line));
  return found === -1 ? lines.length : found;
}

/** The lines without empty ones at both ends, as one text. */
export function trimmedText(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return first === -1
    ? ""
    : lines
        .slice(first, last + 1)
        .join("\n")
        .trimEnd();
}

/** Subject and body of a message: its first paragraph on one line, and the rest. */
export function splitMessage(text: string): { subject: string; body: string } {
  const lines = text.split("\n");
  const gap = lines.findIndex((line) => line.trim() === "");
  const head = gap === -1 ? lines : lines.slice(0, gap);
  return { subject: head.map((line) => line.trim()).join(" "), body: gap === -1 ? "" : trimmedText(lines.slice(gap)) };
}

const TRAILER = /^([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)$/;
const PICKED = /^\(cherry picked from commit ([0-9a-f]{7,64})\)$/;

/**
 * Trailers of a body's last paragraph, by the rule of git-interpret-trailers: all its lines are trailers, or one of them is of
 * git's own making (`Signed-off-by`, a cherry-pick's note) and at least a quarter are trailers.
 */
export function trailersOf(body: string): Map<string, string[]> {
  const lines = (body.split(/\n[ \t]*\n/).at(-1) ?? "").split("\n");
  const trailers = new Map<string, string[]>();
  let [own, others, inTrailer] = [0, 0, false];
  let last: string | undefined;
  for (const line of lines) {
    const [trailer, picked] = [TRAILER.exec(line), PICKED.exec(line)?.[1]];
    if (inTrailer && last !== undefined && /^[ \t]+\S/.test(line)) {
      const values = trailers.get(last) ?? [];
      values.push(`${values.pop() ?? ""} ${line.trim()}`);
      continue;
    }
    inTrailer = trailer !== null;
    if (picked !== undefined || line.startsWith("Signed-off-by: ")) own++;
    else if (trailer === null) others++;
    if (picked !== undefined) addField(trailers, "cherry-picked-from", picked);
    else if (trailer !== null) {
      addField(trailers, trailer[1] ?? "", (trailer[2] ?? "").trim());
      last = [...trailers.keys()].find((key) => key.toLowerCase() === trailer[1]?.toLowerCase());
    }
  }
  const told = lines.length - others;
  return others === 0 || (own > 0 && told * 3 >= others) ? trailers : new Map();
}
