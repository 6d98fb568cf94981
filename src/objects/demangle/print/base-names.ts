/** Owns what a class's constructor is called: its last name, without scope, arguments and tags. */
import { ABBREVIATION, ABI_TAG, FRIEND, MODULE_ENTITY, NAME, NESTED, TEMPLATE, TEXT } from "../kinds.js";
import { kindOf } from "../tree.js";
import { writeAbbreviatedBase } from "./abbreviations.js";
import { of, print } from "./dispatch.js";
import type { Printer } from "./printer.js";

export function printBaseName(o: Printer, at: number): void {
  let found = at;
  for (;;) {
    const kind = kindOf(o.tree, found);
    if (kind === NAME || kind === TEXT) return print(o, found);
    if (kind === ABBREVIATION) return writeAbbreviatedBase(o, of(o, found, 1), of(o, found, 2) !== 0);
    if (kind === NESTED || kind === FRIEND || kind === MODULE_ENTITY) found = of(o, found, 2);
    else if (kind === TEMPLATE || kind === ABI_TAG) found = of(o, found, 1);
    else return;
  }
}
