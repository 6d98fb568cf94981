/** Owns an input file as pieces that can be left out and changed: frames of sound, lines of text, or bytes. */

export type Kind = "sound" | "text" | "bytes";

/** A file taken apart. `build` puts pieces together to a file of the same kind. */
export interface Pieces {
  readonly kind: Kind;
  readonly pieces: readonly Buffer[];
  readonly build: (pieces: readonly Buffer[]) => Buffer;
  /** The plainest piece that can stand for this one. */
  readonly plain: (piece: Buffer) => Buffer;
}

/** Raw samples of 16 bits say nothing of themselves but by their file's name. */
const RAW_SOUND = /\.(?:pcm|raw|s16|sw)$/i;

export function piecesOf(bytes: Buffer, file = ""): Pieces {
  if (RAW_SOUND.test(file)) return rawSound(bytes);
  if (/\.bin$/i.test(file)) return bytePieces(bytes);
  return soundPieces(bytes) ?? (isText(bytes) ? textPieces(bytes) : bytePieces(bytes));
}

/** A WAVE file: its frames; all before them is the head, in which two sizes follow from the frames. */
function soundPieces(bytes: Buffer): Pieces | undefined {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE") return undefined;
  let frame = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const [id, size] = [bytes.toString("latin1", at, at + 4), bytes.readUInt32LE(at + 4)];
    if (id === "fmt " && at + 22 <= bytes.length) frame = bytes.readUInt16LE(at + 20);
    if (id === "data" && frame > 0) return framesFrom(bytes, at + 8, frame);
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function framesFrom(bytes: Buffer, start: number, frame: number): Pieces {
  const [head, body] = [bytes.subarray(0, start), bytes.subarray(start)];
  function build(pieces: readonly Buffer[]): Buffer {
    const made = Buffer.concat([head, ...pieces]);
    made.writeUInt32LE(made.length - 8, 4);
    made.writeUInt32LE(made.length - start, start - 4);
    return made;
  }
  return { kind: "sound", pieces: cut(body, frame), build, plain: (piece) => Buffer.alloc(piece.length) };
}

function rawSound(bytes: Buffer): Pieces {
  return { kind: "sound", pieces: cut(bytes, 2), build: (pieces) => Buffer.concat(pieces), plain: (piece) => Buffer.alloc(piece.length) };
}

function textPieces(bytes: Buffer): Pieces {
  const lines = bytes.toString("utf8").split(/(?<=\n)/);
  return {
    kind: "text",
    pieces: lines.map((line) => Buffer.from(line)),
    build: (pieces) => Buffer.concat(pieces),
    plain: (piece) => Buffer.from(piece.toString("utf8").replaceAll(/-?\d+(?:\.\d+)?/g, "0")),
  };
}

function bytePieces(bytes: Buffer): Pieces {
  return { kind: "bytes", pieces: cut(bytes, 1), build: (pieces) => Buffer.concat(pieces), plain: (piece) => Buffer.alloc(piece.length) };
}

function cut(bytes: Buffer, size: number): Buffer[] {
  const whole = Math.floor(bytes.length / size);
  return Array.from({ length: whole }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

/** UTF-8 without control characters but for white space. */
function isText(bytes: Buffer): boolean {
  if (bytes.length === 0 || bytes.length > 2 ** 20) return false;
  const text = bytes.toString("utf8");
  return !/[^\P{Cc}\t\n\r]|\uFFFD/u.test(text);
}
