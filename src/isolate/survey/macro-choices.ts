/** Owns the ways to read a text in which macros have several definitions: which of them holds, the build decides. */
import type { DefinitionOf } from "./expand.js";
import type { MacroBody } from "./macro-bodies.js";

/** So many ways are gone through; of further macros the definitions are taken in turn. */
const MOST = 48;

/**
 * Reads once for each way to choose a definition of every macro that reading asks for. What the first macros are is told apart
 * from what the others are, as `PUT_##DEPTH` takes another depth for each kind of `PUT`.
 */
export function eachChoice(definitionsOf: (name: string) => readonly MacroBody[], read: (definitionOf: DefinitionOf) => void): void {
  const strides = new Map<string, number>();
  let ways = 1;
  for (let way = 0; way < ways; way++) {
    read((name) => {
      const list = definitionsOf(name);
      if (list.length < 2) return list[0];
      const stride = strides.get(name) ?? (ways * list.length <= MOST ? ways : 1);
      if (!strides.has(name)) {
        strides.set(name, stride);
        ways = stride === ways ? ways * list.length : Math.max(ways, Math.min(list.length, MOST));
      }
      return list[Math.floor(way / stride) % list.length];
    });
  }
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
