/** Owns the value of an enumerator in a template: where it depends on the parameters, its text is all there is. */
import { evaluated } from "../constants/evaluate.js";
import { textBehindEquals } from "./initializer.js";

/** Null for one whose value the compiler knows. */
export function dependentValue(text: string, start: number, end: number): string | null {
  const written = textBehindEquals(text, start, end);
  if (written === null) return null;
  return evaluated(written, () => undefined, { long: 8, isCpp: true }) === undefined ? written : null;
}
