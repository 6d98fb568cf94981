/** Owns the histories that property tests draw: commits with odd authors, dates, messages and trees. */
import * as fc from "fast-check";

import { tree } from "./arbitrary-tree.js";
import { type GitTree, fileCommand, gitText } from "./real-git.js";

export interface Commit {
  readonly author: { readonly name: string; readonly email: string };
  readonly seconds: number;
  readonly zone: string;
  readonly subject: string;
  /** Paragraphs with empty lines between them. */
  readonly body: string;
  readonly files: GitTree;
}

const NAMES = [
  "A U Thor",
  "Jos\u00e9 \u00d1",
  'Anne "Ann" Lee',
  "Comma, Name",
  "Name [:nick]",
  "Dr. Dot",
  "\u65e5\u672c \u8a9e",
  "Paren (Inc)",
  "O'Neil",
  "x".repeat(70),
];
const WORDS = [
  "fix",
  "[audio]",
  "Bug 12 -",
  "the",
  "caf\u00e9",
  "\u{1f600}",
  "a_b",
  "=?x?=",
  '"q"',
  "(r=me)",
  "[1/2]",
  "end.",
  "looooooooooooooooooooooooooong",
  "\u00fcber",
  "f: g",
  "1,5",
  "#7",
];
const LINES = [
  "plain words",
  "  indented",
  "> quoted",
  ">From quoted",
  "From here on",
  "- item",
  "* --- star",
  "Key: value",
  "Signed-off-by: A U Thor <a@example.org>",
  "(cherry picked from commit 0123456789abcdef0123456789abcdef01234567)",
  "caf\u00e9 =3D",
  "=3D",
  "@@ -1 +1 @@",
  "+ plus",
  "tab\there",
  "-- x",
  ".",
  "x".repeat(90),
];

const subject = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 14 }).map((words) => words.join(" "));
const body = fc
  .array(fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 4 }), { maxLength: 3 })
  .map((paragraphs) => paragraphs.map((lines) => lines.join("\n")).join("\n\n"))
  .filter((text) => !text.startsWith(" "));

export const commit: fc.Arbitrary<Commit> = fc.record({
  author: fc.record({ name: fc.constantFrom(...NAMES), email: fc.constantFrom("a@example.org", "x", "o'n+t@example.org") }),
  seconds: fc.integer({ min: 100_000_000, max: 2_000_000_000 }),
  zone: fc.constantFrom("+0000", "-0730", "+1400", "+0530"),
  subject,
  body,
  files: tree,
});

/** A branch of these commits above an empty one; the branch `base` is at the empty one. */
export function commitHistory(repository: string, branch: string, commits: readonly Commit[]): void {
  const committer = "committer C <c@example.org> 1700000000 +0000";
  const root = `commit refs/heads/base\n${committer}\ndata 0\n\n`;
  const rest = commits.map((one, at) => {
    const message = utf8(one.body === "" ? `${one.subject}\n` : `${one.subject}\n\n${one.body}\n`);
    const author = utf8(`author ${one.author.name} <${one.author.email}> ${one.seconds} ${one.zone}`);
    const from = at === 0 ? "from refs/heads/base\n" : "";
    const files = Object.entries(one.files).map(([path, { mode, text }]) => fileCommand(path, mode, text));
    return `commit refs/heads/${branch}\n${author}\n${committer}\ndata ${message.length}\n${message}\n${from}deleteall\n${files.join("")}\n`;
  });
  gitText(repository, ["fast-import", "--quiet", "--force"], `reset refs/heads/${branch}\n\n${root}${rest.join("")}`);
}

function utf8(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
