/** Owns the reading of unified diffs: git's own with extended heads and binary content, GNU diff's, quilt's and Subversion's. */
import type { BinaryDiff, DiffHunk, DiffSource, FileDiff } from "./file-diff.js";
import { type GitHead, parseGitHead } from "./git-head.js";
import { type Names, gitNames } from "./git-names.js";
import { parseBinary } from "./parse-binary.js";
import { isHunkHead, parseHunkList } from "./parse-hunks.js";
import { type PatchLines, errorAt, lineNumber, patchError, patchLines, peek } from "./patch-lines.js";
import { type PlainHead, atPlainHead, parsePlainHead, plainNames, plainStrip } from "./plain-head.js";
import { takeName } from "./raw-name.js";

export interface ParseOptions {
  /** Leading folders that are no part of the paths (`-p1`, `-p0`); found out when left away. */
  readonly strip?: number;
}

/** How the patches of a collection are written. */
export interface ReadOptions extends ParseOptions {
  /** Subjects stand as in the commit, as `git format-patch --keep-subject` writes them. */
  readonly keptSubject?: boolean;
}

/** One file's difference before its names are settled. */
interface Found {
  readonly line: number;
  readonly head: { readonly git: GitHead } | { readonly plain: PlainHead };
  readonly hunks: readonly DiffHunk[];
  readonly binary: BinaryDiff | null;
}

/**
 * All differences of a text, in its order; lines between them that belong to none are left out, as `git apply` does.
 * Throws `input-invalid` with file and line when the text is broken or cannot be read without a guess.
 */
export function parseDiff(text: Buffer | string, source: DiffSource, options: ParseOptions = {}): FileDiff[] {
  const lines = patchLines(text, source);
  const found: Found[] = [];
  while (peek(lines) !== undefined) {
    const one = takeOne(lines);
    if (one === undefined) lines.at++;
    else found.push(one);
  }
  const strip = options.strip ?? sharedStrip(found);
  return found.map((one) => settled(one, lines.file, options.strip, strip));
}

function takeOne(lines: PatchLines): Found | undefined {
  const line = peek(lines) ?? "";
  const number = lineNumber(lines);
  if (line.startsWith("diff --git ")) return takeGit(lines, number);
  if (atPlainHead(lines)) return { line: number, head: { plain: parsePlainHead(lines) }, hunks: parseHunkList(lines), binary: null };
  if (line.startsWith("diff --cc ") || line.startsWith("diff --combined "))
    throw errorAt(
      lines,
      "the combined diff of a merge does not tell what to change in one file",
      "write the merge as `git diff <first parent> <merge>`",
    );
  if (isHunkHead(line)) throw errorAt(lines, "a hunk without a file's head before it", "put the `---` and `+++` lines before it");
  return line.startsWith("Binary files ") ? takeBinaryNote(lines, number) : undefined;
}

/** A title without anything below it, as old versions of git write for files that only were touched, changes nothing. */
function takeGit(lines: PatchLines, line: number): Found | undefined {
  const head = parseGitHead(lines);
  const found = { line, head: { git: head }, ...takeBody(lines, line) };
  if (found.hunks.length === 0 && found.binary === null && isBare(head)) {
    lines.at--;
    return undefined;
  }
  if (found.hunks.length > 0 && head.kind === undefined && (head.oldName === undefined || head.newName === undefined))
    throw patchError({ file: lines.file, line }, "the `---` or the `+++` line is missing", "make the patch anew with `git diff`");
  return found;
}

function isBare(head: GitHead): boolean {
  return Object.values({ ...head, title: undefined }).every((value) => value === undefined);
}

function takeBody(lines: PatchLines, line: number): Pick<Found, "hunks" | "binary"> {
  if (peek(lines) === "GIT binary patch") {
    lines.at++;
    return { hunks: [], binary: parseBinary(lines) };
  }
  const note = takeBinaryNote(lines, line);
  return note === undefined ? { hunks: parseHunkList(lines), binary: null } : { hunks: [], binary: note.binary };
}

/** `Binary files a/x and b/x differ`: a change that the patch does not hold. */
function takeBinaryNote(lines: PatchLines, line: number): Found | undefined {
  const names = /^(?:Binary files|Files) (.+) and (.+) differ\r?$/.exec(peek(lines) ?? "");
  if (names === null) return undefined;
  lines.at++;
  const [oldName, newName] = [takeName(names[1] ?? ""), takeName(names[2] ?? "")];
  const plain = { oldName, newName, oldEpoch: false, newEpoch: false, index: undefined };
  return { line, head: { plain }, hunks: [], binary: { forward: null, reverse: null } };
}

/** What the heads of one text tell together; a diff that does not tell follows the others. */
function sharedStrip(found: readonly Found[]): number | undefined {
  for (const { head } of found) {
    const strip = "plain" in head ? plainStrip(head.plain) : undefined;
    if (strip !== undefined) return strip;
  }
  return undefined;
}

function settled(found: Found, file: string, given: number | undefined, shared: number | undefined): FileDiff {
  const { line, head, hunks, binary } = found;
  const where = { file, line };
  const names = "git" in head ? gitNames(head.git, given) : plainPaths(head.plain, hunks, given ?? plainStrip(head.plain) ?? shared);
  if (typeof names === "string")
    throw patchError(where, names, "correct the head, or say with -p0 or -p1 how many leading folders to leave out");
  checkSides(names, hunks, where);
  const git = "git" in head ? head.git : undefined;
  if (git !== undefined) checkChanges(git, found, where);
  return { ...names, ...modesOf(git, names), ...idsOf(git), ...moveOf(git), hunks, binary, line };
}

function plainPaths(head: PlainHead, hunks: readonly DiffHunk[], strip: number | undefined): Names | string {
  if (strip === undefined) return "the head does not tell whether the first folder of the name is part of the path";
  return plainNames(head, strip, hunks) ?? `a name has not ${strip} leading folder${strip === 1 ? "" : "s"} to leave out`;
}

/** A file that is added has no old lines, one that is removed no new ones. */
function checkSides(names: Names, hunks: readonly DiffHunk[], where: { file: string; line: number }): void {
  const hint = "correct the head, or make the patch anew with `git diff`";
  if (names.oldPath === null && hunks.some((hunk) => hunk.oldCount > 0)) throw patchError(where, "a new file has old lines", hint);
  if (names.newPath === null && hunks.some((hunk) => hunk.newCount > 0)) throw patchError(where, "a removed file keeps lines", hint);
}

function checkChanges(head: GitHead, { hunks, binary }: Found, where: { file: string; line: number }): void {
  const told = head.kind !== undefined || (head.oldMode !== undefined && head.oldMode !== head.newMode);
  if (hunks.length > 0 || binary !== null || told) return;
  throw patchError(where, "this head of a file is followed by no change", "remove it, or put the missing hunks behind it");
}

function modesOf(head: GitHead | undefined, { oldPath, newPath }: Names): Pick<FileDiff, "oldMode" | "newMode"> {
  const [oldMode, newMode] = [head?.oldMode ?? head?.mode ?? null, head?.newMode ?? head?.mode ?? null];
  return { oldMode: oldPath === null ? null : oldMode, newMode: newPath === null ? null : newMode };
}

function idsOf(head: GitHead | undefined): Pick<FileDiff, "oldId" | "newId"> {
  return { oldId: head?.oldId ?? null, newId: head?.newId ?? null };
}

function moveOf(head: GitHead | undefined): Pick<FileDiff, "rename" | "copy" | "similarity"> {
  const similarity = head?.similarity;
  return { rename: head?.kind === "rename", copy: head?.kind === "copy", ...(similarity === undefined ? {} : { similarity }) };
}
