/** Owns the comparison of a patch before and after its port, line by line. */
import type { ByteString } from "../../git/bytes.js";
import type { LineFate } from "../../model/patch-audit.js";
import { type FileDiff, pathOf } from "../text/file-diff.js";

export interface PatchLine {
  readonly file: ByteString;
  readonly sign: "+" | "-";
  readonly line: ByteString;
}

export interface AuditedLine extends PatchLine {
  readonly fate: LineFate;
  readonly reason: string;
}

export interface LineQuestion {
  readonly old: readonly FileDiff[];
  readonly next: readonly FileDiff[];
  /** Lines of the files on the new base that the patch could be about. */
  readonly base: ReadonlySet<ByteString>;
  /** Why lines may be missing, as somebody said or as is known of the whole patch; null: nobody said anything. */
  readonly explanation: string | null;
  /** The subject of another ported patch that has a line (its sign, then the line). */
  readonly elsewhere: (line: string) => string | undefined;
}

/** The fate of each added and removed line of the old patch, in its order. A line counts as often as it stands there. */
export function auditLines(question: LineQuestion): AuditedLine[] {
  const added = linesOf(question.next).flatMap(({ sign, line }) => (sign === "+" ? [line] : []));
  const left = { exact: countLines(question.next, (key) => key), loose: countLines(question.next, withoutSpace), added };
  return linesOf(question.old).map((line) => {
    const [fate, reason] = fateOf(line, question, left);
    return { file: line.file, sign: line.sign, line: line.line, fate, reason };
  });
}

/** Lines of the ported patch that no line of the old one has claimed yet. */
interface Left {
  readonly exact: Map<string, number>;
  readonly loose: Map<string, number>;
  readonly added: readonly ByteString[];
}

function fateOf(line: PatchLine, { base, elsewhere, explanation }: LineQuestion, left: Left): [LineFate, string] {
  const key = keyOf(line);
  const isAdded = line.sign === "+";
  if (take(left.exact, key)) {
    take(left.loose, withoutSpace(key));
    return ["present", ""];
  }
  if (base.has(line.line) === isAdded) return ["upstreamed", isAdded ? "the new base has it" : "the new base lacks it"];
  if (!/\w/.test(line.line)) return ["explained", "there is no word in it"];
  if (take(left.loose, withoutSpace(key))) return ["explained", "only its white space is different"];
  if (isAdded && left.added.some((longer) => isLonger(longer, line.line))) return ["explained", "a longer line of the ported patch has it"];
  if (explanation !== null) return ["explained", explanation];
  const other = elsewhere(key);
  if (other !== undefined) return ["explained", `another patch has it: ${other}`];
  return ["lost", isAdded ? "neither the ported patch nor the new base has it" : "the new base still has it"];
}

function isLonger(longer: ByteString, line: ByteString): boolean {
  const [whole, part] = [longer.trim(), line.trim()];
  return whole.length > part.length && whole.includes(part);
}

/** Added and removed lines of a patch. */
export function linesOf(diffs: readonly FileDiff[]): PatchLine[] {
  return diffs.flatMap((diff) =>
    diff.hunks.flatMap(({ lines }) =>
      lines.flatMap((line): PatchLine[] => {
        const sign = line[0];
        return sign === "+" || sign === "-" ? [{ file: pathOf(diff), sign, line: line.slice(1) }] : [];
      }),
    ),
  );
}

export function keyOf({ sign, line }: PatchLine): string {
  return `${sign}${line}`;
}

function withoutSpace(key: string): string {
  return key.replaceAll(/\s+/g, "");
}

function countLines(diffs: readonly FileDiff[], norm: (key: string) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(diffs)) {
    const key = norm(keyOf(line));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}
