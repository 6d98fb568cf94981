/**
 * Owns the demangling of C++ names (Itanium C++ ABI, as GCC and Clang mangle), without a tool beside. The text is that of
 * LLVM's demangler. See docs/demangling.md.
 */
import { type Failure, failureOf } from "./failure.js";
import { ENCODING, SUFFIXED } from "./kinds.js";
import { MOST_INPUT } from "./limits.js";
import { createParser, loadName } from "./parse/parser.js";
import { namedPart, symbol } from "./parse/symbol.js";
import { print } from "./print/kinds-printed.js";
import { createPrinter, printed, startPrinting } from "./print/printer.js";
import { kindOf, operand } from "./tree.js";

/** `plain`: a C name, or another language's. `microsoft`: a name of MSVC, which is not read. The others as in {@link Failure}. */
export type NameStatus = "demangled" | "plain" | "microsoft" | Failure;

export interface Demangled {
  /** Whether the texts are demangled, else why they are the symbol itself. */
  readonly status: NameStatus;
  /** What is shown. */
  readonly full: string;
  /** The qualified name alone: no return type, no parameters. */
  readonly plain: string;
}

const parser = createParser();
const printer = createPrinter(parser.tree);

/** Demangles one symbol. Never throws; takes time and memory within limits on any input. */
export function demangle(given: string): Demangled {
  const status = statusAtSight(given);
  if (status !== undefined) return raw(given, status);
  const version = given.indexOf("@");
  const name = version < 0 ? given : given.slice(0, version);
  try {
    return demangled(name, version < 0 ? "" : given.slice(version));
  } catch (error) {
    return raw(given, failureOf(error));
  }
}

function raw(given: string, status: NameStatus): Demangled {
  return { status, full: given, plain: given };
}

/** What the first characters say; undefined when the name has to be read. */
function statusAtSight(given: string): NameStatus | undefined {
  const first = given.charCodeAt(0);
  if (first === 0x3f /* ? */) return "microsoft";
  if (first !== 0x5f /* _ */ || !isMangled(given)) return "plain";
  return given.length > MOST_INPUT ? "too-big" : undefined;
}

function isMangled(given: string): boolean {
  let at = 1;
  while (at < 4 && given.charCodeAt(at) === 0x5f) at++;
  if (given.charCodeAt(at) === 0x5a /* Z */) return true;
  return given.startsWith("_GLOBAL__") || given.startsWith("__imp_");
}

function demangled(name: string, version: string): Demangled {
  const bytes = asBytes(name);
  loadName(parser, bytes);
  const root = symbol(parser);
  const function_ = kindOf(parser.tree, root) === SUFFIXED ? operand(parser.tree, root, 1) : root;
  startPrinting(printer, parser.bytes, kindOf(parser.tree, function_) === ENCODING ? function_ : 0);
  print(printer, root);
  const isEncoded = bytes !== name;
  const full = textBetween(0, printer.length, isEncoded) + version;
  const { wantedBegin, wantedEnd } = printer;
  if (wantedEnd > 0) return { status: "demangled", full, plain: textBetween(wantedBegin, wantedEnd, isEncoded) };
  const part = namedPart(parser, root);
  return { status: "demangled", full, plain: part === root ? full : printedAgain(part, isEncoded) };
}

function printedAgain(part: number, isEncoded: boolean): string {
  startPrinting(printer, parser.bytes, 0);
  print(printer, part);
  return textBetween(0, printer.length, isEncoded);
}

function textBetween(begin: number, end: number, isEncoded: boolean): string {
  const bytes = printed(printer, begin, end);
  return isEncoded || printer.highBytes ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
}

/** Lengths in mangled names count bytes: one character for each byte of UTF-8. */
function asBytes(name: string): string {
  return /[^\0-\x7f]/.test(name) ? Buffer.from(name, "utf8").toString("latin1") : name;
}
