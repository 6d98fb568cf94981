/** Owns commits as they stand: every header and every byte of the message kept when tree and parents change. */
import type { ByteString } from "./bytes.js";

/** A commit object; header values and message as byte strings. */
export interface RawCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  /** `Name <mail> seconds zone`. */
  readonly author: ByteString;
  readonly committer: ByteString;
  /** The `encoding` header, where the message is not UTF-8. */
  readonly encoding: string | null;
  readonly message: ByteString;
}

/** Format of commit objects: header lines, an empty line, the message. Signatures and other headers are left out. */
export function parseRawCommit(content: Buffer): RawCommit {
  const text = content.toString("latin1");
  const end = text.indexOf("\n\n");
  const head = (end < 0 ? text : text.slice(0, end)).split("\n");
  const valuesOf = (key: string) => head.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    tree: valuesOf("tree")[0] ?? "",
    parents: valuesOf("parent"),
    author: valuesOf("author")[0] ?? "",
    committer: valuesOf("committer")[0] ?? "",
    encoding: valuesOf("encoding")[0] ?? null,
    message: end < 0 ? "" : text.slice(end + 2),
  };
}

/** The bytes of a commit object. */
export function formatRawCommit(commit: RawCommit): Buffer {
  const head = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${commit.author}`,
    `committer ${commit.committer}`,
    ...(commit.encoding === null ? [] : [`encoding ${commit.encoding}`]),
  ];
  return Buffer.from(`${head.join("\n")}\n\n${commit.message}`, "latin1");
}

/** The message as text; a message in another encoding is read as that where this machine knows it. */
export function messageText(commit: RawCommit): string {
  const bytes = Buffer.from(commit.message, "latin1");
  try {
    return new TextDecoder(commit.encoding ?? "utf-8").decode(bytes);
  } catch {
    return bytes.toString("utf8");
  }
}

/** First paragraph of a message on one line, as git's `%s`. */
export function subjectOf(message: string): string {
  const [first = ""] = message.replace(/^\s*\n/, "").split(/\n[ \t]*\n/, 1);
  return first
    .trimEnd()
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .trim();
}

/** The day of a signature (`Name <mail> seconds zone`), in UTC: `2024-03-09`; empty where there is none. */
export function dayOf(signature: ByteString): string {
  const seconds = /> (-?\d+)(?: [+-]\d{4})?$/.exec(signature)?.[1];
  return seconds === undefined ? "" : new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}
