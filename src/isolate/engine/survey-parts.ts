/** Owns the survey of a whole tree: all parts at once, then what their macros together make of it. */
import { macroVerdicts } from "../survey/settle-surveys.js";
import { treeMacros } from "../survey/scope-macros.js";
import type { Part, PartSurvey } from "./part-model.js";

/** The surveys of all parts, in their order; the same whatever files each part has. Waits for all, also when one fails. */
export async function surveyParts(parts: readonly Part[]): Promise<PartSurvey[]> {
  const first = await allOf(parts.map((part) => part.survey()));
  const facts = first.flatMap((survey) => survey.macros);
  const macros = treeMacros(facts);
  const again = macros === undefined ? [] : await allOf(parts.map((part) => part.resurvey(macros)));
  const { settle, namespaceOf } = macroVerdicts(facts);
  return first.map((survey, index) => {
    const found = again[index] ?? survey;
    return {
      ...found,
      defined: found.defined.flatMap((place) => settle(place) ?? []),
      constants: found.constants.flatMap((place) => settle(place) ?? []),
      opened: [...new Set(found.opened.map(namespaceOf))],
    };
  });
}

async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
