/** Owns tables of jumps: constants without a name that list places of one function, each by a relocation. */
import type { BodyReader, BodySection } from "./body-reader.js";
import { sink } from "./body-sink.js";
import { addendAt, entryStart, firstFrom } from "./relocations.js";
import { putNumber } from "./sink.js";
import { sectionNumber, symbolValue } from "./symbols.js";
import { readU64 } from "./view.js";

/** The body whose relocations are put: where it lies in its section, and where its bytes lie in the sink. */
export interface Body {
  readonly own: number;
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

export function isInside(body: Body, number: number, offset: number): boolean {
  return number === body.own && offset >= body.start && offset <= body.end;
}

/** The places of this body that a table of jumps lists; false for what is no such table. */
export function putJumps(reader: BodyReader, body: Body, section: BodySection, start: number): boolean {
  const table = reader.relocations.get(section.number);
  if (table === undefined) return false;
  let count = 0;
  let width = 0;
  for (let index = firstFrom(table, start); index < table.count; index++) {
    const at = entryStart(table, index);
    const distance = readU64(table.data, at) - start;
    if (distance !== count * width && !(count === 1 && (distance === 4 || distance === 8))) break;
    const place = ownPlace(reader, body, table.data, at, distance);
    if (place === undefined) break;
    if (count === 1) width = distance;
    putNumber(sink, place);
    count++;
  }
  return count > 0;
}

/** Where in this body an entry of a table points, whether it holds an address or a distance from the table's start. */
function ownPlace({ object }: BodyReader, body: Body, data: DataView, at: number, distance: number): number | undefined {
  const symbol = data.getUint32(at + 12, true);
  const { symbols } = object;
  if (symbol >= symbols.count || sectionNumber(symbols, symbol) !== body.own) return undefined;
  const address = symbolValue(symbols, symbol) + addendAt(data, at);
  const place = [address, address - distance].find((one) => isInside(body, body.own, one));
  return place === undefined ? undefined : address - body.start;
}
