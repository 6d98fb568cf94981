/** Owns the forms a text has when what does not count is taken out of it: line ends, expanded keywords, white space. */

/** What two texts differ in at most, least first. */
export const LINE_FORMS = ["line-ends", "keywords", "white-space"] as const;
export type LineForm = (typeof LINE_FORMS)[number];

/** Keywords that RCS, CVS, Subversion and the BSDs write out in a file: `$Id: a.c,v 1.2 … $`. */
const KEYWORD =
  /\$(Id|Revision|Rev|Date|Author|Header|HeadURL|URL|LastChangedDate|LastChangedRevision|LastChangedBy|Log|Name|RCSfile|Source|State|Locker|NetBSD|FreeBSD|OpenBSD|DragonFly|MirOS|Xorg|Format)(?::[^$\r\n]*)?\$/g;

/** Whether git would call it binary: a zero byte near its beginning. */
export function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

/** A text (one character per byte) in a form; each form takes out what the forms before it do. */
export function inForm(text: string, form: LineForm): string {
  const lines = text.replace(/^\u00ef\u00bb\u00bf/, "").replaceAll("\r\n", "\n");
  if (form === "line-ends") return lines;
  const plain = lines.includes("$") ? lines.replaceAll(KEYWORD, "$$$1$$") : lines;
  if (form === "keywords") return plain;
  return plain
    .replaceAll(/[ \t\r\f\v]+/g, "")
    .replaceAll(/\n{2,}/g, "\n")
    .replaceAll(/^\n|\n$/g, "");
}

/** The least form in which both are equal, or undefined: they really differ. */
export function equalIn(before: Buffer, after: Buffer): LineForm | undefined {
  if (isBinary(before) || isBinary(after)) return undefined;
  const [old, next] = [before.toString("latin1"), after.toString("latin1")];
  return LINE_FORMS.find((form) => inForm(old, form) === inForm(next, form));
}

/** Other contents that this file may have had before somebody's tools rewrote it, as git would store them. */
export function otherForms(content: Buffer): Buffer[] {
  if (isBinary(content)) return [];
  const text = content.toString("latin1");
  const unix = inForm(text, "line-ends");
  const plain = inForm(unix, "keywords");
  const trimmed = `${plain.replaceAll(/[ \t]+$/gm, "").trimEnd()}\n`;
  const forms = new Set([unix, unix.replaceAll("\n", "\r\n"), plain, plain.replaceAll("\n", "\r\n"), trimmed]);
  forms.delete(text);
  return [...forms].map((form) => Buffer.from(form, "latin1"));
}
