/** Owns where a file names other files: include lines in C and assembler, `__has_include`. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { dialectOf, isAssembler, type Language } from "../code-files.js";
import { directiveEndOf, type TokenReader, type Tokens } from "../macros/tokens-of.js";

/** One path between quotes or angle brackets. */
export interface IncludePlace {
  /** Byte offset of the path's first character. */
  readonly offset: number;
  readonly path: string;
  readonly angled: boolean;
  /** `#include_next`, `__has_include_next`. */
  readonly next: boolean;
}

export interface FileIncludes {
  readonly places: readonly IncludePlace[];
  /** Include lines whose path a macro gives. */
  readonly computed: readonly { readonly offset: number; readonly token: string }[];
}

/** Reads one file's. */
export function includesOf(reader: TokenReader, bytes: Buffer, language: Language): FileIncludes {
  if (isAssembler(language)) return { places: assemblerPlaces(bytes), computed: [] };
  const tokens = reader.read(bytes, dialectOf(language));
  const { kinds, values, count } = tokens.stream;
  const places: IncludePlace[] = [];
  const computed: { offset: number; token: string }[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] === KIND.identifier && tokens.text(i) === "import") places.push(...headerUnit(tokens, bytes, i));
    if (kinds[i] !== KIND.directive) continue;
    const end = directiveEndOf(tokens.stream, i);
    if (values[i] !== DIRECTIVE.include) places.push(...askedPlaces(tokens, bytes, i, end));
    else if (kinds[i + 1] === KIND.includePath) places.push(placeAt(tokens, i));
    else if (kinds[i + 1] === KIND.identifier) computed.push({ offset: tokens.stream.starts[i + 1] as number, token: tokens.text(i + 1) });
    i = end;
  }
  return { places, computed };
}

function placeAt({ stream, bytes, text }: Tokens, at: number): IncludePlace {
  const [start, end] = [stream.starts[at + 1] as number, stream.ends[at + 1] as number];
  const path = Buffer.from(bytes.subarray(start + 1, end - 1)).toString("utf8");
  return { offset: start + 1, path, angled: bytes[start] === BYTE.less, next: text(at).endsWith("include_next") };
}

const HEADER_UNIT = /(?:^|[\n;])[ \t]*(?:export[ \t]+)?import[ \t]*(?:<([^>\n]+)>|"([^"\n]+)")[ \t]*[;[]/y;

/** `import <a.h>;` and `export import "a.h";` of C++20. */
function headerUnit({ stream }: Tokens, bytes: Buffer, at: number): IncludePlace[] {
  const start = stream.starts[at] as number;
  const line = start === 0 ? 0 : bytes.lastIndexOf(10, start - 1) + 1;
  HEADER_UNIT.lastIndex = 0;
  const match = HEADER_UNIT.exec(bytes.toString("latin1", line, Math.min(bytes.length, start + 512)));
  if (match === null) return [];
  const inner = (match[1] ?? match[2]) as string;
  const from = line + match[0].lastIndexOf(inner);
  return [{ offset: from, path: Buffer.from(inner, "latin1").toString("utf8"), angled: match[1] !== undefined, next: false }];
}

const ASKED = /[ \t]*\([ \t]*(?:<([^>\n]+)>|"([^"\n]+)")/y;

/** `__has_include(<a.h>)` in the line of a condition or of a macro. */
function askedPlaces({ stream, text }: Tokens, bytes: Buffer, at: number, end: number): IncludePlace[] {
  const found: IncludePlace[] = [];
  for (let i = at + 1; i < end; i++) {
    if (stream.kinds[i] !== KIND.identifier) continue;
    const word = text(i);
    if (!word.startsWith("__has_include")) continue;
    const from = stream.ends[i] as number;
    const line = bytes.toString("latin1", from, stream.ends[end]);
    ASKED.lastIndex = 0;
    const match = ASKED.exec(line);
    if (match === null) continue;
    const inner = (match[1] ?? match[2]) as string;
    const offset = from + match[0].length - inner.length - 1;
    found.push({
      offset,
      path: Buffer.from(inner, "latin1").toString("utf8"),
      angled: match[1] !== undefined,
      next: word.endsWith("next"),
    });
  }
  return found;
}

const ASSEMBLER = /^[ \t]*(?:#[ \t]*(?:include|import)|[.%]include)[ \t]+(?:"([^"\n]+)"|<([^>\n]+)>)/gim;

function assemblerPlaces(bytes: Buffer): IncludePlace[] {
  return [...bytes.toString("latin1").matchAll(ASSEMBLER)].map((match) => {
    const inner = (match[1] ?? match[2]) as string;
    const offset = match.index + match[0].length - inner.length - 1;
    return { offset, path: Buffer.from(inner, "latin1").toString("utf8"), angled: match[2] !== undefined, next: false };
  });
}
