/** Owns the printing of literals. */
import { FLOAT, FUNCTION_PARAMETER, INTEGER, STRING, TYPED_INTEGER } from "../kinds.js";
import { bytesOf, text } from "../texts.js";
import { of, print, prints } from "./dispatch.js";
import { floatText } from "./floats.js";
import { writeSigned } from "./numbers.js";
import { type Printer, closeBracket, openBracket, write, writeByte, writeSource } from "./printer.js";

const PARAMETER = text("fp");
const STRING_OPEN = text('"<');
const STRING_CLOSE = text('>"');
/** Longer ones are types, and stand before the value. */
const LONGEST_SUFFIX = 3;

prints(INTEGER, (o, at) => {
  const name = of(o, at, 1);
  const isType = bytesOf(name).length > LONGEST_SUFFIX;
  if (isType) inParentheses(o, () => write(o, name));
  writeSigned(o, of(o, at, 2), of(o, at, 3));
  if (!isType) write(o, name);
});
prints(TYPED_INTEGER, (o, at) => {
  inParentheses(o, () => print(o, of(o, at, 1)));
  writeSigned(o, of(o, at, 2), of(o, at, 3));
});
prints(FLOAT, (o, at) => {
  const digits = Buffer.from(o.source.subarray(of(o, at, 2), of(o, at, 3))).toString("latin1");
  for (const char of floatText(digits, of(o, at, 1))) writeByte(o, char.charCodeAt(0));
});
prints(STRING, (o, at) => {
  write(o, STRING_OPEN);
  print(o, of(o, at, 1));
  write(o, STRING_CLOSE);
});
prints(FUNCTION_PARAMETER, (o, at) => {
  write(o, PARAMETER);
  writeSource(o, of(o, at, 1), of(o, at, 2));
});

function inParentheses(o: Printer, inner: () => void): void {
  openBracket(o, 40);
  inner();
  closeBracket(o, 41);
}
