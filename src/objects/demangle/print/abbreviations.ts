/** Owns the names of the abbreviated parts of `std`, in the order of their letters `absiod`. */
import { text } from "../texts.js";
import { type Printer, write } from "./printer.js";

interface Abbreviation {
  readonly short: number;
  /** With template arguments, as in the name of a constructor. */
  readonly long: number;
  /** What its constructor is called, when it stands short and when it is spelled out. */
  readonly base: number;
  readonly longBase: number;
}

function define(short: string, template: string, isTemplate = false): Abbreviation {
  const allocator = template === "basic_string" ? ", std::allocator<char>" : "";
  const traits = isTemplate ? "" : `<char, std::char_traits<char>${allocator}>`;
  return { short: text(`std::${short}`), long: text(`std::${template}${traits}`), base: text(short), longBase: text(template) };
}

const ABBREVIATIONS: readonly Abbreviation[] = [
  define("allocator", "allocator", true),
  define("basic_string", "basic_string", true),
  define("string", "basic_string"),
  define("istream", "basic_istream"),
  define("ostream", "basic_ostream"),
  define("iostream", "basic_iostream"),
];

export function writeAbbreviation(o: Printer, number: number, spelledOut: boolean): void {
  const one = ABBREVIATIONS[number];
  if (one !== undefined) write(o, spelledOut ? one.long : one.short);
}

export function writeAbbreviatedBase(o: Printer, number: number, spelledOut: boolean): void {
  const one = ABBREVIATIONS[number];
  if (one !== undefined) write(o, spelledOut ? one.longBase : one.base);
}
