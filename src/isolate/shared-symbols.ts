/** Owns what a run says of symbols that keep their names, so that two flavors in one program share them or clash. */
import type { IsolationPlan } from "../model/isolation.js";
import { isBound } from "./decide/labelled-symbols.js";
import type { PartSurvey } from "./engine/part-model.js";

/** Names that are the compiler's and the system's by the languages' rules, and which the tree defines. */
export function reservedNames(
  surveys: readonly PartSurvey[],
  { keep }: IsolationPlan,
  isRenamed: (name: string) => boolean,
  files: readonly string[],
): string[] {
  const found = surveys
    .flatMap(({ defined }) => defined)
    .filter(
      ({ name, kind }) => name.startsWith("__") && kind !== "type" && kind !== "enumeration" && !isRenamed(name) && !name.startsWith("__Z"),
    )
    .toSorted((a, b) => a.file - b.file || a.line - b.line);
  const [first] = found;
  if (first === undefined || keep.some(({ match }) => match.some((pattern) => pattern.includes("__")))) return [];
  const names = new Set(found.map(({ name }) => name));
  const many = names.size === 1 ? "a symbol that begins" : `${names.size} symbols that begin`;
  return [
    `${many} with '__' may be the compiler's or the system's and keep${names.size === 1 ? "s its name" : " their names"}: '${first.name}', ${files[first.file]}:${first.line}; a policy's rename takes what is the library's, its keep says that all is well`,
  ];
}

/** Sections whose entries both flavors of one program would find, as their names are not renamed. */
export function sharedSections(surveys: readonly PartSurvey[], isRenamed: (name: string) => boolean): string[] {
  const names = new Set(surveys.flatMap((survey) => survey.declaredExtern.filter(isBound)));
  return [...names]
    .filter((name) => !isRenamed(name))
    .toSorted()
    .map(
      (name) =>
        `'${name}' bounds a section whose name no attribute of the tree spells in a string: it stays, and in one program both flavors find the entries of both; a policy's strings and rename change the section and its bounds`,
    );
}
