/** Owns the text of one patch as a mail that `git am` takes. */
import { messageBody } from "./message-body.js";
import type { ExportPatch } from "./export-input.js";
import { headPerson, headText } from "./mail-head.js";
import { mailDate } from "../mail/dates.js";
import { isFromLine } from "../mail/split-mbox.js";
import { patchStart } from "../message.js";
import type { Person } from "../text-patch.js";
import { writeDiff } from "../write-diff.js";

export interface MailStyle {
  /** Before the subject, as in `[PATCH 1/2] `. */
  readonly tag: string;
  /** The `From ` line of a mailbox. */
  readonly fromLine: boolean;
  /** Signs a patch without an author. */
  readonly owner: Person;
}

const FROM_LINE = `From ${"0".repeat(40)} Mon Sep 17 00:00:00 2001\n`;

/** The mail's bytes. */
export function mailText(patch: ExportPatch, { tag, fromLine, owner }: MailStyle): Buffer {
  const author = patch.author ?? owner;
  const body = messageBody(patch);
  const again = looksLikeHead(body) ? `Subject: ${headText(tag + patch.subject)}\n\n` : "";
  const ascii = /^\p{ASCII}*$/u.test(again + body);
  const head = [
    fromLine ? FROM_LINE : "",
    `From: ${headPerson(author)}\n`,
    patch.date === null ? "" : `Date: ${mailDate(patch.date)}\n`,
    `Subject: ${headText(tag + patch.subject)}\n`,
    ascii ? "" : "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n",
    "\n",
    again,
  ];
  const message = body === "" ? "" : `${body.split("\n").map(harmless).join("\n")}\n`;
  return Buffer.concat([Buffer.from(`${head.join("")}${message}---\n\n`, "utf8"), Buffer.from(`${writeDiff(patch.diffs)}\n`, "latin1")]);
}

/** A body whose first line would be read as the mail's own head: the subject stands once more before it, and ends the head. */
function looksLikeHead(body: string): boolean {
  return /^(?:From|Subject|Date):/i.test(body);
}

/** A line that would end the message, or begin a mail, is moved by a space. */
function harmless(line: string): string {
  return isFromLine(line) || patchStart([line]) === 0 ? ` ${line}` : line;
}
