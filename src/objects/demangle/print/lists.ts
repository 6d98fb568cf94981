/** Owns lists with commas, in which an item may turn out to be an empty pack. */
import { COMMA } from "../precedence.js";
import { itemOf, lengthOf } from "../tree.js";
import { printOperand } from "./dispatch.js";
import { type Printer, writeByte } from "./printer.js";

export function printList(o: Printer, list: number): void {
  let isFirst = true;
  const count = lengthOf(o.tree, list);
  for (let index = 0; index < count; index++) {
    const before = o.length;
    if (!isFirst) comma(o);
    const after = o.length;
    printOperand(o, itemOf(o.tree, list, index), COMMA);
    if (o.length === after) o.length = before;
    else isFirst = false;
  }
}

export function comma(o: Printer): void {
  writeByte(o, 44);
  writeByte(o, 32);
}
