/** Owns the comparison of sections with content: bytes, relocations, and texts of programs that hold names. */
import { type Comparison, differ, noteText } from "./comparison.js";
import { isConstantPool, lackingValues } from "./constant-pools.js";
import { differingRuns, equalBytes } from "./equal-bytes.js";
import { mark } from "./ledger.js";
import type { SectionPair } from "./pair-sections.js";
import { isPlace } from "./pair-symbols.js";
import type { Stretch } from "./place-map.js";
import type { ProofRelocation } from "./proof-object.js";
import { relocationsBetween } from "./ranges.js";
import { SHF } from "./section-kinds.js";
import { targetMismatch } from "./targets.js";

/** Compares the pairs of sections and notes what it finds. Bytes come first: they tell which texts grew, which relocations may follow. */
export function compareContents(comparison: Comparison): void {
  const { pairs } = comparison.sections;
  for (const pair of pairs) compareSizes(comparison, pair);
  for (const pair of pairs) {
    if (isConstantPool(pair.before) && isConstantPool(pair.after)) compareConstants(comparison, pair);
    else for (const stretch of stretchesOf(comparison, pair)) compareBytes(comparison, pair, stretch);
  }
  for (const pair of pairs) for (const stretch of stretchesOf(comparison, pair)) compareRelocations(comparison, pair, stretch);
}

function compareSizes(comparison: Comparison, pair: SectionPair): void {
  const { before, after } = pair;
  if ((before.bytes === null || after.bytes === null) && (before.bytes !== after.bytes || before.size !== after.size))
    differ(comparison, "bytes", pair, { what: `${before.size} bytes without content became ${after.size}` });
}

/** Where each value is used is held by the relocations; another order of the same values is none of the program's business. */
function compareConstants(comparison: Comparison, pair: SectionPair): void {
  const gone = lackingValues(pair.before, pair.after);
  const fresh = lackingValues(pair.after, pair.before);
  mark(comparison.marks, "before", pair.before.index, "different", gone.length * pair.before.entrySize);
  mark(comparison.marks, "after", pair.after.index, "different", fresh.length * pair.after.entrySize);
  if (gone.length + fresh.length === 0) return;
  const words = [...gone.map((value) => `the constant ${value} is gone`), ...fresh.map((value) => `the constant ${value} is new`)];
  differ(comparison, "bytes", pair, { what: words.slice(0, 6).join(", ") });
}

/** The whole where all is equal; else symbol by symbol. */
function stretchesOf({ places }: Comparison, { before, after }: SectionPair): readonly Stretch[] {
  if (before.bytes === null || after.bytes === null) return [];
  const map = places.get(before.index);
  const whole = { before: 0, beforeEnd: before.size, after: 0, afterEnd: after.size };
  const isWhole = map?.identity === true && equalBytes(before.bytes, after.bytes);
  return isWhole ? [whole] : (map?.stretches ?? [whole]);
}

function compareBytes(comparison: Comparison, pair: SectionPair, stretch: Stretch): void {
  const left = pair.before.bytes?.subarray(stretch.before, stretch.beforeEnd) ?? Buffer.alloc(0);
  const right = pair.after.bytes?.subarray(stretch.after, stretch.afterEnd) ?? Buffer.alloc(0);
  if (left.equals(right) || samePadded(pair, left, right)) return;
  const symbol = symbolAt(comparison, pair.before.index, stretch.before);
  if (isNameText(comparison, pair, stretch, left, right)) return;
  const place = { symbol };
  if (left.length !== right.length) {
    mark(comparison.marks, "before", pair.before.index, "different", left.length);
    mark(comparison.marks, "after", pair.after.index, "different", right.length);
    const from = commonStart(left, right);
    differ(comparison, "bytes", pair, {
      ...place,
      before: stretch.before + from,
      after: stretch.after + from,
      what: `${left.length} bytes became ${right.length}; the first that differs is ${hex(left, from)}, then ${hex(right, from)}`,
    });
    return;
  }
  for (const run of differingRuns(left, right)) {
    mark(comparison.marks, "before", pair.before.index, "different", run.count);
    mark(comparison.marks, "after", pair.after.index, "different", run.count);
    const what = `${hex(left, run.from, run.to)} became ${hex(right, run.from, run.to)}`;
    differ(comparison, "bytes", pair, { ...place, before: stretch.before + run.from, after: stretch.after + run.from, what });
  }
}

/** The same but for zeros that align what follows in data: a longer text before it moved the next boundary. */
function samePadded(pair: SectionPair, left: Buffer, right: Buffer): boolean {
  if ((pair.before.flags & SHF.code) !== 0 || left.length === right.length) return false;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  const rest = long.subarray(short.length);
  return rest.length < pair.after.alignment && long.subarray(0, short.length).equals(short) && rest.every((byte) => byte === 0);
}

/** Texts between zeros, pairwise equal but for suffixes: one text that grew, or several in a fixed space. */
function isNameText(comparison: Comparison, pair: SectionPair, stretch: Stretch, left: Buffer, right: Buffer): boolean {
  if ((pair.before.flags & SHF.code) !== 0 || relocationsBetween(pair.before, stretch.before, stretch.beforeEnd).length > 0) return false;
  const [olds, news] = [piecesOf(left), piecesOf(right)];
  if (olds.length !== news.length || (left.length !== right.length && olds.length !== 1)) return false;
  const matched = olds.every(({ at, text }, index) => news[index]?.at === at && comparison.bare.sameText(text, news[index].text));
  if (!matched) return false;
  const symbol = symbolAt(comparison, pair.before.index, stretch.before);
  const kind = symbol?.startsWith("_ZTS") === true ? "typeinfo" : "text";
  for (const [index, { text }] of olds.entries()) {
    const after = news[index]?.text ?? "";
    if (text !== after) noteText(comparison, { before: text, after, kind, symbol });
  }
  mark(comparison.marks, "before", pair.before.index, "nameStrings", left.length);
  mark(comparison.marks, "after", pair.after.index, "nameStrings", right.length);
  for (const one of comparison.before.symbols)
    if (one.section === pair.before.index && one.value === stretch.before && !isPlace(one)) comparison.grown.add(one.index);
  return true;
}

function piecesOf(bytes: Buffer): { at: number; text: string }[] {
  const pieces: { at: number; text: string }[] = [];
  for (let at = 0; at < bytes.length;) {
    const zero = bytes.indexOf(0, at);
    const end = zero < 0 ? bytes.length : zero;
    if (end > at) pieces.push({ at, text: bytes.toString("latin1", at, end) });
    at = end + 1;
  }
  return pieces;
}

/** Relocations by offset from the stretch's start, type and target. */
function compareRelocations(comparison: Comparison, pair: SectionPair, stretch: Stretch): void {
  const left = relocationsBetween(pair.before, stretch.before, stretch.beforeEnd);
  const right = relocationsBetween(pair.after, stretch.after, stretch.afterEnd);
  if (left.length !== right.length) {
    const first = left.findIndex((one, index) => {
      const other = right[index];
      return other === undefined || relocationMismatch(comparison, pair, stretch, one, other) !== undefined;
    });
    const at = first < 0 ? left.length : first;
    const [old, fresh] = [left[at], right[at]];
    const words =
      old === undefined || fresh === undefined
        ? ""
        : `; first ${targetMismatch(comparison, old, fresh, pair.after.index) ?? "a place that moved"}`;
    const what = `${left.length} relocations became ${right.length}${words}`;
    const [before, after] = [old?.offset ?? stretch.before, fresh?.offset ?? stretch.after];
    differ(comparison, "relocation", pair, { symbol: symbolAt(comparison, pair.before.index, stretch.before), before, after, what });
    return;
  }
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) continue;
    const what = relocationMismatch(comparison, pair, stretch, one, other);
    if (what === undefined) continue;
    const symbol = symbolAt(comparison, pair.before.index, one.offset);
    differ(comparison, "relocation", pair, { symbol, before: one.offset, after: other.offset, what });
  }
}

function relocationMismatch(
  comparison: Comparison,
  pair: SectionPair,
  stretch: Stretch,
  left: ProofRelocation,
  right: ProofRelocation,
): string | undefined {
  if (left.offset - stretch.before !== right.offset - stretch.after) return `a relocation moved within its function or object`;
  if (left.type !== right.type) return `relocation type ${left.type} became ${right.type}`;
  const mismatch = targetMismatch(comparison, left, right, pair.after.index);
  return mismatch === undefined ? undefined : `its target ${mismatch}`;
}

/** The named symbol that covers a place of the `before` side, the longest one that starts there or before. */
export function symbolAt({ before }: Comparison, section: number, offset: number): string | null {
  let best: { name: string; value: number } | undefined;
  for (const symbol of before.symbols) {
    if (symbol.section !== section || symbol.value > offset || isPlace(symbol) || symbol.type === 4) continue;
    if (best === undefined || symbol.value > best.value) best = symbol;
  }
  return best?.name ?? null;
}

function commonStart(left: Buffer, right: Buffer): number {
  let at = 0;
  while (at < left.length && at < right.length && left[at] === right[at]) at++;
  return at;
}

function hex(bytes: Buffer, from: number, to = from + 1): string {
  const shown = bytes.subarray(from, Math.min(to, from + 12));
  return `${shown.toString("hex").replaceAll(/(..)(?=.)/g, "$1 ") || "the end"}${to - from > 12 ? " …" : ""}`;
}
