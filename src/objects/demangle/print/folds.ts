/** Owns the printing of folds over packs, and of their length. */
import { FOLD, SIZEOF_PACK } from "../kinds.js";
import { CAST_LEVEL } from "../precedence.js";
import { text } from "../texts.js";
import { type Printers, of, printOperand } from "./dispatch.js";
import { printExpansion } from "./packs.js";
import { type Printer, inParentheses, write, writeByte } from "./printer.js";

const SIZEOF = text("sizeof...");
const DOTS = text("...");

/** How these kinds are printed. */
export const FOLDS: Printers = [
  [FOLD, fold],
  [
    SIZEOF_PACK,
    (o, at) => {
      write(o, SIZEOF);
      inParentheses(o, () => printExpansion(o, of(o, at, 1)));
    },
  ],
];

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
