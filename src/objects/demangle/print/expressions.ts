/** Owns the printing of expressions with operators. */
import {
  BINARY,
  CALL,
  CAST,
  CONDITIONAL,
  DELETE,
  DESTRUCTOR_CALL,
  ENCLOSED,
  FOLD,
  MEMBER,
  MEMBER_POINTER_CAST,
  NAMED_CAST,
  NEW,
  POSTFIX,
  PREFIX,
  SIZEOF_PACK,
  SUBSCRIPT,
  THROW,
} from "../kinds.js";
import { ANY, ASSIGNMENT, CAST_LEVEL, LOGICAL_OR } from "../precedence.js";
import { EMPTY, precedenceOf } from "../tree.js";
import { text } from "../texts.js";
import { of, print, printLeft, printOperand, prints } from "./dispatch.js";
import { printList } from "./lists.js";
import { printExpansion } from "./packs.js";
import { type Printer, closeBracket, openBracket, write, writeByte } from "./printer.js";

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
const SIZEOF = text("sizeof...");
const DOTS = text("...");

prints(BINARY, binary);
prints(PREFIX, (o, at) => {
  write(o, of(o, at, 1));
  printOperand(o, of(o, at, 2), precedenceOf(o.tree, at));
});
prints(POSTFIX, (o, at) => {
  printOperand(o, of(o, at, 1), precedenceOf(o.tree, at), true);
  write(o, of(o, at, 2));
});
prints(SUBSCRIPT, (o, at) => {
  printOperand(o, of(o, at, 1), precedenceOf(o.tree, at));
  openBracket(o, 91);
  printOperand(o, of(o, at, 2), ANY);
  closeBracket(o, 93);
});
prints(MEMBER, (o, at) => {
  printOperand(o, of(o, at, 1), precedenceOf(o.tree, at), true);
  write(o, of(o, at, 2));
  printOperand(o, of(o, at, 3), precedenceOf(o.tree, at));
});
prints(CONDITIONAL, (o, at) => {
  printOperand(o, of(o, at, 1), precedenceOf(o.tree, at));
  write(o, THEN);
  printOperand(o, of(o, at, 2), ANY);
  write(o, ELSE);
  printOperand(o, of(o, at, 3), ASSIGNMENT, true);
});
prints(CALL, (o, at) => {
  if (of(o, at, 3) === 0) print(o, of(o, at, 1));
  else inParentheses(o, () => print(o, of(o, at, 1)));
  inParentheses(o, () => printList(o, of(o, at, 2)));
});
prints(NEW, newExpression);
prints(DELETE, (o, at) => {
  form(o, of(o, at, 2), DELETE_TEXT);
  writeByte(o, 32);
  print(o, of(o, at, 1));
});
prints(NAMED_CAST, (o, at) => {
  write(o, of(o, at, 1));
  const { open } = o;
  o.open = 0;
  writeByte(o, 60);
  printLeft(o, of(o, at, 2));
  writeByte(o, 62);
  o.open = open;
  inParentheses(o, () => printOperand(o, of(o, at, 3), ANY));
});
prints(CAST, (o, at) => {
  inParentheses(o, () => print(o, of(o, at, 1)));
  inParentheses(o, () => printList(o, of(o, at, 2)));
});
prints(MEMBER_POINTER_CAST, (o, at) => {
  inParentheses(o, () => print(o, of(o, at, 1)));
  inParentheses(o, () => print(o, of(o, at, 2)));
});
prints(FOLD, fold);
prints(THROW, (o, at) => {
  write(o, THROW_TEXT);
  print(o, of(o, at, 1));
});
prints(SIZEOF_PACK, (o, at) => {
  write(o, SIZEOF);
  inParentheses(o, () => printExpansion(o, of(o, at, 1)));
});
prints(ENCLOSED, (o, at) => {
  write(o, of(o, at, 1));
  inParentheses(o, () => printOperand(o, of(o, at, 2), ANY));
});
prints(DESTRUCTOR_CALL, (o, at) => {
  writeByte(o, 126);
  printLeft(o, of(o, at, 1));
});

function inParentheses(o: Printer, inner: () => void): void {
  openBracket(o, 40);
  inner();
  closeBracket(o, 41);
}

/** A `>` that would end template arguments stands in parentheses. Assignments bind to the right. */
function binary(o: Printer, at: number): void {
  const sign = of(o, at, 2);
  const level = precedenceOf(o.tree, at);
  const assigns = level === ASSIGNMENT;
  const hidden = o.open === 0 && (sign === GREATER || sign === SHIFT_RIGHT);
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

/** `(value op ... op pack)`, `(pack op ... op value)`, or the same without the value. */
function fold(o: Printer, at: number): void {
  const isLeft = of(o, at, 1) !== 0;
  const pack = (): void => inParentheses(o, () => printExpansion(o, of(o, at, 3)));
  const value = of(o, at, 4) === 0 ? undefined : (): void => printOperand(o, of(o, at, 4), CAST_LEVEL, true);
  const [first, last] = isLeft ? [value, pack] : [pack, value];
  inParentheses(o, () => {
    if (first !== undefined) {
      first();
      spaced(o, of(o, at, 2));
    }
    write(o, DOTS);
    if (last !== undefined) {
      spaced(o, of(o, at, 2));
      last();
    }
  });
}

function spaced(o: Printer, sign: number): void {
  writeByte(o, 32);
  write(o, sign);
  writeByte(o, 32);
}
