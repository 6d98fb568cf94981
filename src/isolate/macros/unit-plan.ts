/** Owns what a unit with the headers of both flavors does between them: which macros are put away, which names are changed. */
import type { SharedMacro, SharedName } from "../../model/isolation-headers.js";
import type { Foreign } from "./check-unit.js";
import type { HeaderTree } from "./header-tree.js";
import { hasNoSymbol } from "./judge-names.js";

export interface UnitPlan {
  /** Guards of the first flavor that the second one's headers also have. */
  readonly guards: readonly string[];
  /** Macros of both that must not reach the second flavor's headers. */
  readonly replaced: readonly HiddenMacro[];
  /** Macros of the first flavor alone that the second one's headers mention: away meanwhile, then back. */
  readonly lent: readonly HiddenMacro[];
  /** Names without a symbol that both declare: the first flavor's get its suffix. */
  readonly renamed: readonly string[];
}

export interface HiddenMacro {
  readonly name: string;
  /** Defined under `#if`: a build may have given it, then it stays. */
  readonly conditional: boolean;
}

/** Plans the unit; `foreign` tells what the system defines and says in the first flavor's headers: that stays. */
export function planUnit(
  trees: readonly [HeaderTree, HeaderTree],
  macros: readonly SharedMacro[],
  names: readonly SharedName[],
  foreign: Foreign,
): UnitPlan {
  const [first, second] = trees;
  const reached = (macro: SharedMacro): boolean =>
    macro.sides.every(({ definitions }, side) => definitions.some(({ file }) => trees[side]?.reached.has(file) === true));
  const both = macros.filter((macro) => reached(macro) && !foreign.macros.has(macro.name));
  return {
    guards: both.filter((macro) => macro.class === "guard").map(({ name }) => name),
    replaced: both.filter(mustBeReplaced).map(hidden),
    lent: lentMacros(first, second).filter(({ name }) => !foreign.macros.has(name)),
    renamed: names
      .filter(({ name, verdict, kind }) => verdict === "rename" && hasNoSymbol(kind) && !foreign.words.has(name))
      .map(({ name }) => name),
  };
}

/**
 * All but two: names of the system that the trees stand in for, and defaults that are the same. The others must go even
 * when they are the same, since headers refuse to find them defined (`#ifdef X` `#error`), or choose by others that differ.
 */
function mustBeReplaced(macro: SharedMacro): boolean {
  if (macro.class === "guard" || isSystems(macro)) return false;
  return macro.class !== "same" || !macro.sides.every(({ definitions }) => definitions.every(({ defaulted }) => defaulted));
}

function isSystems({ name, sides }: SharedMacro): boolean {
  return !/[A-Z]/.test(name) && sides.every(({ definitions }) => definitions.every(({ conditional }) => conditional));
}

function hidden({ name, sides }: SharedMacro): HiddenMacro {
  return { name, conditional: sides.some(({ definitions }) => definitions.some(({ conditional }) => conditional)) };
}

function lentMacros(first: HeaderTree, second: HeaderTree): HiddenMacro[] {
  const defined = new Set([...second.headers.values()].flatMap(({ macros }) => macros.map(({ name }) => name)));
  const mentioned = new Set<number>();
  for (const path of second.reached) for (const id of second.headers.get(path)?.uses ?? []) mentioned.add(id);
  const found = new Map<string, boolean>();
  for (const path of first.reached) {
    for (const { name, defaulted, conditional } of first.headers.get(path)?.macros ?? []) {
      const ofSystem = defaulted || (conditional && !/[A-Z]/.test(name));
      if (!ofSystem && !defined.has(name) && mentioned.has(second.reader.interner.find(name))) found.set(name, conditional);
    }
  }
  return [...found].toSorted().map(([name, conditional]) => ({ name, conditional }));
}
