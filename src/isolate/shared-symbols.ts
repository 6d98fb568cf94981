/** Owns what a run says of symbols that keep their names, so that two flavors in one program share them or clash. */
import type { IsolationPlan } from "../model/isolation.js";
import { byText } from "../support/order.js";
import type { AskMacros } from "./decide/macro-knowledge.js";
import { isBound } from "./decide/labelled-symbols.js";
import type { PartResult } from "./engine/part-model.js";
import type { PartSurvey } from "./engine/name-model.js";

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
export async function sharedSections(
  surveys: readonly PartSurvey[],
  isRenamed: (name: string) => boolean,
  ask: AskMacros,
): Promise<string[]> {
  const declared = new Set(surveys.flatMap((survey) => survey.declaredExtern.filter(isBound)));
  const names = [...declared].filter((name) => !isRenamed(name)).toSorted();
  return [
    ...names.map((name) => `'${name}' bounds a section whose name no attribute of the tree spells in a string: ${SHARED}`),
    ...(await builtBounds(surveys, declared, ask)),
  ];
}

const SHARED =
  "it stays, and in one program both flavors find the entries of both; a policy's strings and rename change the section and its bounds";

/** One warning for each word of which macros that are used make the names of bounds. */
async function builtBounds(surveys: readonly PartSurvey[], declared: ReadonlySet<string>, ask: AskMacros): Promise<string[]> {
  const facts = surveys.flatMap(({ macros }) =>
    macros.flatMap((fact) => (fact.kind === "bound" && !declared.has(fact.target) ? [fact] : [])),
  );
  const first = new Map(facts.toSorted((a, b) => byText(b.name, a.name)).map((fact) => [fact.target, fact.name]));
  const found: string[] = [];
  for (const [target, name] of [...first].toSorted(([a], [b]) => byText(a, b)))
    if (await isUsed(name, ask)) found.push(`${name} builds names of a section's bounds, '${target}…', which no token spells: ${SHARED}`);
  return found;
}

/** Whether a macro, or one that has it in its body, stands outside of all definitions. */
async function isUsed(name: string, ask: AskMacros): Promise<boolean> {
  const known = new Set([name]);
  for (const macro of known) {
    const uses = (await ask({ definitions: [], uses: [{ macro, file: -1 }] })).flatMap((answer) => answer.uses);
    if (uses.some(({ within }) => within === undefined)) return true;
    for (const { within } of uses) if (within !== undefined) known.add(within);
  }
  return false;
}

/** Renamed symbols that a string names for a look-up at run time; a policy with rules over strings has seen to them. */
export function lookedUp({ strings }: IsolationPlan, results: readonly PartResult[]): string[] {
  const found = results.flatMap(({ stringized }) => stringized.filter(({ isLookup }) => isLookup === true));
  const places = found.toSorted((a, b) => byText(a.file, b.file) || a.line - b.line);
  if (places.length === 0 || strings.length > 0) return [];
  const shown = places.slice(0, SHOWN).map(({ file, line, name }) => `${file}:${line} '${name}'`);
  const more = places.length > SHOWN ? ` and ${places.length - SHOWN} more` : "";
  const who = places.length === 1 ? "a string names a renamed symbol" : `${places.length} strings name renamed symbols`;
  return [
    `${who} for a look-up at run time, and stay${places.length === 1 ? "s" : ""}; a policy's strings change it: ${shown.join(", ")}${more}`,
  ];
}

/** Places that a warning tells of. */
const SHOWN = 3;
