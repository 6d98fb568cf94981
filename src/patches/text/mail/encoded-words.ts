/** Owns encoded words in heads of mails (RFC 2047): `=?charset?Q?…?=` and `=?charset?B?…?=`. */
import { decodeBytes } from "./charset.js";
import { decodeQuoted } from "./transfer.js";

const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=/g;

/** A head's value as text; space between two encoded words is none, and bytes that were split between them are joined. */
export function decodeWords(value: string): string {
  let text = "";
  let end = 0;
  let open: { charset: string; bytes: string } | undefined;
  for (const word of value.matchAll(WORD)) {
    const [all, charset = "", kind = "", content = ""] = word;
    const between = value.slice(end, word.index);
    const apart = open === undefined || between.trim() !== "" || open.charset.toLowerCase() !== charset.toLowerCase();
    if (open !== undefined && apart) text += decodeBytes(open.bytes, open.charset);
    if (open === undefined || between.trim() !== "") text += decodeBytes(between);
    open = { charset, bytes: (apart ? "" : (open?.bytes ?? "")) + wordBytes(kind, content) };
    end = word.index + all.length;
  }
  return text + (open === undefined ? "" : decodeBytes(open.bytes, open.charset)) + decodeBytes(value.slice(end));
}

function wordBytes(kind: string, content: string): string {
  if (kind.toLowerCase() === "b") return Buffer.from(content, "base64").toString("latin1");
  return decodeQuoted(content.replaceAll("_", " "));
}
