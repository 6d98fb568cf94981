/** Owns one source file as tokens that can be asked by their place: word, mark, line. */
import { createInterner, type Interner } from "../../tokens/interner.js";
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { lineFinder } from "../../tokens/lines.js";
import { scan } from "../../tokens/scan.js";
import { createStream, type TokenStream } from "../../tokens/stream.js";

/** Holds only until the next file is read. */
export interface SourceText {
  readonly file: string;
  readonly bytes: Buffer;
  readonly stream: TokenStream;
  readonly isC: boolean;
  /** The spelling of an identifier; "" for any other token. */
  readonly word: (token: number) => string;
  /** The code of a punctuation; -1 for any other token. */
  readonly mark: (token: number) => number;
  readonly line: (token: number) => number;
}

/** Reads files one after the other into the same room. */
export function sourceReader(): (file: string, bytes: Buffer) => SourceText {
  const interner: Interner = createInterner();
  const stream = createStream();
  return (file, bytes) => {
    scan(bytes, interner, stream);
    const lineOf = lineFinder(bytes);
    const inside = (token: number): boolean => token >= 0 && token < stream.count;
    return {
      file,
      bytes,
      stream,
      isC: file.endsWith(".c"),
      word: (token) => (inside(token) && stream.kinds[token] === KIND.identifier ? interner.name(stream.values[token] as number) : ""),
      mark: (token) => (inside(token) && stream.kinds[token] === KIND.punctuation ? (stream.values[token] as number) : -1),
      line: (token) => lineOf(stream.starts[token] as number),
    };
  };
}

/** Whether the token lies on a preprocessor line, and of which directive it is. */
export function directiveAt({ stream }: SourceText, token: number): number | undefined {
  for (let at = token; at >= 0; at--) {
    const kind = stream.kinds[at];
    if (kind === KIND.directiveEnd && at < token) return undefined;
    if (kind === KIND.directive) return stream.values[at];
  }
  return undefined;
}

/** `.name`, `->name`. */
export function isMember({ mark }: SourceText, token: number): boolean {
  const before = mark(token - 1);
  return before === BYTE.dot || before === PUNCTUATION.arrow;
}

/** `other::name`, `Foo<T>::name`, but not `return ::name`, where a blank tells that the name is a global one. */
export function isInnerWord(text: SourceText, token: number): boolean {
  if (text.mark(token - 1) !== PUNCTUATION.scope) return false;
  const before = text.word(token - 2);
  if (before === "" && text.mark(token - 2) !== BYTE.greater) return false;
  const { starts, ends } = text.stream;
  return (ends[token - 2] as number) === (starts[token - 1] as number);
}

/** The path of an include line at its path token, without its marks. */
export function includedPath({ bytes, stream }: SourceText, token: number): string {
  return bytes.toString("latin1", (stream.starts[token] as number) + 1, (stream.ends[token] as number) - 1);
}

export function isIncludePath({ stream }: SourceText, token: number): boolean {
  return stream.kinds[token] === KIND.includePath && stream.values[token - 1] === DIRECTIVE.include;
}

const CODE = /\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|cu|h|hh|hpp|hxx|h\+\+|H|cuh|inl|inc|ipp|tcc|tpp|txx|icc|ixx|cppm)$/;

/** Whether a file is one of C's family by its name. */
export function isCode(path: string): boolean {
  return CODE.test(path);
}

export function isHeader(path: string): boolean {
  return isCode(path) && !/\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|cu)$/.test(path);
}
