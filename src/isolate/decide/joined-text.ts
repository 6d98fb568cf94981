/** Owns the text that the parts of a name come to: parameters by their values, calls expanded. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { Paste, PastePart } from "./macro-model.js";
import { flavoredText } from "./name-text.js";
import { spelledAlone } from "./spelled-arguments.js";

/** How deep calls in arguments are expanded. */
export const NESTED = 8;

/** Whether a word that is an argument of a call inside of another gets the flavor where it stands. */
export type HasFlavor = (word: string, macro: string, index: number, end: number) => boolean;

/** Expands the parts of a name; `texts` are the values of the parameters, `missing` stands for those that have none. */
export function joined(
  parts: readonly PastePart[],
  texts: readonly string[],
  missing: string,
  knowledge: MacroKnowledge,
  depth = 0,
  hasFlavor?: HasFlavor,
): string {
  return parts
    .map((part) => {
      if (part.type === "text") return part.text;
      return part.type === "parameter" ? (texts[part.index] ?? missing) : expanded(part, texts, missing, knowledge, depth, hasFlavor);
    })
    .join("");
}

function expanded(
  call: Extract<PastePart, { type: "call" }>,
  texts: readonly string[],
  missing: string,
  knowledge: MacroKnowledge,
  depth: number,
  hasFlavor: HasFlavor | undefined,
): string {
  const definitions = knowledge.definitionsOf(call.macro);
  const [definition] = definitions;
  if (definitions.length !== 1 || definition?.result === undefined || depth > NESTED) return "*";
  const given = call.arguments.map(({ parts, end }, index) => {
    const bare = parts === undefined ? "*" : joined(parts, texts, missing, knowledge, depth + 1, hasFlavor);
    const [only, ...more] = parts ?? [];
    const text =
      only?.type === "text" && more.length === 0 && hasFlavor?.(only.text, call.macro, index, end) === true ? flavoredText(bare) : bare;
    return definition.pastes.some((paste) => joins(paste, index)) ? text : spelledAlone(text, knowledge);
  });
  return joined(definition.result, given, "", knowledge, depth + 1);
}

function joins({ parts }: Paste, index: number): boolean {
  return parts.some((part) => part.type === "parameter" && part.index === index);
}
