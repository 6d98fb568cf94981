/** Owns mangled names of C++ in assembler files: their digits change, so the old one becomes a comment where the assembler has such. */
import { KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import type { ExtraInsertion, Undecided } from "../decide/file-edits.js";
import type { Reading } from "../survey/heads.js";
import type { FlavoredNames } from "./flavored-names.js";
import { flavoredSymbol } from "./mangled-names.js";

interface Found {
  readonly extra: ExtraInsertion[];
  readonly undecided: Undecided[];
}

const NOTHING: Found = { extra: [], undecided: [] };

/** The insertions into a GNU assembler file; NASM has no comment within a line, there the names are reported. */
export function mangledInAssembler(
  { stream, bytes }: Pick<Reading, "stream"> & { readonly bytes: Buffer },
  interner: Parameters<typeof scan>[1],
  dialect: "gas" | "nasm",
  names: FlavoredNames,
): Found {
  if (!bytes.includes("_Z")) return NOTHING;
  scan(bytes, interner, stream, dialect);
  const found: Found = { extra: [], undecided: [] };
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier) continue;
    const [start, end] = [stream.starts[i] as number, stream.ends[i] as number];
    const word = bytes.toString("latin1", start, end);
    const flavored = /^_{1,2}Z/.test(word) ? flavoredSymbol(word.replace(/^__Z/, "_Z"), names) : undefined;
    if (flavored === undefined) continue;
    const fresh = word.startsWith("__Z") ? `_${flavored}` : flavored;
    if (dialect === "nasm") found.undecided.push({ offset: start, token: word, why: `a mangled name in assembler; it becomes ${fresh}` });
    else found.extra.push({ offset: start, text: "/* ", names: [] }, { offset: end, text: ` */ ${fresh}`, names: [] });
  }
  return found;
}
