/** Owns `.def` files: module definitions of Windows linkers, by the entries below EXPORTS; version scripts and lists of symbols that are called so. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";
import { exportListInsertions } from "./export-list.js";
import { decoratedOffsets, flavoredSymbol } from "./mangled-names.js";
import { versionScriptInsertions } from "./version-script.js";

/** Statements other than EXPORTS; their words are no symbols. */
const STATEMENT = /^\s*(LIBRARY|NAME|DESCRIPTION|STACKSIZE|HEAPSIZE|SECTIONS|STUB|VERSION|CODE|DATA)\b/i;

/**
 * The suffix goes behind renamed names: `name`, both sides of `name=internal`, behind the outermost scope of decorated names.
 * Decorated names count no lengths, so they only grow.
 */
export function definitionInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  if (!/^\s*EXPORTS\b/im.test(text)) return otherInsertions(text, names);
  const found: ExtraInsertion[] = [];
  let isExports = false;
  let offset = 0;
  for (const line of text.split("\n")) {
    const code = line.replace(/;.*$/s, "");
    const keyword = /^\s*EXPORTS\b/i.exec(code);
    if (keyword !== null) isExports = true;
    else if (STATEMENT.test(code)) isExports = false;
    if (isExports) found.push(...entryInsertions(code, keyword?.[0].length ?? 0, offset, names));
    offset += line.length + 1;
  }
  return found;
}

/** Of a list most entries are renamed symbols: other words, one a line, may be anything. */
function otherInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  if (text.includes("{")) return versionScriptInsertions(text, names);
  const lines = text.split("\n").filter((line) => /^\s*[^\s#]/.test(line));
  const known = lines.filter((line) => isFlavored(line.trim(), names) || isFlavored(line.trim().replace(/^_/, ""), names));
  return known.length * 2 > lines.length ? exportListInsertions(text, names) : [];
}

function isFlavored(word: string, names: FlavoredNames): boolean {
  return flavoredSymbol(word, names) !== undefined;
}

function entryInsertions(code: string, from: number, offset: number, names: FlavoredNames): ExtraInsertion[] {
  const entry = /^(\s*)([^\s=]+)(?:\s*=\s*([^\s@]+))?/.exec(code.slice(from));
  if (entry === null) return [];
  const [whole, blank = "", name = "", internal = ""] = entry;
  const start = offset + from;
  return [
    ...grown(name, start + blank.length, names),
    ...(internal === "" ? [] : grown(internal, start + whole.length - internal.length, names)),
  ];
}

/** Where a name grows on its way to the flavored one; names of other manglings grow nowhere, they change. */
function grown(name: string, offset: number, names: FlavoredNames): ExtraInsertion[] {
  if (name.startsWith("?")) return decoratedOffsets(name, names).map((at) => ({ offset: offset + at, text: names.suffix, names: [] }));
  return names.isGlobal(name) ? [{ offset: offset + name.length, text: names.suffix, names: [name] }] : [];
}
