/** Owns how names look in lists of symbols, as bytes: each demangled and made harmless once. */
import { demangle, demangleBytes } from "../../objects/demangle/demangle.js";
import { kindOf } from "../../objects/list-symbols.js";
import type { ObjectFile } from "../../objects/model.js";
import { sectionAt } from "../../objects/sections.js";
import { nameIndex, sectionNumber, symbolName, symbolType } from "../../objects/symbols.js";
import { type ByteTexts, addText, createTexts, findText, hashStep } from "../../support/byte-texts.js";
import { printable } from "../../support/style.js";

export interface ShownNames {
  readonly mangled: boolean;
  readonly texts: ByteTexts;
  /** Where the text lies that was asked for last; one object for all answers. */
  readonly found: { bytes: Uint8Array; first: number; last: number };
}

export function createShownNames(mangled: boolean): ShownNames {
  return { mangled, texts: createTexts(), found: { bytes: new Uint8Array(0), first: 0, last: 0 } };
}

/** What is shown for a symbol; valid until the next one is asked for. */
export function findShown(names: ShownNames, object: ObjectFile, index: number): ShownNames["found"] {
  const { bytes } = object.symbols.strings;
  const first = nameIndex(object.symbols, index);
  let hash = 0;
  let last = first;
  for (; last < bytes.length; last++) {
    const byte = bytes[last] ?? 0;
    if (byte === 0) break;
    hash = hashStep(hash, byte);
  }
  // What is empty or has no end is told, or refused, in the way of all names.
  if (last === first || last >= bytes.length) return textFound(names, nameAt(object, index));
  const { texts, found, mangled } = names;
  if (mangled && isHarmless(bytes, first, last)) {
    found.bytes = bytes;
    found.first = first;
    found.last = last;
    return found;
  }
  const entry = findText(texts, hash, bytes, first, last) || addName(names, object, index, hash, first, last);
  found.bytes = texts.texts;
  found.first = texts.textEnds[entry - 1] ?? 0;
  found.last = texts.textEnds[entry] ?? 0;
  return found;
}

function textFound({ found }: ShownNames, text: string): ShownNames["found"] {
  found.bytes = Buffer.from(text, "utf8");
  found.first = 0;
  found.last = found.bytes.length;
  return found;
}

function addName({ texts, mangled }: ShownNames, object: ObjectFile, index: number, hash: number, first: number, last: number): number {
  const { bytes } = object.symbols.strings;
  if (!mangled && isHarmless(bytes, first, last)) {
    const text = demangleBytes(bytes, first, last);
    if (text !== undefined && isHarmless(text.out, 0, text.length)) return addText(texts, hash, bytes, first, last, text.out, text.length);
  }
  const name = symbolName(object.symbols, index);
  const text = Buffer.from(printable(mangled ? name : demangle(name).full), "utf8");
  return addText(texts, hash, bytes, first, last, text, text.length);
}

/** Visible ASCII and single blanks, and no version behind the name. */
function isHarmless(bytes: Uint8Array, first: number, last: number): boolean {
  let before = 0x20;
  for (let at = first; at < last; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 || byte > 0x7e || byte === 0x40 || (byte === 0x20 && before === 0x20)) return false;
    before = byte;
  }
  return true;
}

/** A section's symbol has its section's name. */
function nameAt(object: ObjectFile, index: number): string {
  const name = symbolName(object.symbols, index);
  const number = sectionNumber(object.symbols, index);
  if (name !== "" || kindOf(symbolType(object.symbols, index)) !== "section" || number <= 0) return printable(name);
  return printable(sectionAt(object.view, object.sections, number).name);
}
