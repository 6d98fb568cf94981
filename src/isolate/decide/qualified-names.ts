/**
 * Owns which global names `ns::name` may denote: those that the tree declares with C linkage inside a namespace, in words or by a macro that joins
 * them. What a macro joins gets the flavor wherever it is called, so its qualified uses do.
 */
import type { PartSurvey } from "../engine/name-model.js";
import type { Paste } from "./macro-model.js";

/** Less than that of a name tells nothing. */
const FEWEST_LETTERS = 3;

/** May repeat names; `unresolved`: declared so, and defined nowhere at global scope. */
export function namesInside(surveys: readonly PartSurvey[], unresolved: ReadonlySet<string>): string[] {
  const declared = new Set(surveys.flatMap((survey) => survey.declaredC));
  const places = surveys.flatMap((survey) => survey.defined);
  const isJoined = surveys.some(({ spaces }) => spaces.length > 0) ? joinedBy(surveys) : () => false;
  return [
    ...unresolved,
    ...places.flatMap(({ name, kind, isInside }) => {
      if (isInside === true || declared.has(name)) return [name];
      return (kind === "function" || kind === "variable") && isJoined(name) ? [name] : [];
    }),
  ];
}

/** Whether a macro of the tree may join the name. */
function joinedBy(surveys: readonly PartSurvey[]): (name: string) => boolean {
  const patterns = new Set(surveys.flatMap(({ pasting }) => pasting.flatMap(({ pastes }) => pastes.flatMap(patternOf))));
  const known = [...patterns].map((pattern) => new RegExp(`^${pattern}$`));
  return (name) => known.some((pattern) => pattern.test(name));
}

function patternOf({ parts }: Paste): string[] {
  const texts = parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  if (texts.join("").length < FEWEST_LETTERS || texts.some((text) => !/^\w+$/.test(text))) return [];
  return [parts.map((part) => (part.type === "text" ? part.text : "\\w*")).join("")];
}
