/** Owns that a question about macros is asked once: rounds of decisions ask the same ones again, and the files do not change. */
import type { AskMacros } from "./macro-knowledge.js";
import type { MacroAnswer, MacroQuestion } from "./macro-model.js";

/** Gives `ask` with a memory; its answers are read, never changed. */
export function askedOnce(ask: AskMacros): AskMacros {
  const known = new Map<string, Promise<readonly MacroAnswer[]>>();
  return (question) => {
    const key = keyOf(question);
    const answers = known.get(key) ?? ask(question);
    known.set(key, answers);
    return answers;
  };
}

function keyOf({ definitions, uses, tokens }: MacroQuestion): string {
  const places = uses.map(({ macro, file, includes }) => [file, macro, ...(includes ?? [])].join(" "));
  return [definitions.join(" "), places.join("\n"), (tokens ?? []).join(" ")].join("\n\n");
}
