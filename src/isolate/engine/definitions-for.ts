/** Owns which definitions of a macro hold in a file, for calls that define names. */
import { basename } from "node:path/posix";

import { isSource } from "../code-files.js";
import { withoutBlocks } from "../survey/body-blocks.js";
import type { MacroBody } from "../survey/macro-bodies.js";
import { differing } from "../survey/macro-choices.js";
import type { KnownMacros } from "./known-statements.js";
import type { CodeFile } from "./part-load.js";
import type { PartFile } from "./part-model.js";

/** The definitions that hold in a file: its own if it has some, else those of headers and of the sources that include it. */
export function definitionsFor(
  { file, language }: Pick<CodeFile, "file" | "language">,
  bodies: ReadonlyMap<string, readonly MacroBody[]>,
): KnownMacros {
  const fileName = basename(file.path);
  const holds = ({ local, includes, seenBy }: MacroBody): boolean =>
    seenBy?.includes(file.index) ?? (!local || includes.includes(fileName));
  const cache = new Map<string, readonly MacroBody[]>();
  return (name) => {
    const cached = cache.get(name);
    if (cached !== undefined) return cached;
    const all = (bodies.get(name) ?? []).filter(
      (body) => (body.inner !== true || (body.file === file.index && body.ends !== true)) && !isLonger(body),
    );
    const own = all.filter((body) => body.file === file.index);
    const meant = own.length > 0 ? [...own, ...beforeDefaults(own, all.filter(holds))] : all.filter(holds);
    const named = meant.map((body) => (givesName(body, file) ? givingName(body) : body));
    const chosen = all.length === 0 && isSwitch(name) ? SWITCH : differing(language === "c" ? named.map(forC) : named);
    cache.set(name, chosen);
    return chosen;
  };
}

/** `#define lib_open lib_open_REAL` of a header: what is defined as `lib_open` has that symbol, too, which labelled-symbols.ts tells. */
function isLonger({ name, parameters, body: [word = "", ...more], local }: MacroBody): boolean {
  if (local || parameters !== undefined || more.length > 0 || !/[a-z]/.test(name)) return false;
  return word.length > name.length && (word.startsWith(name) || word.endsWith(name));
}

/** Where a file defines a macro for the case that nobody has: what the sources that include it say. */
function beforeDefaults(own: readonly MacroBody[], others: readonly MacroBody[]): readonly MacroBody[] {
  return own.every(({ isDefault }) => isDefault === true) ? others.filter((body) => body.local && !own.includes(body)) : [];
}

/**
 * In small letters another file may end the macro before it declares a function of that name; not one that renames what a source
 * defines, for which it includes that source: `#define f f_16` before `#include "f.c"`.
 */
function givesName({ name, parameters, file, local, includes, ends }: MacroBody, here: PartFile): boolean {
  if (file !== here.index && local && isSource(here.path) && includes.includes(basename(here.path))) return true;
  return parameters === undefined && (/^[A-Z][A-Z0-9_]*$/.test(name) || (file === here.index && ends !== true));
}

const giving = new WeakMap<MacroBody, MacroBody>();

function givingName(macro: MacroBody): MacroBody {
  const known = giving.get(macro) ?? { ...macro, givesName: true };
  giving.set(macro, known);
  return known;
}

/** What a build says of itself by a macro of such a name is 0 or 1. */
function isSwitch(name: string): boolean {
  return /^(?:CONFIG|HAVE|ENABLE|USE|WITH)_[A-Z0-9_]+$/.test(name);
}

const SWITCH: readonly MacroBody[] = ["1", "0"].map((value) => ({
  name: "",
  file: -1,
  local: false,
  includes: [],
  parameters: undefined,
  body: [value],
}));

const shortened = new WeakMap<MacroBody, MacroBody>();

/** The macro without the blocks of functions, in which C declares nothing for others. */
function forC(macro: MacroBody): MacroBody {
  if (!macro.body.includes("{")) return macro;
  const known = shortened.get(macro) ?? { ...macro, body: withoutBlocks(macro.body) };
  shortened.set(macro, known);
  return known;
}
