/** Owns the choice of what a whole tree renames: names discovered in all parts, names that the plan's globs match. */
import type { IsolationPlan } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { anyNameGlob } from "../../support/glob.js";
import { nearest } from "../../support/nearest.js";
import type { Decision, DeclaredPlace, NamedPlace, PartAnswer, PartQuestion, PartSurvey } from "../engine/part-model.js";
import { isFixedName } from "./system-names.js";

/** What all parts are asked once their surveys are there; `namespaces` are the plan's. */
export function questionOf(surveys: readonly PartSurvey[], namespaces: readonly string[]): PartQuestion {
  const defined = new Set(surveys.flatMap((survey) => survey.defined.map(({ name }) => name)));
  const constants = surveys.flatMap((survey) => survey.constants.map(({ name }) => name));
  const unresolved = new Set(surveys.flatMap((survey) => survey.declaredC).filter((name) => !defined.has(name)));
  const matching = surveys.flatMap((survey) => survey.matching);
  return {
    candidates: [...new Set([...namespaces, ...defined, ...constants, ...unresolved, ...matching])].toSorted(),
    unresolved: [...unresolved].toSorted(),
  };
}

/**
 * The names that the tree defines, each with all places of its definition: functions and variables with external
 * linkage at global scope or with C linkage in a namespace, types at global scope, exported assembler labels. Never
 * names that are only declared, and never the system's.
 */
export function discovered(surveys: readonly PartSurvey[], answers: readonly PartAnswer[]): Map<string, NamedPlace[]> {
  const declaredExtern = new Set(surveys.flatMap((survey) => survey.declaredExtern));
  const places = [
    ...surveys.flatMap((survey) => survey.defined),
    ...surveys.flatMap((survey) => survey.constants.filter(({ name }) => declaredExtern.has(name))),
    ...answers.flatMap((answer) => answer.namespaced),
  ];
  const found = new Map<string, NamedPlace[]>();
  for (const place of places.toSorted((a, b) => a.file - b.file || a.line - b.line)) {
    if (isFixedName(place.name)) continue;
    const known = found.get(place.name);
    if (known === undefined) found.set(place.name, [place]);
    else known.push(place);
  }
  return found;
}

/** Decides for the whole tree. */
export function decideNames(plan: IsolationPlan, suffix: string, surveys: readonly PartSurvey[], answers: readonly PartAnswer[]): Decision {
  const isKept = anyNameGlob(plan.keep.filter(({ files }) => files.length === 0).flatMap(({ match }) => match));
  const mayRename = (name: string): boolean => !isKept(name) && !name.endsWith(suffix) && !plan.namespaces.includes(name);
  const members = new Set(answers.flatMap((answer) => answer.members));
  const everywhere = new Set(surveys.flatMap((survey) => survey.matching).filter(mayRename));
  const declared = byName(answers.flatMap((answer) => answer.declared));
  const inFiles: [string, number[]][] = [];
  for (const [name, places] of discovered(surveys, answers)) {
    if (everywhere.has(name) || !mayRename(name)) continue;
    const known = [...places, ...(declared.get(name) ?? [])];
    const reach = members.has(name) ? reachOf(places, known) : "everywhere";
    if (reach === "everywhere") everywhere.add(name);
    else if (reach === "in-files") inFiles.push([name, [...new Set(known.map(({ file }) => file))]]);
  }
  return { everywhere: [...everywhere].toSorted(), inFiles, nested: surveys.flatMap((survey) => survey.nested) };
}

function byName(places: readonly DeclaredPlace[]): Map<string, DeclaredPlace[]> {
  const found = new Map<string, DeclaredPlace[]>();
  for (const place of places) found.set(place.name, [...(found.get(place.name) ?? []), place]);
  return found;
}

/**
 * Where a name is renamed that is also the name of members: only where it is defined or declared, when no header has it; nowhere,
 * when it comes from fragments (which others include inside a namespace) or is an enumeration (which makes no symbol).
 */
function reachOf(places: readonly NamedPlace[], known: readonly DeclaredPlace[]): "everywhere" | "in-files" | "nowhere" {
  if (known.every(({ where }) => where === "source")) return "in-files";
  if (places.every(({ where, kind }) => where === "fragment" || kind === "enumeration")) return "nowhere";
  return "everywhere";
}

/** Throws `input-invalid` for a namespace of the plan that no file opens. */
export function requireNamespaces(namespaces: readonly string[], suffix: string, surveys: readonly PartSurvey[]): void {
  const opened = new Set(surveys.flatMap((survey) => survey.opened));
  for (const namespace of namespaces) {
    if (opened.has(namespace) || opened.has(namespace + suffix)) continue;
    const near = nearest(namespace, [...opened].toSorted());
    throw new UnforkError("input-invalid", `no file of the tree opens a namespace '${namespace}'`, {
      hint: near === undefined ? "check the namespaces of the isolation plan" : `did you mean '${near}'?`,
      context: { namespace },
    });
  }
}
