/** Owns the writing of `GIT binary patch`. */
import { deflateSync } from "node:zlib";

import { encode85 } from "./base85.js";
import type { BinaryDiff, BinaryPart } from "./file-diff.js";

const ROW = 52;

/** Content and way back, each ended by an empty line. */
export function binaryText({ forward, reverse }: BinaryDiff): string {
  const parts = [forward, reverse].filter((part) => part !== null);
  return `GIT binary patch\n${parts.map(partText).join("")}`;
}

function partText(part: BinaryPart): string {
  const deflated = part.deflated ?? deflateSync(part.data);
  const rows: string[] = [];
  for (let at = 0; at < deflated.length; at += ROW) rows.push(rowText(deflated.subarray(at, at + ROW)));
  return `${part.method} ${part.data.length}\n${rows.join("")}\n`;
}

/** The length as a letter, then the digits. */
function rowText(bytes: Buffer): string {
  const letter = String.fromCodePoint(bytes.length <= 26 ? bytes.length + 64 : bytes.length + 70);
  return `${letter}${encode85(bytes)}\n`;
}
