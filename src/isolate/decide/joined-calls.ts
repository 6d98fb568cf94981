/** Owns calls of `CAT(a, b)`, which hands both to `a##b`: where only some of the names it builds get the flavor, they get it by one more call around. */
import type { Built } from "./built-names.js";
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { Insertion, MacroDefinition, PastePart } from "./macro-model.js";
import type { BuildingChain } from "./macro-pastes.js";

/** The insertions that make `CAT(CAT(a, b), _flavor)` of the outermost call of a name; undefined where the macros do not serve. */
export function joinedCall(
  { definition, built }: BuildingChain,
  one: Built,
  grows: (one: Built) => boolean,
  knowledge: MacroKnowledge,
  suffix: string,
): Insertion[] | undefined {
  const { origin, use } = one;
  const joiner = use.within === undefined ? [] : knowledge.definitionsIn(use.within, use.file);
  if (origin.close === undefined || joiner.length === 0 || !joiner.every((around) => isJoiner(around, definition.name))) return undefined;
  const same = built.filter((other) => other.origin === origin);
  if (!same.every((other) => !other.name.includes("*") && grows(other))) return undefined;
  const names = [...new Set(same.map(({ name }) => name))].toSorted();
  return [
    { file: origin.file, offset: origin.offset, text: `${use.within}(`, names: [] },
    { file: origin.file, offset: origin.close, text: `, ${suffix})`, names },
  ];
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
