/** Owns findings as a reader sees them: line and column, the line's text, the reason, the edit with what it replaces. */
import type { CallsiteEdit, CallsiteFinding } from "../../model/isolation-callsites.js";
import type { Found, ImportKind, TextEdit } from "./finding.js";
import type { CodeInput } from "./library.js";
import { createLines, type Lines } from "./positions.js";
import { hintOf, reasonOf, severityOf } from "./reasons.js";
import { byText } from "../../support/order.js";

export interface FoundInFile extends Found {
  readonly file: string;
}

/** What the reasons' texts depend on. */
export interface Wording {
  readonly kind: ImportKind;
  readonly suffix: string;
  readonly map: ReadonlyMap<string, string>;
}

/** Puts into words; reads again only the files that have findings or edits. Sorted by file, line, column, construct; each once. */
export function describeFound(found: readonly FoundInFile[], files: readonly (() => CodeInput)[], words: Wording): CallsiteFinding[] {
  const wanted = new Set(found.flatMap(({ file, edit }) => (edit === null ? [file] : [file, edit.file])));
  const texts = new Map<string, { bytes: Buffer; lines: Lines }>();
  for (const file of files) {
    if (wanted.size === texts.size) break;
    const { path, bytes } = file();
    if (wanted.has(path)) texts.set(path, { bytes, lines: createLines(bytes) });
  }
  const described = found.map((one) => describe(one, texts, words));
  const unique = new Map(described.map((one) => [[one.file, one.line, one.column, one.construct].join("\0"), one]));
  return [...unique.values()].toSorted(
    (a, b) => byText(a.file, b.file) || a.line - b.line || a.column - b.column || byText(a.construct, b.construct),
  );
}

type Texts = ReadonlyMap<string, { readonly bytes: Buffer; readonly lines: Lines }>;

function describe(found: FoundInFile, texts: Texts, { kind, suffix, map }: Wording): CallsiteFinding {
  const { lines } = texts.get(found.file) as { lines: Lines };
  return {
    file: found.file,
    ...lines.placeOf(found.offset),
    severity: severityOf(found.construct),
    construct: found.construct,
    name: found.name,
    why: reasonOf(found, kind, suffix, map),
    text: lines.textAt(found.offset),
    edit: found.edit === null ? null : editOf(found.edit, texts),
    hint: hintOf(found),
  };
}

function editOf({ file, start, end, text }: TextEdit, texts: Texts): CallsiteEdit {
  const { bytes, lines } = texts.get(file) as { bytes: Buffer; lines: Lines };
  return { file, ...lines.placeOf(start), start, end, old: bytes.subarray(start, end).toString("latin1"), text };
}
