/** Owns calls of `CAT(a, b)`, which hands both to `a##b`: where only some of the names it builds get the flavor, they get it by one more call around. */
import type { Built } from "./built-names.js";
import { endsName } from "./given-texts.js";
import { hasParameter, type MacroKnowledge } from "./macro-knowledge.js";
import type { Insertion, MacroDefinition, MacroUse, PastePart } from "./macro-model.js";
import type { BuildingChain } from "./macro-pastes.js";

/**
 * The insertions that make `CAT(CAT(a, b), _flavor)` of a call that gives nothing but the name, the outermost one that serves; undefined
 * where none does.
 */
export function joinedCall(
  { definition, built }: BuildingChain,
  { use, trail }: Built,
  grows: (one: Built) => boolean,
  knowledge: MacroKnowledge,
  suffix: string,
): Insertion[] | undefined {
  const joiner = use.within === undefined ? [] : knowledge.definitionsIn(use.within, use.file);
  if (joiner.length === 0 || !joiner.every((around) => isJoiner(around, definition.name))) return undefined;
  for (let at = wholeCalls(trail, knowledge); at > 0; at--) {
    const call = trail[at] as MacroUse;
    const place = builtAt(built, at).get(keyOf(call));
    if (place === undefined) continue;
    const names = (place.names ??= namesAt(call, place.built, grows, knowledge));
    if (names.length === 0 || call.close === undefined) continue;
    return [
      { file: call.file, offset: call.offset, text: `${use.within}(`, names: [] },
      { file: call.file, offset: call.close, text: `, ${suffix})`, names },
    ];
  }
  return undefined;
}

/** The names that a call gives, if all of them may get the flavor there; else none. */
function namesAt(call: MacroUse, built: readonly Built[], grows: (one: Built) => boolean, knowledge: MacroKnowledge): string[] {
  if (call.close === undefined || !built.every((other) => !other.name.includes("*") && grows(other))) return [];
  if (call.within !== undefined && !endsNames(call.within, knowledge, new Set())) return [];
  return [...new Set(built.map(({ name }) => name))].toSorted();
}

/** The macro of a call when it does nothing but hand both its arguments to `inner`, expanded. */
export function joinerOf({ macro, file }: MacroUse, inner: string, knowledge: MacroKnowledge): string | undefined {
  const joiner = knowledge.definitionsIn(macro, file);
  return joiner.length > 0 && joiner.every((around) => isJoiner(around, inner)) ? macro : undefined;
}

/** How many calls around the chain's own give the name and nothing else: the macros around stand for the call further inside alone. */
function wholeCalls(trail: readonly MacroUse[], knowledge: MacroKnowledge): number {
  const isWhole = ({ macro, within, file }: MacroUse): boolean => {
    const around = within === undefined ? [] : knowledge.definitionsIn(within, file);
    return around.length > 0 && around.every(({ result }) => isCallOf(result, macro));
  };
  let at = 1;
  while (at + 1 < trail.length && isWhole(trail[at] as MacroUse)) at++;
  return Math.min(at, trail.length - 1);
}

/** Whether what the calls of a macro give, and those of macros around that hand their parameters on to it, is in no place a part of a name. */
function endsNames(macro: string, knowledge: MacroKnowledge, seen: Set<string>): boolean {
  seen.add(macro);
  const uses = knowledge.definitionsOf(macro).flatMap((definition) => knowledge.usesOf(macro, definition));
  return uses.every((use) => {
    const { within } = use;
    const isOuter = within !== undefined && !seen.has(within) && use.arguments?.some(hasParameter) === true;
    return endsName(use, knowledge) && (!isOuter || endsNames(within, knowledge, seen));
  });
}

function isCallOf(result: readonly PastePart[] | undefined, macro: string): boolean {
  const [call, ...more] = result ?? [];
  return call?.type === "call" && call.macro === macro && more.length === 0;
}

/** By names that chains build, and by how far outwards: those of each call there. */
const byCall = new WeakMap<readonly Built[], Map<number, Map<string, Given>>>();

interface Given {
  readonly built: Built[];
  /** Once they are asked for. */
  names?: readonly string[];
}

function builtAt(built: readonly Built[], at: number): Map<string, Given> {
  const known = byCall.get(built) ?? new Map<number, Map<string, Given>>();
  byCall.set(built, known);
  const found = known.get(at) ?? new Map<string, Given>();
  if (known.has(at)) return found;
  known.set(at, found);
  for (const one of built) {
    const use = one.trail[at];
    if (use === undefined) continue;
    const list = found.get(keyOf(use));
    if (list === undefined) found.set(keyOf(use), { built: [one] });
    else list.built.push(one);
  }
  return found;
}

function keyOf({ file, offset }: MacroUse): string {
  return `${file}/${offset}`;
}

/** `#define CAT(a, b) JOIN(a, b)`, which nothing ends: the arguments are expanded before they are joined. */
function isJoiner({ parameters, variadic, result, ends }: MacroDefinition, inner: string): boolean {
  const [call, ...more] = result ?? [];
  if (ends === true) return false;
  if (parameters?.length !== 2 || variadic || call?.type !== "call" || more.length > 0 || call.macro !== inner) return false;
  return call.arguments.length === 2 && call.arguments.every(({ parts }, at) => isParameter(parts, at));
}

function isParameter(parts: readonly PastePart[] | undefined, index: number): boolean {
  const [only, ...more] = parts ?? [];
  return more.length === 0 && only?.type === "parameter" && only.index === index;
}
