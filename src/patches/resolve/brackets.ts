/** Owns a check of C and C++ that needs no compiler: brackets that close what they open, as far as they did on the sides. */
import { type ByteString, shownBytes } from "../../git/bytes.js";
import { createInterner } from "../../tokens/interner.js";
import { KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { createStream } from "../../tokens/stream.js";

const LANGUAGE = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inl|ipp|m|mm)$/i;
const PAIRS = new Map([
  [41, 40],
  [93, 91],
  [125, 123],
]);
const OPEN = new Set(PAIRS.values());

/**
 * A sentence when the content has a bracket without its counterpart although every side is sound; undefined when nothing is
 * wrong, or nothing can be told (other languages, sides whose `#if` branches each open their own).
 */
export function bracketFault(path: ByteString, content: Buffer, sides: readonly Buffer[]): string | undefined {
  if (!LANGUAGE.test(path) || sides.some((side) => firstFault(side) !== undefined)) return undefined;
  const line = firstFault(content);
  return line === undefined ? undefined : `line ${line}: a bracket has no counterpart, as it has in ${shownBytes(path)} on each side`;
}

/** Line of the first bracket that closes nothing, or of the last that is not closed; undefined for sound text. */
function firstFault(content: Buffer): number | undefined {
  const stream = createStream();
  scan(content, createInterner(), stream);
  const open: { readonly code: number; readonly at: number }[] = [];
  for (let token = 0; token < stream.count; token++) {
    if (stream.kinds[token] !== KIND.punctuation) continue;
    const code = stream.values[token] ?? 0;
    const at = stream.starts[token] ?? 0;
    if (OPEN.has(code)) open.push({ code, at });
    else if (PAIRS.has(code) && open.pop()?.code !== PAIRS.get(code)) return lineOf(content, at);
  }
  const last = open.at(-1);
  return last === undefined ? undefined : lineOf(content, last.at);
}

function lineOf(content: Buffer, at: number): number {
  return content.toString("latin1", 0, at).split("\n").length;
}
