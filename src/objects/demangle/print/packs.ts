/** Owns the printing of packs, their expansions, and arguments that came later than what speaks of them. */
import { ANGLED, EXPANSION, FORWARD, PACK, PACK_ARGUMENTS, QUALIFIED_ARGUMENT } from "../kinds.js";
import { text } from "../texts.js";
import { type Printers, of, print, printLeft, printRight } from "./dispatch.js";
import { comma, printList } from "./lists.js";
import { NO_PACK, type Printer, write, writeByte } from "./printer.js";
import { elementOf } from "./shapes.js";

const DOTS = text("...");

/** How these kinds are printed. */
export const PACKS: Printers = [
  [PACK, packLeft, packRight],
  [PACK_ARGUMENTS, (o, at) => printList(o, of(o, at, 1))],
  [EXPANSION, (o, at) => printExpansion(o, of(o, at, 1))],
  [FORWARD, forwardLeft, forwardRight],
  [QUALIFIED_ARGUMENT, (o, at) => print(o, of(o, at, 2))],
  [ANGLED, angled],
];

function angled(o: Printer, at: number): void {
  const { open } = o;
  o.open = 0;
  writeByte(o, 60);
  printList(o, of(o, at, 1));
  writeByte(o, 62);
  o.open = open;
}

function packLeft(o: Printer, at: number): void {
  const element = elementOf(o, at);
  if (element !== 0) printLeft(o, element);
}

function packRight(o: Printer, at: number): void {
  const element = elementOf(o, at);
  if (element !== 0) printRight(o, element);
}

/** Prints the node once for each element of the packs in it; without any, with dots behind. */
export function printExpansion(o: Printer, inner: number): void {
  const { packIndex, packSize, length } = o;
  o.packIndex = NO_PACK;
  o.packSize = NO_PACK;
  print(o, inner);
  const count = o.packSize;
  if (count === NO_PACK) write(o, DOTS);
  else if (count === 0) o.length = length;
  for (let index = 1; index < count; index++) {
    comma(o);
    o.packIndex = index;
    o.packSize = count;
    print(o, inner);
  }
  o.packIndex = packIndex;
  o.packSize = packSize;
}

/** An argument may hold the type that speaks of it: the third operand stops the second visit. */
function guarded(o: Printer, at: number, then: (o: Printer, at: number) => void): void {
  const target = of(o, at, 2);
  if (target === 0 || of(o, at, 3) !== 0) return;
  o.tree.numbers[at + 3] = 1;
  then(o, target);
  o.tree.numbers[at + 3] = 0;
}

function forwardLeft(o: Printer, at: number): void {
  guarded(o, at, printLeft);
}

function forwardRight(o: Printer, at: number): void {
  guarded(o, at, printRight);
}
