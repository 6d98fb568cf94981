/** Owns shortcuts of the tests: everything that a file or some bytes hold. */
import { addCounts, noCounts } from "../../src/objects/classes.js";
import { bodyDigest, bodyReader } from "../../src/objects/body.js";
import { symbolAt } from "../../src/objects/symbols.js";
import type { ObjectFile, ObjectSymbol } from "../../src/objects/model.js";
import { objectsOf } from "../../src/objects/open.js";
import { readObject } from "../../src/objects/read-object.js";
import { viewOf } from "../../src/objects/view.js";
import type { SymbolCounts } from "../../src/model/audit.js";

export function symbolsOf(object: ObjectFile): ObjectSymbol[] {
  return Array.from({ length: Math.max(object.symbols.count - 1, 0) }, (_, index) => symbolAt(object, index + 1));
}

export function countsOf(path: string): SymbolCounts {
  const counts = noCounts();
  for (const object of objectsOf(path)) addCounts(counts, object.symbols);
  return counts;
}

export function sumOf(counts: SymbolCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function readBytes(bytes: Buffer): ObjectFile {
  return readObject(viewOf(bytes, { file: "x.o", member: null }));
}

/** Asks for all that can be asked of an object: names, values, groups, bodies. */
export function readEverything(object: ObjectFile): void {
  const symbols = symbolsOf(object);
  object.groups();
  const reader = bodyReader(object);
  for (const index of symbols.keys()) bodyDigest(reader, index + 1);
}
