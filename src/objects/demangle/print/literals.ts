/** Owns the printing of literals. */
import { FLOAT, FUNCTION_PARAMETER, INTEGER, STRING, TYPED_INTEGER } from "../kinds.js";
import { bytesOf, text } from "../texts.js";
import { type Printers, of, print } from "./dispatch.js";
import { floatText } from "./floats.js";
import { writeSigned } from "./numbers.js";
import { inParentheses, write, writeByte, writeSource } from "./printer.js";

const PARAMETER = text("fp");
const STRING_OPEN = text('"<');
const STRING_CLOSE = text('>"');
/** Longer ones are types, and stand before the value. */
const LONGEST_SUFFIX = 3;

/** How these kinds are printed. */
export const LITERALS: Printers = [
  [
    INTEGER,
    (o, at) => {
      const name = of(o, at, 1);
      const isType = bytesOf(name).length > LONGEST_SUFFIX;
      if (isType) inParentheses(o, () => write(o, name));
      writeSigned(o, of(o, at, 2), of(o, at, 3));
      if (!isType) write(o, name);
    },
  ],
  [
    TYPED_INTEGER,
    (o, at) => {
      inParentheses(o, () => print(o, of(o, at, 1)));
      writeSigned(o, of(o, at, 2), of(o, at, 3));
    },
  ],
  [
    FLOAT,
    (o, at) => {
      const digits = Buffer.from(o.source.subarray(of(o, at, 2), of(o, at, 3))).toString("latin1");
      for (const char of floatText(digits, of(o, at, 1))) writeByte(o, char.charCodeAt(0));
    },
  ],
  [
    STRING,
    (o, at) => {
      write(o, STRING_OPEN);
      print(o, of(o, at, 1));
      write(o, STRING_CLOSE);
    },
  ],
  [
    FUNCTION_PARAMETER,
    (o, at) => {
      write(o, PARAMETER);
      writeSource(o, of(o, at, 1), of(o, at, 2));
    },
  ],
];
