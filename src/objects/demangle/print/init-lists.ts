/** Owns the printing of initialiser lists, subobjects and lists of arguments. */
import { ARGUMENTS, DESIGNATED, DESIGNATED_RANGE, INIT_LIST, SUBOBJECT } from "../kinds.js";
import { kindOf } from "../tree.js";
import { text } from "../texts.js";
import { type Printers, of, print } from "./dispatch.js";
import { printList } from "./lists.js";
import { writeSigned } from "./numbers.js";
import { isString, writeString } from "./strings.js";
import { type Printer, write, writeByte } from "./printer.js";

const EQUALS = text(" = ");
const RANGE = text(" ... ");
const OF_TYPE = text(".<");
const AT_OFFSET = text(" at offset ");

/** How these kinds are printed. */
export const INIT_LISTS: Printers = [
  [
    INIT_LIST,
    (o, at) => {
      if (isString(o, at)) return writeString(o, of(o, at, 2));
      if (of(o, at, 1) !== 0) print(o, of(o, at, 1));
      writeByte(o, 123);
      printList(o, of(o, at, 2));
      writeByte(o, 125);
    },
  ],
  [
    DESIGNATED,
    (o, at) => {
      const isIndex = of(o, at, 3) !== 0;
      writeByte(o, isIndex ? 91 : 46);
      print(o, of(o, at, 1));
      if (isIndex) writeByte(o, 93);
      initialiser(o, of(o, at, 2));
    },
  ],
  [
    DESIGNATED_RANGE,
    (o, at) => {
      writeByte(o, 91);
      print(o, of(o, at, 1));
      write(o, RANGE);
      print(o, of(o, at, 2));
      writeByte(o, 93);
      initialiser(o, of(o, at, 3));
    },
  ],
  [
    SUBOBJECT,
    (o, at) => {
      print(o, of(o, at, 2));
      write(o, OF_TYPE);
      print(o, of(o, at, 1));
      write(o, AT_OFFSET);
      if (of(o, at, 3) === of(o, at, 4)) writeByte(o, 48);
      else writeSigned(o, of(o, at, 3), of(o, at, 4));
      writeByte(o, 62);
    },
  ],
  [ARGUMENTS, (o, at) => printList(o, of(o, at, 1))],
];

function initialiser(o: Printer, value: number): void {
  const kind = kindOf(o.tree, value);
  if (kind !== DESIGNATED && kind !== DESIGNATED_RANGE) write(o, EQUALS);
  print(o, value);
}
