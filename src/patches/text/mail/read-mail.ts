/** Owns one mailed patch, as `git format-patch` writes it and `git am` reads it. */
import { addField, type Field, fieldBlock, fieldNamed, unfolded } from "../fields.js";
import { patchStart, trailersOf, trimmedText } from "../message.js";
import { type ReadOptions, parseDiff } from "../parse-diff.js";
import type { Person, TextPatch } from "../text-patch.js";
import { parsePerson } from "./address.js";
import { decodeBytes } from "./charset.js";
import { parseDate } from "./dates.js";
import { decodeWords } from "./encoded-words.js";
import { mailBody } from "./mime.js";
import { isFromLine } from "./split-mbox.js";
import { withoutPatchTag } from "./subject.js";

export interface PatchPlace {
  readonly name: string;
  readonly file: string;
  /** Line number of the first line. */
  readonly line: number;
}

/** Fields that are the carrier's, or that have a place of their own in the value. */
const CARRIER = /^(?:from|subject|date|mime-version|content-.*|message-id|in-reply-to|references|to|cc|received|return-path|x-.*|lines)$/i;

/** Reads a mail whose head starts with the first line, or with a `From ` line there. */
export function readMail(lines: readonly string[], place: PatchPlace, options: ReadOptions = {}): TextPatch {
  const start = isFromLine(lines[0]) ? 1 : 0;
  const crlf = (lines[start] ?? "").endsWith("\r");
  const plain = crlf ? lines.map((line) => line.replace(/\r$/, "")) : lines;
  const head = fieldBlock(plain, start);
  const body = mailBody(head.fields, plain.slice(start + head.length));
  const inBody = bodyFields(body.lines);
  const below = body.lines.slice(inBody.length);
  const begin = patchStart(below);
  const text = trimmedText(
    decodeBytes(withoutSignature(below.slice(0, begin), begin === below.length).join("\n"), body.charset).split("\n"),
  );
  const line = place.line + start + head.length + inBody.length + begin;
  const diffs = parseDiff(
    below
      .slice(begin)
      .map((row) => `${row}\n`)
      .join(""),
    { file: place.file, line },
    options,
  );
  return {
    name: place.name,
    subject: withoutPatchTag(headText(inBody.fields, head.fields, "subject"), options.keptSubject),
    body: text,
    author: authorOf(inBody.fields, "words") ?? authorOf(head.fields, "mail"),
    date: dateOf(inBody.fields) ?? dateOf(head.fields),
    trailers: trailersOf(text),
    headers: headersOf([...head.fields, ...debianFields(text)]),
    diffs,
    source: { file: place.file, line: place.line },
    noOp: false,
  };
}

/** `From:`, `Subject:`, `Date:` at the top of the body stand above the mail's own. */
function bodyFields(lines: readonly string[]): { fields: readonly Field[]; length: number } {
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first === -1 || !/^(?:From: .*[@<]|Subject: |Date: )/.test(lines[first] ?? "")) return { fields: [], length: 0 };
  const block = fieldBlock(lines, first);
  const known = block.fields.every(({ name }) => /^(?:from|subject|date)$/i.test(name));
  return known ? { fields: block.fields, length: first + block.length } : { fields: [], length: 0 };
}

/** `-- ` and git's version: behind a diff it is no part of it; without a diff it would be read as text. */
function withoutSignature(lines: readonly string[], whole: boolean): readonly string[] {
  const signature = whole ? lines.findLastIndex((line) => line === "-- ") : -1;
  return signature === -1 ? lines : lines.slice(0, signature);
}

function headText(inBody: readonly Field[], head: readonly Field[], name: string): string {
  const field = fieldNamed(inBody, name) ?? fieldNamed(head, name);
  return field === undefined ? "" : decodeWords(unfolded(field));
}

function authorOf(fields: readonly Field[], kind: "mail" | "words"): Person | null {
  const field = fieldNamed(fields, "from");
  return field === undefined ? null : parsePerson(unfolded(field), kind);
}

function dateOf(fields: readonly Field[]): string | null {
  const field = fieldNamed(fields, "date");
  return field === undefined ? null : parseDate(unfolded(field));
}

/** DEP-3 allows its fields in a mail's message, too: as paragraphs of nothing else. */
function debianFields(text: string): Field[] {
  const blocks = text
    .split(/\n[ \t]*\n/)
    .map((paragraph) => ({ block: fieldBlock(paragraph.split("\n"), 0), size: paragraph.split("\n").length }));
  const whole = blocks.filter(({ block, size }) => block.length === size && block.fields.every(({ name }) => DEBIAN.test(name)));
  return whole.flatMap(({ block }) => block.fields);
}

const DEBIAN = /^(?:origin|bug(?:-[a-z0-9-]+)?|forwarded|author|last-update|applied-upstream|reviewed-by|acked-by)$/i;

function headersOf(fields: readonly Field[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const field of fields) if (!CARRIER.test(field.name)) addField(headers, field.name, decodeWords(unfolded(field)));
  return headers;
}
