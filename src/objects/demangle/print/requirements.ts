/** Owns the printing of requires expressions. */
import { EXPRESSION_REQUIREMENT, NESTED_REQUIREMENT, REQUIRES, TYPE_REQUIREMENT } from "../kinds.js";
import { EMPTY, itemOf, lengthOf } from "../tree.js";
import { text } from "../texts.js";
import { type Printers, of, print } from "./dispatch.js";
import { printList } from "./lists.js";
import { closeBracket, openBracket, write, writeByte } from "./printer.js";

const REQUIRES_TEXT = text("requires");
const NOEXCEPT = text(" noexcept");
const ARROW = text(" -> ");
const TYPENAME = text(" typename ");
const NESTED = text(" requires ");

/** How these kinds are printed. */
export const REQUIREMENTS: Printers = [
  [
    REQUIRES,
    (o, at) => {
      write(o, REQUIRES_TEXT);
      if (of(o, at, 1) !== EMPTY) {
        writeByte(o, 32);
        openBracket(o, 40);
        printList(o, of(o, at, 1));
        closeBracket(o, 41);
      }
      writeByte(o, 32);
      openBracket(o, 123);
      const list = of(o, at, 2);
      for (let index = 0; index < lengthOf(o.tree, list); index++) print(o, itemOf(o.tree, list, index));
      writeByte(o, 32);
      closeBracket(o, 125);
    },
  ],
  [
    EXPRESSION_REQUIREMENT,
    (o, at) => {
      const braced = of(o, at, 2) !== 0 || of(o, at, 3) !== 0;
      writeByte(o, 32);
      if (braced) openBracket(o, 123);
      print(o, of(o, at, 1));
      if (braced) closeBracket(o, 125);
      if (of(o, at, 2) !== 0) write(o, NOEXCEPT);
      if (of(o, at, 3) !== 0) {
        write(o, ARROW);
        print(o, of(o, at, 3));
      }
      writeByte(o, 59);
    },
  ],
  [
    TYPE_REQUIREMENT,
    (o, at) => {
      write(o, TYPENAME);
      print(o, of(o, at, 1));
      writeByte(o, 59);
    },
  ],
  [
    NESTED_REQUIREMENT,
    (o, at) => {
      write(o, NESTED);
      print(o, of(o, at, 1));
      writeByte(o, 59);
    },
  ],
];
