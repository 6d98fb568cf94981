/** Owns symbols that only a string or a pragma spells: `int f(void) asm("g");` makes `g` one of the tree where it defines `f`. */
import type { NamedPlace, PartAnswer, PartSurvey } from "../engine/part-model.js";

interface Label {
  readonly of: string;
  readonly place: NamedPlace;
}

function labelsOf(surveys: readonly PartSurvey[]): Label[] {
  return surveys.flatMap(({ macros }) =>
    macros.flatMap((fact): Label[] => {
      if (fact.kind !== "label") return [];
      const { name, target, line, file = 0 } = fact;
      return [{ of: name, place: { name: target, kind: "asm", file, line: line ?? 1, where: "source" } }];
    }),
  );
}

/** Names whose definition decides about a label; they may stand inside namespaces. */
export function labelledNames(surveys: readonly PartSurvey[]): string[] {
  return labelsOf(surveys).map(({ of }) => of);
}

/** The symbols of names that the tree defines, each with the place that spells it. */
export function labelledPlaces(surveys: readonly PartSurvey[], answers: readonly PartAnswer[]): NamedPlace[] {
  const labels = labelsOf(surveys);
  if (labels.length === 0) return [];
  const defined = new Set(
    [...surveys, ...answers].flatMap((one) => ("defined" in one ? one.defined : one.namespaced).map(({ name }) => name)),
  );
  return labels.flatMap(({ of, place }) =>
    defined.has(of) && /^[A-Za-z_]\w*$/.test(place.name) && !/^_{1,2}Z/.test(place.name) ? [place] : [],
  );
}
