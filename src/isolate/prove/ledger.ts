/** Owns the account of bytes: each byte of both objects ends in exactly one class. */
import type { ByteClass, ByteCounts } from "../../model/isolation-prove.js";
import { placeName } from "../../objects/view.js";
import { equalBytes } from "./equal-bytes.js";
import type { ProofObject, ProofSection } from "./proof-object.js";
import { type SectionKind, sectionKind } from "./section-kinds.js";

/** Bytes of sections that are not simply identical, noted while comparing; by side, class and section. */
export interface Marks {
  readonly before: Map<string, number>;
  readonly after: Map<string, number>;
}

export type Side = "before" | "after";

export function newMarks(): Marks {
  return { before: new Map(), after: new Map() };
}

export function mark(marks: Marks, side: Side, section: number, as: "nameStrings" | "different", bytes: number): void {
  const key = `${section}:${as}`;
  marks[side].set(key, (marks[side].get(key) ?? 0) + bytes);
}

export function noCounts(): ByteCounts {
  return { identical: 0, names: 0, nameStrings: 0, nameConstants: 0, different: 0, notCompared: 0 };
}

export function addCounts(to: ByteCounts, from: ByteCounts): void {
  for (const key of Object.keys(to) as ByteClass[]) to[key] += from[key];
}

/** One side's bytes by class. Their sum is the object's size; anything else is our bug and throws. */
export function account(object: ProofObject, other: ProofObject, marks: ReadonlyMap<string, number>): ByteCounts {
  const counts = noCounts();
  const bytes = object.file.view.bytes;
  const headerEnd = 64;
  const table = Number(bytes.readBigUInt64LE(40));
  const ranges: { from: number; size: number; section: ProofSection | undefined }[] = [
    { from: 0, size: headerEnd, section: undefined },
    { from: table, size: object.sections.length * 64, section: undefined },
    ...object.sections.flatMap((section) =>
      section.bytes === null || section.size === 0 ? [] : [{ from: section.offset, size: section.size, section }],
    ),
  ];
  let cursor = 0;
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    if (range.from < cursor) throw new Error(`${placeName(object.file.place)}: sections overlap at ${range.from}`);
    gap(counts, bytes.subarray(cursor, range.from));
    if (range.section === undefined) counts.names += range.size;
    else addCounts(counts, sectionCounts(range.section, other, marks));
    cursor = range.from + range.size;
  }
  gap(counts, bytes.subarray(cursor));
  const sum = Object.values(counts).reduce((total, value) => total + value, 0);
  if (sum !== bytes.length) throw new Error(`${placeName(object.file.place)}: ${sum} bytes accounted for of ${bytes.length}`);
  return counts;
}

/** Between sections: zeros that only align. */
function gap(counts: ByteCounts, bytes: Buffer): void {
  if (bytes.every((byte) => byte === 0)) counts.identical += bytes.length;
  else counts.notCompared += bytes.length;
}

/** The format's own tables, whose bytes follow from the names where they are not the same. */
const TABLES: ReadonlySet<SectionKind> = new Set(["names", "symbols", "relocations", "group", "address-significance"]);

function sectionCounts(section: ProofSection, other: ProofObject, marks: ReadonlyMap<string, number>): ByteCounts {
  const counts = noCounts();
  const kind = sectionKind(section);
  if (kind === "debug") return { ...counts, notCompared: section.size };
  const different = Math.min(section.size, marks.get(`${section.index}:different`) ?? 0);
  const nameStrings = Math.min(section.size - different, marks.get(`${section.index}:nameStrings`) ?? 0);
  const rest = section.size - different - nameStrings;
  const same = !TABLES.has(kind) || equalBytes(section.bytes, other.sections[section.index]?.bytes ?? null);
  return { ...counts, different, nameStrings, [same ? "identical" : "names"]: rest };
}
