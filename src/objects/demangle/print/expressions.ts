/** Owns the printing of expressions with operators. */
import {
  BINARY,
  CALL,
  CAST,
  CONDITIONAL,
  DELETE,
  DESTRUCTOR_CALL,
  ENCLOSED,
  MEMBER,
  MEMBER_POINTER_CAST,
  NAMED_CAST,
  NEW,
  POSTFIX,
  PREFIX,
  SUBSCRIPT,
  THROW,
} from "../kinds.js";
import { ANY, ASSIGNMENT, LOGICAL_OR } from "../precedence.js";
import { EMPTY, precedenceOf } from "../tree.js";
import { text } from "../texts.js";
import { type Printers, of, print, printLeft, printOperand } from "./dispatch.js";
import { printList } from "./lists.js";
import { inParentheses, type Printer, closeBracket, openBracket, write, writeByte } from "./printer.js";

const GREATER = text(">");
const SHIFT_RIGHT = text(">>");
const COMMA_SIGN = text(",");
const THEN = text(" ? ");
const ELSE = text(" : ");
const SCOPE = text("::");
const NEW_TEXT = text("new");
const DELETE_TEXT = text("delete");
const ARRAY_FORM = text("[]");
const THROW_TEXT = text("throw ");

/** How these kinds are printed. */
export const EXPRESSIONS: Printers = [
  [BINARY, binary],
  [
    PREFIX,
    (o, at) => {
      write(o, of(o, at, 1));
      printOperand(o, of(o, at, 2), precedenceOf(o.tree, at));
    },
  ],
  [
    POSTFIX,
    (o, at) => {
      printOperand(o, of(o, at, 1), precedenceOf(o.tree, at), true);
      write(o, of(o, at, 2));
    },
  ],
  [
    SUBSCRIPT,
    (o, at) => {
      printOperand(o, of(o, at, 1), precedenceOf(o.tree, at));
      openBracket(o, 91);
      printOperand(o, of(o, at, 2), ANY);
      closeBracket(o, 93);
    },
  ],
  [
    MEMBER,
    (o, at) => {
      printOperand(o, of(o, at, 1), precedenceOf(o.tree, at), true);
      write(o, of(o, at, 2));
      printOperand(o, of(o, at, 3), precedenceOf(o.tree, at));
    },
  ],
  [
    CONDITIONAL,
    (o, at) => {
      printOperand(o, of(o, at, 1), precedenceOf(o.tree, at));
      write(o, THEN);
      printOperand(o, of(o, at, 2), ANY);
      write(o, ELSE);
      printOperand(o, of(o, at, 3), ASSIGNMENT, true);
    },
  ],
  [
    CALL,
    (o, at) => {
      if (of(o, at, 3) === 0) print(o, of(o, at, 1));
      else inParentheses(o, () => print(o, of(o, at, 1)));
      inParentheses(o, () => printList(o, of(o, at, 2)));
    },
  ],
  [NEW, newExpression],
  [
    DELETE,
    (o, at) => {
      form(o, of(o, at, 2), DELETE_TEXT);
      writeByte(o, 32);
      print(o, of(o, at, 1));
    },
  ],
  [
    NAMED_CAST,
    (o, at) => {
      write(o, of(o, at, 1));
      const { open } = o;
      o.open = 0;
      writeByte(o, 60);
      printLeft(o, of(o, at, 2));
      writeByte(o, 62);
      o.open = open;
      inParentheses(o, () => printOperand(o, of(o, at, 3), ANY));
    },
  ],
  [
    CAST,
    (o, at) => {
      inParentheses(o, () => print(o, of(o, at, 1)));
      inParentheses(o, () => printList(o, of(o, at, 2)));
    },
  ],
  [
    MEMBER_POINTER_CAST,
    (o, at) => {
      inParentheses(o, () => print(o, of(o, at, 1)));
      inParentheses(o, () => print(o, of(o, at, 2)));
    },
  ],
  [
    THROW,
    (o, at) => {
      write(o, THROW_TEXT);
      print(o, of(o, at, 1));
    },
  ],
  [
    ENCLOSED,
    (o, at) => {
      write(o, of(o, at, 1));
      inParentheses(o, () => printOperand(o, of(o, at, 2), ANY));
    },
  ],
  [
    DESTRUCTOR_CALL,
    (o, at) => {
      writeByte(o, 126);
      printLeft(o, of(o, at, 1));
    },
  ],
];

/** A `>` that would end template arguments stands in parentheses. Assignments bind to the right. */
function binary(o: Printer, at: number): void {
  const sign = of(o, at, 2);
  const level = precedenceOf(o.tree, at);
  const assigns = level === ASSIGNMENT;
  const hidden = o.open <= 0 && (sign === GREATER || sign === SHIFT_RIGHT);
  if (hidden) openBracket(o, 40);
  printOperand(o, of(o, at, 1), assigns ? LOGICAL_OR : level, !assigns);
  if (sign !== COMMA_SIGN) writeByte(o, 32);
  write(o, sign);
  writeByte(o, 32);
  printOperand(o, of(o, at, 3), level, assigns);
  if (hidden) closeBracket(o, 41);
}

function form(o: Printer, bits: number, word: number): void {
  if ((bits & 1) !== 0) write(o, SCOPE);
  write(o, word);
  if ((bits & 2) !== 0) write(o, ARRAY_FORM);
}

function newExpression(o: Printer, at: number): void {
  form(o, of(o, at, 4), NEW_TEXT);
  if (of(o, at, 1) !== EMPTY) inParentheses(o, () => printList(o, of(o, at, 1)));
  writeByte(o, 32);
  print(o, of(o, at, 2));
  if (of(o, at, 3) !== EMPTY) inParentheses(o, () => printList(o, of(o, at, 3)));
}
