/** Owns the bodies of mails: transfer encodings undone, the texts of a multipart mail one behind the other. */
import { type Field, fieldBlock, fieldNamed, unfolded } from "../fields.js";
import { decodeTransfer } from "./transfer.js";

export interface MailBody {
  /** Lines of bytes. */
  readonly lines: readonly string[];
  /** Of the first text. */
  readonly charset: string | undefined;
}

/** The body that stands in `lines`, below a head with these fields. */
export function mailBody(fields: readonly Field[], lines: readonly string[]): MailBody {
  const type = valueOf(fields, "content-type");
  const boundary = parameter(type, "boundary");
  if (/^multipart\//i.test(type) && boundary !== undefined) return joined(partsOf(lines, boundary));
  return { lines: decodedLines(lines, valueOf(fields, "content-transfer-encoding")), charset: parameter(type, "charset") };
}

function joined(parts: readonly (readonly string[])[]): MailBody {
  const bodies = parts.flatMap((part) => {
    const head = fieldBlock(part, 0);
    const type = valueOf(head.fields, "content-type") || "text/plain";
    return /^(text|multipart)\//i.test(type) ? [mailBody(head.fields, part.slice(head.length))] : [];
  });
  return { lines: bodies.flatMap(({ lines }) => lines), charset: bodies.find(({ charset }) => charset !== undefined)?.charset };
}

/** What stands between the boundary's lines; the line's end before a boundary belongs to it. */
function partsOf(lines: readonly string[], boundary: string): string[][] {
  const parts: string[][] = [];
  for (const line of lines) {
    if (line.trimEnd() === `--${boundary}--`) break;
    if (line.trimEnd() === `--${boundary}`) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

function decodedLines(lines: readonly string[], encoding: string): readonly string[] {
  if (!/^\s*(base64|quoted-printable)\s*$/i.test(encoding)) return lines;
  const decoded = decodeTransfer(`${lines.join("\n")}\n`, encoding).split("\n");
  return decoded.at(-1) === "" ? decoded.slice(0, -1) : decoded;
}

function valueOf(fields: readonly Field[], name: string): string {
  const field = fieldNamed(fields, name);
  return field === undefined ? "" : unfolded(field);
}

function parameter(value: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, "i").exec(value);
  return found?.[1] ?? found?.[2];
}
