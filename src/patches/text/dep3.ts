/** Owns the heads of patches in quilt series: DEP-3's fields, or plain words. */
import { addField, type Field, fieldBlock, fieldNamed, unfolded } from "./fields.js";
import { parsePerson } from "./mail/address.js";
import { decodeBytes } from "./mail/charset.js";
import { parseDate } from "./mail/dates.js";
import { decodeWords } from "./mail/encoded-words.js";
import type { PatchPlace } from "./mail/read-mail.js";
import { withoutPatchTag } from "./mail/subject.js";
import { patchStart, splitMessage, trailersOf, trimmedText } from "./message.js";
import { type ParseOptions, parseDiff } from "./parse-diff.js";
import type { TextPatch } from "./text-patch.js";

const KNOWN =
  /^(?:description|subject|origin|bug(?:-[a-z0-9-]+)?|forwarded|author|from|reviewed-by|acked-by|last-update|applied-upstream|date|commit|signed-off-by|last-updated|status|upstream):(?:\s|$)/i;

/** Whether the text starts with fields; the first line that is not empty tells. */
export function startsWithFields(lines: readonly string[]): boolean {
  return KNOWN.test(lines.find((line) => line.trim() !== "") ?? "");
}

/** A patch whose head holds DEP-3's fields, plain words, both or nothing; its file's name stands for a subject that is missing. */
export function readDep3(lines: readonly string[], place: PatchPlace, options: ParseOptions = {}): TextPatch {
  const begin = patchStart(lines);
  const text = withoutMarks(lines.slice(0, begin).map((line) => line.replace(/\r$/, "")));
  const first = text.findIndex((line) => line.trim() !== "");
  const block = startsWithFields(text) ? fieldBlock(text, first) : { fields: [], length: 0 };
  const free = decodeBytes(text.slice(block.fields.length === 0 ? 0 : first + block.length).join("\n"));
  const { subject, body } = describe(block.fields, trimmedText(free.split("\n")), place.name);
  const diffs = parseDiff(
    lines
      .slice(begin)
      .map((row) => `${row}\n`)
      .join(""),
    { file: place.file, line: place.line + begin },
    options,
  );
  return {
    name: place.name,
    subject,
    body,
    ...signs(block.fields),
    trailers: trailersOf(body),
    diffs,
    source: { file: place.file, line: place.line },
    noOp: false,
  };
}

/** `# DP: ` before each line, as patches from dpatch's time have it. */
function withoutMarks(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^#! ?\//.test(line)).map((line) => line.replace(/^#+ DP: ?/, ""));
}

function describe(fields: readonly Field[], free: string, name: string): { subject: string; body: string } {
  const told = fieldNamed(fields, "description", "subject");
  if (told === undefined) {
    const message = splitMessage(free);
    return message.subject === "" ? { subject: nameWords(name), body: "" } : message;
  }
  const [subject = "", ...rest] = told.name.toLowerCase() === "subject" ? [decodeWords(unfolded(told))] : longText(told);
  const body = trimmedText([...rest, "", ...free.split("\n")]);
  return { subject: withoutPatchTag(subject, told.name.toLowerCase() !== "subject") || nameWords(name), body };
}

/** Debian's long form: one space before each line, a lone dot for an empty one. */
function longText(field: Field): string[] {
  const lines = field.lines.map((line, at) => decodeBytes(at === 0 ? line : line.slice(1)).trimEnd());
  const text = lines.map((line) => (line === "." ? "" : line));
  return text[0] === "" ? text.slice(1).map((line, at) => (at === 0 ? line.trim() : line)) : text;
}

function nameWords(name: string): string {
  return (name.split("/").at(-1) ?? name).replace(/\.(?:patch|diff|dpatch)$/, "");
}

/** Author and date in their places, all other fields as they are. */
function signs(fields: readonly Field[]): Pick<TextPatch, "author" | "date" | "headers"> {
  const author = fieldNamed(fields, "author", "from");
  const date = fieldNamed(fields, "date") ?? fieldNamed(fields, "last-update");
  const headers = new Map<string, string[]>();
  const placed = new Set([author, fieldNamed(fields, "date"), fieldNamed(fields, "description", "subject")]);
  for (const field of fields) if (!placed.has(field)) addField(headers, field.name, decodeWords(unfolded(field)));
  return {
    author: author === undefined ? null : parsePerson(unfolded(author)),
    date: date === undefined ? null : parseDate(unfolded(date)),
    headers,
  };
}
