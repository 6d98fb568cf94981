/** Owns the names of the abbreviated parts of `std`, in the order of their letters `absiod`. */
import { text } from "../texts.js";
import { type Printer, write } from "./printer.js";

interface Abbreviation {
  readonly short: number;
  /** With template arguments, as in the name of a constructor. */
  readonly long: number;
  /** What its constructor is called. */
  readonly base: number;
}

function define(short: string, template: string, character?: string): Abbreviation {
  const traits = character === undefined ? "" : `<${character}, std::char_traits<${character}>${template === "basic_string" ? `, std::allocator<${character}>` : ""}>`;
  return { short: text(`std::${short}`), long: text(`std::${template}${traits}`), base: text(template) };
}

const ABBREVIATIONS: readonly Abbreviation[] = [
  define("allocator", "allocator"),
  define("basic_string", "basic_string"),
  define("string", "basic_string", "char"),
  define("istream", "basic_istream", "char"),
  define("ostream", "basic_ostream", "char"),
  define("iostream", "basic_iostream", "char"),
];

export function writeAbbreviation(o: Printer, number: number, spelledOut: boolean): void {
  const one = ABBREVIATIONS[number];
  if (one !== undefined) write(o, spelledOut ? one.long : one.short);
}

export function writeAbbreviatedBase(o: Printer, number: number): void {
  const one = ABBREVIATIONS[number];
  if (one !== undefined) write(o, one.base);
}
