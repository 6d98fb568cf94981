/** Owns the ways to read a text in which macros have several definitions: which of them holds, the build decides. */
import type { DefinitionOf } from "./expand.js";
import type { MacroBody } from "./macro-bodies.js";

/** So many ways are gone through; where there are more, these are spread over the definitions of the macros that were asked for last. */
const MOST = 512;

/** So many ways in a row that tell nothing new are enough, once not all are gone through. */
const PATIENCE = 64;

/** By these the ways are spread: multiples of irrational numbers meet all parts of a range evenly, and each other's as well. */
const SPREAD = [2, 3, 5, 7, 11, 13, 17, 19].map((prime) => Math.sqrt(prime));

/**
 * Reads once for each way to choose a definition of every macro that reading asks for. What the first macros are is told apart
 * from what the others are, as `PUT_##DEPTH` takes another depth for each kind of `PUT`. `read` gives whether the way told anything new.
 */
export function eachChoice(definitionsOf: (name: string) => readonly MacroBody[], read: (definitionOf: DefinitionOf) => boolean): void {
  const strides = new Map<string, number>();
  let [ways, idle, isSpread] = [1, 0, false];
  for (let way = 0; way < ways; way++) {
    if (isSpread && idle >= PATIENCE) break;
    const isNew = read((name) => {
      const list = definitionsOf(name);
      if (list.length < 2) return list[0];
      const known = strides.get(name);
      const stride = known ?? (ways * list.length <= MOST && !isSpread ? ways : -strides.size);
      if (known === undefined) {
        strides.set(name, stride);
        isSpread ||= stride <= 0;
        ways = isSpread ? MOST : ways * list.length;
      }
      return list[stride > 0 ? Math.floor(way / stride) % list.length : spread(way, -stride, list.length)];
    });
    idle = isNew ? 0 : idle + 1;
  }
}

/** One of `count` for each way, another row for each macro. */
function spread(way: number, macro: number, count: number): number {
  const at = way * (SPREAD[macro % SPREAD.length] as number);
  return Math.floor((at - Math.floor(at)) * count);
}

/** Of definitions that give the same, or nothing but attributes, one each. */
export function differing(definitions: readonly MacroBody[]): readonly MacroBody[] {
  if (definitions.length < 2) return definitions;
  return [...new Map(definitions.map((one) => [meaningOf(one), one])).values()];
}

function meaningOf({ parameters, body }: MacroBody): string {
  const [first = "__attribute__"] = body;
  if (parameters === undefined && ATTRIBUTE.test(first)) return "";
  return [...(parameters ?? []), "", ...body].join(" ");
}

const ATTRIBUTE = /^(?:__attribute(?:__)?|__declspec|inline|__inline(?:__)?|__forceinline)$/;
