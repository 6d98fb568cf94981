/** Owns the text that the parts of a name come to: parameters by their values, calls expanded. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { MacroDefinition, Paste, PastePart } from "./macro-model.js";
import { flavoredText } from "./name-text.js";
import { spelledAlone } from "./spelled-arguments.js";

/** How deep calls in arguments are expanded. */
export const NESTED = 8;

/** By macro: the one of several definitions that calls in arguments mean. */
export type Choice = ReadonlyMap<string, MacroDefinition>;

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
  choice?: Choice,
): string {
  return parts
    .map((part) => {
      if (part.type === "text") return part.text;
      return part.type === "parameter"
        ? (texts[part.index] ?? missing)
        : expanded(part, texts, missing, knowledge, depth, hasFlavor, choice);
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
  choice: Choice | undefined,
): string {
  const definitions = knowledge.definitionsOf(call.macro);
  const chosen = choice?.get(call.macro);
  const [definition] = chosen === undefined ? definitions : [chosen];
  if (definition?.result === undefined || depth > NESTED) return "*";
  if (chosen === undefined && !definitions.every((other) => isAlike(other, definition))) return "*";
  const given = call.arguments.map(({ parts, end }, index) => {
    const bare = parts === undefined ? "*" : joined(parts, texts, missing, knowledge, depth + 1, hasFlavor, choice);
    const [only, ...more] = parts ?? [];
    const text =
      only?.type === "text" && more.length === 0 && hasFlavor?.(only.text, call.macro, index, end) === true ? flavoredText(bare) : bare;
    return definition.pastes.some((paste) => joins(paste, index)) ? text : spelledAlone(text, knowledge);
  });
  return joined(definition.result, given, "", knowledge, depth + 1, undefined, choice);
}

/**
 * The ways to take the definitions of macros that arguments call: one, which chooses nothing, unless a macro of several definitions is
 * called; then one for each, of the first such macro.
 */
export function choicesFor(
  calls: readonly (readonly PastePart[] | undefined)[],
  file: number,
  knowledge: MacroKnowledge,
): readonly (Choice | undefined)[] {
  for (const part of calls.flatMap((parts) => parts ?? [])) {
    if (part.type !== "call") continue;
    const definitions = knowledge.definitionsIn(part.macro, file);
    const [first, ...others] = definitions;
    if (first === undefined || others.every((other) => isAlike(other, first))) continue;
    const isJoin = ({ result, parameters }: MacroDefinition): boolean =>
      result !== undefined && parameters?.length === part.arguments.length;
    if (definitions.length <= CHOICES && definitions.every(isJoin)) return definitions.map((one) => new Map([[part.macro, one]]));
  }
  return NO_CHOICE;
}

const CHOICES = 8;
const NO_CHOICE: readonly (Choice | undefined)[] = [undefined];

/** What definitions stand for, as text. */
const bodies = new WeakMap<MacroDefinition, string>();

/** Whether both stand for the same. */
function isAlike(one: MacroDefinition, other: MacroDefinition): boolean {
  return one === other || bodyOf(one) === bodyOf(other);
}

function bodyOf(definition: MacroDefinition): string {
  const body = bodies.get(definition) ?? JSON.stringify(definition.result) ?? "";
  bodies.set(definition, body);
  return body;
}

function joins({ parts }: Paste, index: number): boolean {
  return parts.some((part) => part.type === "parameter" && part.index === index);
}
