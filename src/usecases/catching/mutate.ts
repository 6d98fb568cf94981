/** Owns the changes made to recorded inputs: by kind of file, from a seeded stream, so that each try can be repeated. */
import { type Pieces, piecesOf } from "./pieces.js";

/** A number in [0, 1). */
type Random = () => number;

export interface Mutated {
  readonly bytes: Buffer;
  /** What was done, as in "louder ×8 in frames 100–160". */
  readonly how: readonly string[];
}

type Change = (pieces: readonly Buffer[], span: Span, random: Random) => { readonly pieces: Buffer[]; readonly how: string };

interface Span {
  readonly from: number;
  /** First one behind. */
  readonly to: number;
}

const MOST_CHANGES = 3;

/** One to three changes, one after the other; `file` is the name, where that tells the kind. */
export function mutate(bytes: Buffer, random: Random, file = ""): Mutated {
  const whole = piecesOf(bytes, file);
  const changes = [...COMMON, ...CHANGES[whole.kind]];
  let pieces: readonly Buffer[] = whole.pieces;
  const how: string[] = [];
  for (let left = 1 + Math.floor(random() * MOST_CHANGES); left > 0; left--) {
    const change = pick(changes, random);
    if (change === undefined || pieces.length === 0) break;
    const span = spanIn(pieces.length, random);
    const made = change(pieces, span, random);
    pieces = made.pieces;
    how.push(`${made.how} in ${UNITS[whole.kind]} ${span.from}–${span.to}`);
  }
  return { bytes: whole.build(pieces), how };
}

const UNITS: Readonly<Record<Pieces["kind"], string>> = { sound: "frames", text: "lines", bytes: "bytes" };

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** Short spans more often than long ones. */
function spanIn(length: number, random: Random): Span {
  const size = Math.max(1, Math.floor(length ** random()));
  const from = Math.floor(random() * (length - size + 1));
  return { from, to: Math.min(length, from + size) };
}

const COMMON: readonly Change[] = [
  (pieces, { from, to }) => ({ pieces: [...pieces.slice(0, from), ...pieces.slice(to)], how: "left out" }),
  (pieces, { from, to }) => ({ pieces: [...pieces.slice(0, to), ...pieces.slice(from)], how: "twice" }),
  (pieces, { from }) => ({ pieces: pieces.slice(0, from), how: "ended" }),
];

/** 16-bit samples: what devices and their drivers do to them. */
function samples(how: string, value: (sample: number, random: Random) => number): Change {
  return (pieces, { from, to }, random) => ({
    how,
    pieces: pieces.map((piece, index) => (index < from || index >= to ? piece : eachSample(piece, (sample) => value(sample, random)))),
  });
}

function eachSample(piece: Buffer, value: (sample: number) => number): Buffer {
  const made = Buffer.from(piece);
  for (let at = 0; at + 2 <= made.length; at += 2)
    made.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(value(made.readInt16LE(at))))), at);
  return made;
}

const NUMBERS = ["0", "-1", "1", "2147483647", "-2147483648", "4294967296", "0.5", "1e308", "-1e-308", "nan", "65536"];
const BYTES = [0, 1, 0x7f, 0x80, 0xff];

const CHANGES: Readonly<Record<Pieces["kind"], readonly Change[]>> = {
  sound: [
    samples("silence", () => 0),
    samples("louder ×8", (sample) => sample * 8),
    samples("quieter ÷64", (sample) => sample / 64),
    samples("full scale", (sample) => (sample < 0 ? -32768 : 32767)),
    samples("offset", (sample) => sample + 8000),
    samples("noise", (_sample, random) => (random() - 0.5) * 65535),
    samples("upside down", (sample) => -sample),
  ],
  text: [
    (pieces, { from, to }, random) => ({ how: "other numbers", pieces: inSpan(pieces, { from, to }, (line) => otherNumber(line, random)) }),
    (pieces, { from, to }) => ({
      how: "swapped",
      pieces: [...pieces.slice(0, from), ...pieces.slice(from, to).toReversed(), ...pieces.slice(to)],
    }),
    (pieces, { from, to }) => ({ how: "emptied", pieces: inSpan(pieces, { from, to }, () => "\n") }),
  ],
  bytes: [
    (pieces, { from }, random) => ({
      how: "one bit",
      pieces: replaced(pieces, from, (pieces[from]?.[0] ?? 0) ^ (1 << Math.floor(random() * 8))),
    }),
    (pieces, { from, to }, random) => {
      const value = pick(BYTES, random) ?? 0;
      return { how: `set to ${value}`, pieces: pieces.map((piece, index) => (index < from || index >= to ? piece : Buffer.from([value]))) };
    },
    (pieces, { from }, random) => ({ how: "another byte", pieces: replaced(pieces, from, Math.floor(random() * 256)) }),
  ],
};

function inSpan(pieces: readonly Buffer[], { from, to }: Span, change: (line: string) => string): Buffer[] {
  return pieces.map((piece, index) => (index < from || index >= to ? piece : Buffer.from(change(piece.toString("utf8")))));
}

/** One of a line's numbers becomes another, near or far. */
function otherNumber(line: string, random: Random): string {
  const found = [...line.matchAll(/-?\d+(?:\.\d+)?/g)];
  const one = pick(found, random);
  if (one === undefined) return line;
  const near = String(Number(one[0]) + (random() < 0.5 ? -1 : 1));
  const value =
    random() < 0.4
      ? near
      : random() < 0.5
        ? String(Math.floor((random() - 0.5) * 2 ** Math.floor(random() * 32)))
        : (pick(NUMBERS, random) ?? "0");
  return `${line.slice(0, one.index)}${value}${line.slice(one.index + one[0].length)}`;
}

function replaced(pieces: readonly Buffer[], at: number, value: number): Buffer[] {
  return pieces.map((piece, index) => (index === at ? Buffer.from([value]) : piece));
}
