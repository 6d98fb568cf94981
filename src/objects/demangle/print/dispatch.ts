/**
 * Owns the way from a node to what prints it. C++ writes types around names, so each kind has a part left of the name
 * and may have one right of it: `int (*` and `)[3]`.
 */
import { DEPENDS, HAS_RIGHT, kindOf, operand, precedenceOf, shapeOf } from "../tree.js";
import { type Printer, closeBracket, openBracket, visit } from "./printer.js";

/** The place of a node's first operand is `at + 1`. */
export type Print = (o: Printer, at: number) => void;

const LEFT: Print[] = [];
const RIGHT: Print[] = [];

const nothing: Print = () => undefined;

/** Kinds, each with what prints its left part and, where there is one, its right part. */
export type Printers = readonly (readonly [kind: number, left: Print, right?: Print])[];

/** Makes kinds known. Called while modules are loaded. */
export function addPrinters(printers: Printers): void {
  for (const [kind, left, right] of printers) {
    LEFT[kind] = left;
    RIGHT[kind] = right ?? nothing;
  }
}

export function printLeft(o: Printer, at: number): void {
  visit(o);
  (LEFT[kindOf(o.tree, at)] ?? nothing)(o, at);
  o.depth--;
}

export function printRight(o: Printer, at: number): void {
  visit(o);
  (RIGHT[kindOf(o.tree, at)] ?? nothing)(o, at);
  o.depth--;
}

/** Prints the whole node; nothing for 0. */
export function print(o: Printer, at: number): void {
  printLeft(o, at);
  if ((shapeOf(o.tree, at) & (HAS_RIGHT | DEPENDS)) !== 0) printRight(o, at);
}

/** Prints an operand, in parentheses when it binds looser than `precedence`, or as loose and `strictly` is asked. */
export function printOperand(o: Printer, at: number, precedence: number, strictly = false): void {
  const parenthesised = precedenceOf(o.tree, at) >= precedence + (strictly ? 1 : 0);
  if (parenthesised) openBracket(o, 40);
  print(o, at);
  if (parenthesised) closeBracket(o, 41);
}

/** Shortens the reading of operands: the n-th of a node, from 1. */
export function of(o: Printer, at: number, index: number): number {
  return operand(o.tree, at, index);
}
