/** Owns the printing of functions: types, encodings, and what the compiler makes for an entity. */
import { CONSTRUCTION_VTABLE, ENCODING, FUNCTION, SPECIAL, SUFFIXED, THROW_SPECIFICATION } from "../kinds.js";
import { specialText } from "../specials.js";
import { text } from "../texts.js";
import { type Printers, of, print, printLeft, printRight } from "./dispatch.js";
import { printList } from "./lists.js";
import { type Printer, closeBracket, openBracket, write, writeByte, writeSource } from "./printer.js";
import { printQualifiers, printReferenceQualifier } from "./qualifiers.js";
import { hasRight } from "./shapes.js";

const ENABLE_IF = text(" [enable_if:");
const REQUIRES = text(" requires ");
const THROW = text("throw");
const CONSTRUCTION = text("construction vtable for ");
const IN = text("-in-");
const SUFFIX = text(" (");

/** How these kinds are printed. */
export const FUNCTIONS: Printers = [
  [
    FUNCTION,
    (o, at) => {
      printLeft(o, of(o, at, 1));
      writeByte(o, 32);
    },
    functionRight,
  ],
  [ENCODING, encodingLeft, encodingRight],
  [
    SPECIAL,
    (o, at) => {
      write(o, specialText(of(o, at, 1)));
      print(o, of(o, at, 2));
    },
  ],
  [
    CONSTRUCTION_VTABLE,
    (o, at) => {
      write(o, CONSTRUCTION);
      print(o, of(o, at, 1));
      write(o, IN);
      print(o, of(o, at, 2));
    },
  ],
  [
    SUFFIXED,
    (o, at) => {
      print(o, of(o, at, 1));
      write(o, SUFFIX);
      writeSource(o, of(o, at, 2), of(o, at, 3));
      writeByte(o, 41);
    },
  ],
  [
    THROW_SPECIFICATION,
    (o, at) => {
      write(o, THROW);
      parenthesised(o, of(o, at, 1));
    },
  ],
];

function functionRight(o: Printer, at: number): void {
  parenthesised(o, of(o, at, 2));
  printRight(o, of(o, at, 1));
  printQualifiers(o, of(o, at, 3));
  printReferenceQualifier(o, of(o, at, 4));
  const specification = of(o, at, 5);
  if (specification === 0) return;
  writeByte(o, 32);
  print(o, specification);
}

function encodingLeft(o: Printer, at: number): void {
  const result = of(o, at, 1);
  if (result !== 0) {
    printLeft(o, result);
    if (!hasRight(o, result)) writeByte(o, 32);
  }
  const begin = o.length;
  print(o, of(o, at, 2));
  if (at === o.wanted && o.wantedEnd === 0) {
    o.wantedBegin = begin;
    o.wantedEnd = o.length;
  }
}

function encodingRight(o: Printer, at: number): void {
  parenthesised(o, of(o, at, 3));
  const result = of(o, at, 1);
  if (result !== 0) printRight(o, result);
  printQualifiers(o, of(o, at, 6));
  printReferenceQualifier(o, of(o, at, 7));
  if (of(o, at, 4) !== 0) conditions(o, of(o, at, 4));
  if (of(o, at, 5) === 0) return;
  write(o, REQUIRES);
  print(o, of(o, at, 5));
}

function conditions(o: Printer, list: number): void {
  write(o, ENABLE_IF);
  printList(o, list);
  writeByte(o, 93);
}

function parenthesised(o: Printer, list: number): void {
  openBracket(o, 40);
  printList(o, list);
  closeBracket(o, 41);
}
