/** Owns object names: a source's whole path in one file name, so that archive members of equal base name stay apart. */
import { sha256 } from "../../support/hash.js";

const LONGEST = 200;

/**
 * File name of the object of `source` (a `/`-separated path): `/` becomes `~`, what is not plain becomes `%XX`
 * (UTF-8), `.o` is put behind. Different sources get different names. Names that would be too long for a file
 * system keep their end and begin with `,` and a digest; these cannot be decoded.
 */
export function objectName(source: string): string {
  const encoded = Array.from(Buffer.from(source, "utf8"), encodeByte).join("");
  if (encoded.length <= LONGEST) return `${encoded}.o`;
  return `,${sha256(source).slice(0, 16)}${encoded.slice(-(LONGEST - 20))}.o`;
}

/** The source path that `name` was made from, or undefined when it is none of ours. */
export function sourceOfObject(name: string): string | undefined {
  if (!name.endsWith(".o") || name.startsWith(",")) return undefined;
  const decoded = name.slice(0, -2).replaceAll("~", "/");
  const bytes = decoded.split(/(%[0-9A-F]{2})/).map(decodePart);
  return Buffer.concat(bytes).toString("utf8");
}

function encodeByte(byte: number): string {
  const char = String.fromCharCode(byte);
  if (char === "/") return "~";
  if (/[A-Za-z0-9._+-]/.test(char)) return char;
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

function decodePart(part: string): Buffer {
  return /^%[0-9A-F]{2}$/.test(part) ? Buffer.from([Number.parseInt(part.slice(1), 16)]) : Buffer.from(part, "utf8");
}
