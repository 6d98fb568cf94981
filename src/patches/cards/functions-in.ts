/** Owns the functions of a C or C++ file by their lines, told from its tokens. */
import { createInterner } from "../../tokens/interner.js";
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { type TokenStream, createStream } from "../../tokens/stream.js";

/** Lines count from 1; both ends belong to it. */
export interface FunctionLines {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export const C_FILE = /\.(?:c|cc|cpp|cxx|c\+\+|h|hh|hpp|hxx|inl|ipp|m|mm)$/i;

/** Words behind which a parenthesis belongs to no function's name. */
const NO_NAME =
  /^(?:alignas|__attribute__|__declspec|decltype|noexcept|requires|if|for|while|switch|catch|return|sizeof|__asm__|asm|throw|defined)$/;
const SCOPE = /^(?:namespace|class|struct|union|enum|extern)$/;

/** Definitions with a body; what the tokens do not tell is left out. */
export function functionsIn(content: Uint8Array): FunctionLines[] {
  const interner = createInterner(1 << 10);
  const stream = createStream(1 << 12);
  scan(content, interner, stream);
  const found: FunctionLines[] = [];
  const lineAt = lineCounter(content);
  /** Open braces: the function's name and first line, or null for any other. */
  const open: ({ name: string; from: number } | null)[] = [];
  let statement: number[] = [];
  let directive = false;
  let inside = 0;
  for (let at = 0; at < stream.count; at++) {
    const kind = stream.kinds[at];
    if (kind === KIND.directive) directive = true;
    else if (kind === KIND.directiveEnd) directive = false;
    if (directive || kind === KIND.directiveEnd) continue;
    const value = kind === KIND.punctuation ? stream.values[at] : -1;
    if (value === BYTE.openBrace) {
      const name = inside > 0 ? undefined : nameOf(content, stream, statement);
      open.push(name === undefined ? null : { name, from: lineAt(stream.starts[statement[0] ?? at] ?? 0) });
      if (name !== undefined) inside++;
      statement = [];
    } else if (value === BYTE.closeBrace) {
      const last = open.pop();
      if (last !== null && last !== undefined) {
        inside--;
        found.push({ ...last, to: lineAt(stream.starts[at] ?? 0) });
      }
      statement = [];
    } else if (value === BYTE.semicolon) statement = [];
    else if (inside === 0) statement.push(at);
  }
  return found;
}

/** The name before the first parenthesis of a statement that ends in a body; undefined for scopes, initializers and the like. */
function nameOf(content: Uint8Array, stream: TokenStream, statement: readonly number[]): string | undefined {
  const text = (at: number | undefined) =>
    at === undefined ? "" : Buffer.from(content.subarray(stream.starts[at], stream.ends[at])).toString("latin1");
  const isPunctuation = (at: number | undefined, value: number) =>
    at !== undefined && stream.kinds[at] === KIND.punctuation && stream.values[at] === value;
  const paren = statement.findIndex(
    (at, index) =>
      isPunctuation(at, BYTE.open) && index > 0 && isWord(stream, statement[index - 1]) && !NO_NAME.test(text(statement[index - 1])),
  );
  const last = text(statement.at(-1));
  if (paren < 0 || statement.slice(0, paren).some((at) => isPunctuation(at, BYTE.equals))) return undefined;
  if (statement.some((at) => SCOPE.test(text(at))) && last !== ")" && !/^(?:const|override|final|noexcept)$/.test(last)) return undefined;
  let from = paren - 1;
  while (isPunctuation(statement[from - 1], PUNCTUATION.scope) || isPunctuation(statement[from - 1], BYTE.tilde)) {
    const tilde = isPunctuation(statement[from - 1], BYTE.tilde);
    from -= tilde || !isWord(stream, statement[from - 2]) ? 1 : 2;
  }
  return statement.slice(from, paren).map(text).join("");
}

function isWord({ kinds }: TokenStream, at: number | undefined): boolean {
  return at !== undefined && kinds[at] === KIND.identifier;
}

/** Lines of offsets that are asked for in any order. */
function lineCounter(content: Uint8Array): (offset: number) => number {
  const starts: number[] = [0];
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
