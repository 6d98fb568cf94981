/** Owns the printing of names. */
import {
  ABBREVIATION,
  ABI_TAG,
  BINDINGS,
  CONSTRUCTOR,
  CONVERSION,
  DESTRUCTOR,
  FRIEND,
  GLOBAL,
  LITERAL_OPERATOR,
  LOCAL,
  MODULE,
  MODULE_ENTITY,
  NAME,
  NESTED,
  TEMPLATE,
  TEXT,
} from "../kinds.js";
import { text } from "../texts.js";
import { writeAbbreviation } from "./abbreviations.js";
import { printBaseName } from "./base-names.js";
import { type Printers, of, print } from "./dispatch.js";
import { printList } from "./lists.js";
import { type Printer, closeBracket, openBracket, write, writeByte, writeSource } from "./printer.js";

const SCOPE = text("::");
const FRIEND_SCOPE = text("::friend ");
const TAG = text("[abi:");
const OPERATOR = text("operator ");
const LITERAL = text('operator"" ');

/** How these kinds are printed. */
export const NAMES: Printers = [
  [NAME, (o, at) => writeSource(o, of(o, at, 1), of(o, at, 2))],
  [TEXT, (o, at) => write(o, of(o, at, 1))],
  [ABBREVIATION, (o, at) => writeAbbreviation(o, of(o, at, 1), of(o, at, 2) !== 0)],
  [NESTED, (o, at) => joined(o, of(o, at, 1), SCOPE, of(o, at, 2))],
  [LOCAL, (o, at) => joined(o, of(o, at, 1), SCOPE, of(o, at, 2))],
  [FRIEND, (o, at) => joined(o, of(o, at, 1), FRIEND_SCOPE, of(o, at, 2))],
  [
    GLOBAL,
    (o, at) => {
      write(o, SCOPE);
      print(o, of(o, at, 1));
    },
  ],
  [MODULE, module],
  [
    MODULE_ENTITY,
    (o, at) => {
      print(o, of(o, at, 2));
      writeByte(o, 64);
      print(o, of(o, at, 1));
    },
  ],
  [
    ABI_TAG,
    (o, at) => {
      print(o, of(o, at, 1));
      write(o, TAG);
      writeSource(o, of(o, at, 2), of(o, at, 3));
      writeByte(o, 93);
    },
  ],
  [
    TEMPLATE,
    (o, at) => {
      print(o, of(o, at, 1));
      print(o, of(o, at, 2));
    },
  ],
  [CONSTRUCTOR, (o, at) => printBaseName(o, of(o, at, 1))],
  [
    DESTRUCTOR,
    (o, at) => {
      writeByte(o, 126);
      printBaseName(o, of(o, at, 1));
    },
  ],
  [
    CONVERSION,
    (o, at) => {
      write(o, OPERATOR);
      print(o, of(o, at, 1));
    },
  ],
  [
    LITERAL_OPERATOR,
    (o, at) => {
      write(o, LITERAL);
      print(o, of(o, at, 1));
    },
  ],
  [
    BINDINGS,
    (o, at) => {
      openBracket(o, 91);
      printList(o, of(o, at, 1));
      closeBracket(o, 93);
    },
  ],
];

function joined(o: Printer, scope: number, sign: number, name: number): void {
  print(o, scope);
  write(o, sign);
  print(o, name);
}

/** `a.b`, or `a:b` for a partition. */
function module(o: Printer, at: number): void {
  const parent = of(o, at, 1);
  const partition = of(o, at, 3) !== 0;
  if (parent !== 0) print(o, parent);
  if (parent !== 0 || partition) writeByte(o, partition ? 58 : 46);
  print(o, of(o, at, 2));
}
