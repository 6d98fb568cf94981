/** Owns the search for global variables that can be written. */
import { definesGlobal } from "../../objects/classes.js";
import { COMMON, sectionNumber, symbolName } from "../../objects/symbols.js";
import type { ObjectFile } from "../../objects/model.js";
import { sectionAt } from "../../objects/sections.js";
import { isCode, isWritable } from "../../objects/targets.js";
import type { FlavorIndex } from "../definitions.js";
import { numberedIn, objectsIn } from "./flavor-objects.js";

/** Names of variables in writable sections, and of tentative ones; each once, in the order of the files. */
export function writableGlobals(index: FlavorIndex): string[] {
  const names = new Set<string>();
  for (const object of objectsIn(index)) addWritable(object, names);
  return [...names];
}

/** Those of `names` that are such variables, where a flavor defines them. */
export function writableAmong(index: FlavorIndex, names: ReadonlySet<string>): ReadonlySet<string> {
  const numbers = new Set<number>();
  for (const name of names) {
    for (const { object, type } of index.definitions.get(name) ?? []) if (!FUNCTIONS.has(type)) numbers.add(object);
  }
  const found = new Set<string>();
  for (const object of numberedIn(index, numbers)) addWritable(object, found, names);
  return found;
}

/** ELF's types of functions, and of those chosen at load time. */
const FUNCTIONS: ReadonlySet<number> = new Set([2, 10]);

function addWritable(object: ObjectFile, found: Set<string>, wanted?: ReadonlySet<string>): void {
  const { symbols } = object;
  for (let symbol = 1; symbol < symbols.count; symbol++) {
    if (!definesGlobal(symbols.classes[symbol] ?? 0)) continue;
    const section = sectionNumber(symbols, symbol);
    if (section !== COMMON && (!isWritable(object, section) || isCode(object, section))) continue;
    const name = symbolName(symbols, symbol);
    if (wanted?.has(name) !== false && !isConstant(object, section, name)) found.add(name);
  }
}

/** Constants that hold addresses are written once, as the program is loaded; so are the tables of classes. */
function isConstant(object: ObjectFile, section: number, name: string): boolean {
  if (/^_?_ZT[VTISC]/.test(name)) return true;
  return section > 0 && /^(?:\.data\.rel\.ro|__DATA,__const|__DATA_CONST,)/.test(sectionAt(object.view, object.sections, section).name);
}
