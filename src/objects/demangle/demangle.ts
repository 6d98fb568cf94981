/**
 * Owns the demangling of C++ names (Itanium C++ ABI, as GCC and Clang mangle), without a tool beside. The text is that of
 * LLVM's demangler. See docs/demangling.md.
 */
import { type Failure, failureOf } from "./failure.js";
import { ENCODING, SUFFIXED } from "./kinds.js";
import { MOST_INPUT } from "./limits.js";
import { type Parser, createParser, loadBytes, loadName } from "./parse/parser.js";
import { namedPart, readSymbol, wholeType } from "./parse/symbol.js";
import { type NameParts, partsOf } from "./parts.js";
import { print } from "./print.js";
import { type Printer, createPrinter, printed, startPrinting } from "./print/printer.js";
import { kindOf, operand } from "./tree.js";

/** `plain`: a C name, or another language's. `microsoft`: a name of MSVC, which is not read. The others as in {@link Failure}. */
export type NameStatus = "demangled" | "plain" | "microsoft" | Failure;

export type { NameParts } from "./parts.js";

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
export function demangle(symbol: string): Demangled {
  const status = statusAtSight(symbol);
  if (status !== undefined) return raw(symbol, status);
  const { name, version } = withoutVersion(symbol);
  try {
    return demangled(name, version);
  } catch (error) {
    return raw(symbol, failureOf(error));
  }
}

/** What was written, up to `length`, until the next name is demangled. */
export type DemangledBytes = Pick<Printer, "out" | "length">;

/**
 * The text of a symbol that lies in `bytes` and starts with `_Z`, without a string of either; undefined where there is more to
 * think of than such a name, and {@link demangle} has to be asked. The bytes have to be ASCII.
 */
export function demangleBytes(bytes: Uint8Array, first: number, last: number): DemangledBytes | undefined {
  if (bytes[first] !== 0x5f || bytes[first + 1] !== 0x5a || last - first > MOST_INPUT) return undefined;
  try {
    loadBytes(parser, bytes, first, last);
    const root = readSymbol(parser);
    startPrinting(printer, parser.bytes, 0);
    print(printer, root);
    return printer;
  } catch (error) {
    failureOf(error);
    return undefined;
  }
}

/** What a C++ symbol belongs to and speaks of; undefined for one that {@link demangle} gives back as it is. */
export function nameParts(symbol: string): NameParts | undefined {
  if (statusAtSight(symbol) !== undefined) return undefined;
  try {
    const root = parsed(withoutVersion(symbol).name, readSymbol);
    return partsOf(parser.tree, parser.bytes, root);
  } catch (error) {
    failureOf(error);
    return undefined;
  }
}

/** The type that a mangled type stands for, as in the text of a typeinfo's name; undefined when it is none. */
export function demangleType(mangled: string): string | undefined {
  if (mangled.length === 0 || mangled.length > MOST_INPUT) return undefined;
  try {
    return printedText(parsed(mangled, wholeType));
  } catch (error) {
    failureOf(error);
    return undefined;
  }
}

/** ELF's versions follow a name: `@VERSION` or `@@VERSION`. */
function withoutVersion(symbol: string): { name: string; version: string } {
  const at = symbol.indexOf("@");
  return at < 0 ? { name: symbol, version: "" } : { name: symbol.slice(0, at), version: symbol.slice(at) };
}

function raw(symbol: string, status: NameStatus): Demangled {
  return { status, full: symbol, plain: symbol };
}

/** What the first characters say; undefined when the name has to be read. */
function statusAtSight(symbol: string): NameStatus | undefined {
  const first = symbol.charCodeAt(0);
  if (first === 0x3f /* ? */) return "microsoft";
  if (first !== 0x5f /* _ */ || !isMangled(symbol)) return "plain";
  return symbol.length > MOST_INPUT ? "too-big" : undefined;
}

function isMangled(symbol: string): boolean {
  let at = 1;
  while (at < 4 && symbol.charCodeAt(at) === 0x5f) at++;
  if (symbol.charCodeAt(at) === 0x5a /* Z */) return true;
  return /^_(?:GLOBAL__(?:sub_)?[ID]_|_imp__+Z)/.test(symbol);
}

function demangled(name: string, version: string): Demangled {
  const root = parsed(name, readSymbol);
  const full = printedText(root, functionIn(root));
  const { wantedBegin, wantedEnd } = printer;
  if (wantedEnd > 0 && printer.length === full.length) {
    return { status: "demangled", full: full + version, plain: full.slice(wantedBegin, wantedEnd) };
  }
  const part = namedPart(parser, root);
  return { status: "demangled", full: full + version, plain: part === root ? full : printedText(part) };
}

/** The tree's root. Lengths in mangled names count bytes: one character for each byte of UTF-8. */
function parsed(name: string, read: (p: Parser) => number): number {
  if (!loadName(parser, name)) loadName(parser, Buffer.from(name, "utf8").toString("latin1"));
  return read(parser);
}

function functionIn(root: number): number {
  const inner = kindOf(parser.tree, root) === SUFFIXED ? operand(parser.tree, root, 1) : root;
  return kindOf(parser.tree, inner) === ENCODING ? inner : 0;
}

function printedText(node: number, wanted = 0): string {
  startPrinting(printer, parser.bytes, wanted);
  print(printer, node);
  return printed(printer);
}
