/**
 * Owns the form of the log: frames, one per commit, each a line that tells the length, the number of records and the CRC-32 of what
 * follows, then the records. What a kill or a power cut leaves of a frame is told by its checksum.
 */
import { crc32 } from "node:zlib";

const HEAD = /^#F (\d{1,10}) (\d{1,10}) ([0-9a-f]{8})\n/;
const LONGEST_HEAD = 3 + 10 + 1 + 10 + 1 + 8 + 1;

/** Records (ASCII, each with its line's end) as a frame. */
export function frameOf(records: readonly string[], count: number): Buffer {
  const body = Buffer.from(records.join(""), "latin1");
  const sum = crc32(body).toString(16).padStart(8, "0");
  return Buffer.concat([Buffer.from(`#F ${body.length} ${count} ${sum}\n`, "latin1"), body]);
}

/** The whole frames of a segment. */
export interface WholeFrames {
  /** Where they lie; one range from 0 on in a segment that is whole, or whose end alone is not. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
  readonly bytes: number;
  readonly records: number;
}

/** Reads all frames that are whole; behind one that is not, it looks for the next. */
export function wholeFrames(segment: Buffer): WholeFrames {
  const ranges: [number, number][] = [];
  let bytes = 0;
  let records = 0;
  for (let at = 0; at < segment.length;) {
    const frame = frameAt(segment, at);
    if (frame === undefined) {
      const next = segment.indexOf("\n#F ", at);
      at = next === -1 ? segment.length : next + 1;
      continue;
    }
    const last = ranges.at(-1);
    if (last?.[1] === at) last[1] = frame.end;
    else ranges.push([at, frame.end]);
    bytes += frame.end - at;
    records += frame.records;
    at = frame.end;
  }
  return { ranges, bytes, records };
}

function frameAt(segment: Buffer, at: number): { readonly end: number; readonly records: number } | undefined {
  const head = HEAD.exec(segment.toString("latin1", at, at + LONGEST_HEAD));
  if (head === null) return undefined;
  const start = at + head[0].length;
  const end = start + Number(head[1]);
  if (end > segment.length || crc32(segment.subarray(start, end)) !== Number.parseInt(head[3] ?? "", 16)) return undefined;
  return { end, records: Number(head[2]) };
}
