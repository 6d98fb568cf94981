/** Owns C's symbols in assembler files that spell the `_` which Mach-O and 32-bit Windows put before each: `_lib_f` is C's `lib_f`. */
import { KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { Reading } from "../survey/heads.js";
import type { FlavoredNames } from "./flavored-names.js";

/** The name in C of a symbol that begins with one `_`, and is no mangled one; undefined for others. */
export function nameInC(symbol: string): string | undefined {
  return /^_[A-Za-z]/.test(symbol) && !/^_Z[NLK\d]/.test(symbol) ? symbol.slice(1) : undefined;
}

/** The insertions behind such symbols of renamed names; a name that bears the `_` in C, too, is another one. */
export function underscoredInAssembler(
  { stream, bytes }: Pick<Reading, "stream"> & { readonly bytes: Buffer },
  interner: Parameters<typeof scan>[1],
  dialect: "gas" | "nasm",
  names: FlavoredNames,
): ExtraInsertion[] {
  if (!/(?:^|[^\w.$])_[A-Za-z]/.test(bytes.toString("latin1"))) return [];
  scan(bytes, interner, stream, dialect);
  const found: ExtraInsertion[] = [];
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier) continue;
    const [start, end] = [stream.starts[i] as number, stream.ends[i] as number];
    if (bytes[start] !== UNDERSCORE || bytes[start - 1] === DOT) continue;
    const word = bytes.toString("latin1", start, end);
    const name = nameInC(word);
    if (name !== undefined && names.isGlobal(name) && !names.isGlobal(word) && !names.isUnderscored(word))
      found.push({ offset: end, text: names.suffix, names: [name] });
  }
  return found;
}

const UNDERSCORE = 95;
const DOT = 46;
