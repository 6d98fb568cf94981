/** Owns the reading of one patch file: which of the formats it is, and the patches in it. */
import { startsWithFields, readDep3 } from "./dep3.js";
import { fieldBlock, fieldNamed, unfolded } from "./fields.js";
import { HG_HEAD, readHgExport } from "./hg-export.js";
import { decodeWords } from "./mail/encoded-words.js";
import { type PatchPlace, readMail } from "./mail/read-mail.js";
import { isFromLine, isGitFromLine, splitMbox } from "./mail/split-mbox.js";
import { isCoverLetter } from "./mail/subject.js";
import type { ReadOptions } from "./parse-diff.js";
import { patchError } from "./patch-lines.js";
import type { TextPatch } from "./text-patch.js";

export type PatchFileKind = "mbox" | "mail" | "hg" | "diff";

export interface PatchFile {
  /** The file's name in its collection. */
  readonly name: string;
  /** The name for messages. */
  readonly file: string;
  readonly content: Buffer;
}

/** Several mails, one mail, an `hg export`, or a diff with words or fields above it. */
export function patchFileKind(lines: readonly string[]): PatchFileKind {
  if (isFromLine(lines[0])) return splitMbox(lines, 1).length > 1 ? "mbox" : "mail";
  if (lines[0]?.startsWith(HG_HEAD) === true) return "hg";
  const { fields } = fieldBlock(lines, 0);
  const mailed =
    fieldNamed(fields, "from") !== undefined && fieldNamed(fields, "subject") !== undefined && fieldNamed(fields, "date") !== undefined;
  return mailed && !debianFields(lines) ? "mail" : "diff";
}

/** A mail's head with a field in it that only DEP-3 knows. */
function debianFields(lines: readonly string[]): boolean {
  const { fields } = fieldBlock(lines, 0);
  return (
    startsWithFields(lines) && fieldNamed(fields, "description", "origin", "forwarded", "applied-upstream", "last-update") !== undefined
  );
}

/** All patches of a file, in its order; cover letters are left out. Throws `input-invalid` when there is none. */
export function readPatchFile(file: PatchFile, options: ReadOptions = {}): TextPatch[] {
  const lines = linesOf(file.content);
  const kind = patchFileKind(lines);
  const place = { name: file.name, file: file.file, line: 1 };
  if (kind === "mbox") return readMbox(lines, file, options);
  if (kind === "hg") return readHg(lines, place, options);
  const patch = kind === "mail" ? readMail(lines, place, options) : readDep3(lines, place, options);
  if (patch.diffs.length === 0 && !isGitFromLine(lines[0]))
    throw patchError(place, "no unified diff in this file", "name a file that `git format-patch`, `git diff` or `diff -u` wrote");
  return isCover(lines, patch) ? [] : [patch];
}

/** `hg export` of several changesets writes one behind the other. */
function readHg(lines: readonly string[], place: PatchPlace, options: ReadOptions): TextPatch[] {
  const starts = lines.flatMap((line, at) => (line.startsWith(HG_HEAD) ? [at] : []));
  return starts.map((start, index) => {
    const name = starts.length === 1 ? place.name : numbered(index);
    return readHgExport(lines.slice(start, starts[index + 1]), { ...place, name, line: start + 1 }, options);
  });
}

function numbered(index: number): string {
  return String(index + 1).padStart(4, "0");
}

function readMbox(lines: readonly string[], { file }: PatchFile, options: ReadOptions): TextPatch[] {
  const mails = splitMbox(lines, 1);
  const patches: TextPatch[] = [];
  for (const mail of mails) {
    const patch = readMail(mail.lines, { name: numbered(patches.length), file, line: mail.line }, options);
    if (!isCover(mail.lines, patch)) patches.push(patch);
  }
  return patches;
}

function isCover(lines: readonly string[], patch: TextPatch): boolean {
  const subject = fieldNamed(fieldBlock(lines, isFromLine(lines[0]) ? 1 : 0).fields, "subject");
  return patch.diffs.length === 0 && subject !== undefined && isCoverLetter(decodeWords(unfolded(subject)));
}

function linesOf(content: Buffer): string[] {
  const lines = content.toString("latin1").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
