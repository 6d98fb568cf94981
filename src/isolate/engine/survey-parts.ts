/** Owns the survey of a whole tree: all parts at once, then what their macros together make of it. */
import { isSource } from "../code-files.js";
import { type AssembledNames, assembledNames } from "../decide/assembled-names.js";
import { exportingWord } from "../survey/assembler.js";
import type { MacroBody } from "../survey/macro-bodies.js";
import { macroVerdicts } from "../survey/settle-surveys.js";
import type { MacroFact } from "../survey/macro-facts.js";
import { type NestedFile, treeMacros } from "../survey/scope-macros.js";
import { nestedFiles } from "../visibility/nested-files.js";
import { sharedSources, type SharedSources } from "../visibility/shared-sources.js";
import { longerBy, m4Places } from "../decide/m4-symbols.js";
import { treeGraph } from "../visibility/tree-graph.js";
import type { MacroCalls, Part } from "./part-model.js";
import type { NamedPlace, PartSurvey } from "./name-model.js";

/** What the files of a tree introduce. */
export interface TreeSurvey {
  readonly surveys: readonly PartSurvey[];
  /** What macros of GNU's assembler build; undefined when none builds anything. */
  readonly assembled: AssembledNames | undefined;
  readonly shared: SharedSources;
}

/**
 * The surveys of all parts, in their order; the same whatever files each part has. `paths` are those of all files of the tree.
 * Waits for all, also when one fails.
 */
export async function surveyParts(parts: readonly Part[], paths: readonly string[]): Promise<TreeSurvey> {
  const first = await allOf(parts.map((part) => part.survey()));
  const facts = factsOf(first);
  const shared = await sharedSources(facts, paths, () => treeGraph(parts, paths));
  const surveys = await surveyedAgain(parts, first, paths, shared);
  const calls = await macroCalls(parts, surveys, paths, shared);
  const m4 = await m4Places(
    surveys.flatMap((survey) => survey.m4),
    paths,
    (names) => bodiesBehind(parts, names),
  );
  const aliases = [...aliasedLabels(surveys), ...m4.places];
  const assembled = await assembledBy(parts, facts, paths);
  const built = calls === undefined ? [] : await allOf(parts.map((part) => part.expand(calls)));
  const { settle, namespacesOf } = macroVerdicts(facts);
  const isExtern = externByMacro(facts);
  const declared = new Set(surveys.flatMap(({ declaredExtern }) => declaredExtern));
  const isCall = calledByName(surveys);
  const settled = surveys.map((survey, index) => {
    const made = built[index] ?? [];
    const external = made.filter(
      ({ internal, constant, joinedAt, labelOf, name }) =>
        joinedAt === undefined && labelOf === undefined && internal !== true && (constant !== true || declared.has(name) || isExtern(name)),
    );
    return Object.assign(survey, {
      macros: [...survey.macros, ...made.flatMap(toldSymbol), ...(index === 0 ? m4.open : [])],
      defined: [
        ...survey.defined.filter((place) => !isCall(place)),
        ...external,
        ...survey.constants.filter(({ name }) => isExtern(name)),
        ...(index === 0 ? [...aliases, ...exportedPlaces(assembled)] : []),
      ].flatMap((place) => settle(place) ?? []),
      ...(index === 0 ? { m4Symbols: { names: m4.places.map(({ name }) => name), made: m4.made } } : {}),
      builtInternal: made.flatMap(({ name, internal }) => (internal === true ? [name] : [])),
      constants: survey.constants.flatMap((place) => settle(place) ?? []),
      opened: [...new Set(survey.opened.flatMap(namespacesOf))],
    });
  });
  return { surveys: await withLongerNames(parts, withRenamedVariables(settled, facts)), assembled, shared };
}

/** With the symbols that macros make of names that the tree defines: `lib_open` of `#define open LIB(open)` with `lib_##x`. */
async function withLongerNames(parts: readonly Part[], surveys: readonly PartSurvey[]): Promise<readonly PartSurvey[]> {
  const defines = new Set(surveys.flatMap((survey) => survey.defines));
  const isSymbol = ({ kind, name }: NamedPlace): boolean => (kind === "function" || kind === "variable") && defines.has(name);
  const places = firstPlaces(surveys.flatMap((survey) => survey.defined.filter(isSymbol)));
  if (places.size === 0) return surveys;
  const bodies = (await allOf(parts.map((part) => part.bodies([...places.keys()].toSorted())))).flat();
  const calls = [...new Set(bodies.flatMap(({ body }) => (body.length === 4 && body[1] === "(" ? body.slice(0, 1) : [])))].toSorted();
  if (calls.length === 0) return surveys;
  const joins = (await allOf(parts.map((part) => part.bodies(calls)))).flat();
  const found = [...longerBy([...bodies, ...joins])].flatMap(([name, longer]) => {
    const place = places.get(name);
    return place === undefined ? [] : longer.map((one): NamedPlace => ({ ...place, name: one, isLonger: true }));
  });
  return surveys.map((survey, at) => (at === 0 ? { ...survey, defined: [...survey.defined, ...found] } : survey));
}

/**
 * With the variables that a macro defines under another name: `#define buffer other_buffer` before the file that defines `buffer` is
 * included once more. The other name is declared `extern` somewhere.
 */
function withRenamedVariables(surveys: readonly PartSurvey[], facts: readonly MacroFact[]): readonly PartSurvey[] {
  const defined = firstPlaces(surveys.flatMap((survey) => survey.defined));
  const declared = new Set(surveys.flatMap((survey) => survey.declaredExtern));
  const found = facts.flatMap((fact): NamedPlace[] => {
    if (fact.kind !== "scope" || fact.parameters !== undefined || !isName(fact.body)) return [];
    const [other] = fact.body as [string];
    const place = defined.get(fact.name);
    return place?.kind === "variable" && declared.has(other) && !defined.has(other) ? [{ ...place, name: other }] : [];
  });
  return found.length === 0
    ? surveys
    : surveys.map((survey, at) => (at === 0 ? { ...survey, defined: [...survey.defined, ...found] } : survey));
}

/** The first place of each name in the order of the files, so that nothing depends on which part has which file. */
function firstPlaces(places: readonly NamedPlace[]): Map<string, NamedPlace> {
  const found = new Map<string, NamedPlace>();
  for (const place of places) {
    const known = found.get(place.name);
    if (known === undefined || place.file < known.file || (place.file === known.file && place.line < known.line))
      found.set(place.name, place);
  }
  return found;
}

/** The fact of a name that strings of assembler make together, or that is another symbol of a name. */
function toldSymbol({ name, file, line, joinedAt, labelOf }: NamedPlace): MacroFact[] {
  if (labelOf !== undefined) return [{ kind: "label", name: labelOf, target: name, file, line }];
  return joinedAt === undefined ? [] : [{ kind: "doubtful", name, file, offset: joinedAt, is: "joined" }];
}

function factsOf(surveys: readonly PartSurvey[]): MacroFact[] {
  return surveys.flatMap((survey) => survey.macros).toSorted((a, b) => (a.file ?? 0) - (b.file ?? 0));
}

/** The surveys with what the macros of the tree say, and without what stands in files that are included inside namespaces. */
async function surveyedAgain(
  parts: readonly Part[],
  first: readonly PartSurvey[],
  paths: readonly string[],
  shared: SharedSources,
): Promise<readonly PartSurvey[]> {
  const facts = factsOf(first);
  const resurveyed = async (surveys: readonly PartSurvey[], nested: readonly NestedFile[]): Promise<readonly PartSurvey[]> => {
    const macros = treeMacros(facts, nested, [...shared.keys()]);
    const again = macros === undefined ? [] : await allOf(parts.map((part) => part.resurvey(macros)));
    return surveys.map((survey, index) => again[index] ?? survey);
  };
  const surveys = await resurveyed(first, []);
  const nesting = factsOf(surveys);
  if (!nesting.some(({ kind }) => kind === "nests")) return surveys;
  const nested = nestedFiles(nesting, await treeGraph(parts, paths));
  return nested.length === 0 ? surveys : resurveyed(surveys, nested);
}

/** Whether what looks like a function without a type is the call of a macro. */
function calledByName(surveys: readonly PartSurvey[]): (place: NamedPlace) => boolean {
  const implicit = new Set(
    surveys.flatMap(({ defined }) => defined.flatMap(({ name, isImplicit }) => (isImplicit === true ? [name] : []))),
  );
  if (implicit.size === 0) return () => false;
  const macros = new Set(surveys.flatMap(({ defines }) => defines.filter((name) => implicit.has(name))));
  return ({ name, isImplicit }) => isImplicit === true && macros.has(name);
}

/** Whether the body of a macro may declare the name `extern`. */
function externByMacro(facts: readonly MacroFact[]): (name: string) => boolean {
  const patterns = new Set(facts.flatMap((fact) => (fact.kind === "paste" ? (fact.externs ?? []) : [])));
  if (patterns.size === 0) return () => false;
  const known = [...patterns].map((pattern) => new RegExp(`^${pattern.replaceAll("$", "\\$").replaceAll("*", "\\w*")}$`));
  return (name) => known.some((pattern) => pattern.test(name));
}

/** The names that macros of GNU's assembler build, from the files that call such macros. */
async function assembledBy(
  parts: readonly Part[],
  facts: readonly MacroFact[],
  paths: readonly string[],
): Promise<AssembledNames | undefined> {
  const macros = facts.flatMap((fact) => (fact.kind === "assembling" ? [fact] : []));
  if (macros.every(({ builds }) => !builds)) return undefined;
  const exporters = new Map(
    treeMacros(facts)?.exporters.flatMap(({ name, assembler, when }) => (assembler === "gas" ? [[name, when]] : [])),
  );
  const leads = new Set(macros.flatMap(({ name, builds }) => (builds ? [name] : [])));
  const exports = (word: string): boolean => exporters.has(word) || exportingWord(word) !== undefined;
  for (let size = -1; size !== leads.size;) {
    size = leads.size;
    for (const { name, calls } of macros)
      if (!exporters.has(name) && calls.some((word) => leads.has(word) || exports(word))) leads.add(name);
  }
  const words = [
    ...new Set([
      ...leads,
      ...exporters.keys(),
      ...macros.flatMap(({ calls }) => calls.filter((word) => exportingWord(word) !== undefined)),
    ]),
  ].toSorted();
  const files = (await allOf(parts.map((part) => part.assembled(words)))).flat().toSorted((a, b) => a.file - b.file);
  return assembledNames(files, (file) => paths[file] ?? "", exporters);
}

function exportedPlaces(assembled: AssembledNames | undefined): NamedPlace[] {
  return [...(assembled?.exported ?? [])].map(([name, file]) => ({ name, kind: "asm", file, line: 1, where: "source" }));
}

/** What `%define label other` makes of labels that assembler exports; a register's name has no `_`. */
function aliasedLabels(surveys: readonly PartSurvey[]): NamedPlace[] {
  const exported = new Set(surveys.flatMap(({ defined }) => defined.flatMap(({ name, kind }) => (kind === "asm" ? [name] : []))));
  return surveys.flatMap(({ macros }) =>
    macros.flatMap((fact): NamedPlace[] => {
      if (fact.kind !== "alias" || !exported.has(fact.name) || !fact.target.includes("_")) return [];
      return [{ name: fact.target, kind: "asm", file: fact.file ?? 0, line: fact.line, where: "source" }];
    }),
  );
}

/** Macros within macros are followed so far. */
const ROUNDS = 8;

/** The macros whose calls between declarations may join a name, or name a function; undefined when there is none. */
async function macroCalls(
  parts: readonly Part[],
  surveys: readonly PartSurvey[],
  paths: readonly string[],
  shared: SharedSources,
): Promise<MacroCalls | undefined> {
  const isRenaming = ({ kind, file = 0 }: MacroFact): boolean => shared.size > 0 && kind === "wraps" && isSource(paths[file] ?? "");
  const making = new Set(
    surveys.flatMap(({ macros }) => macros.flatMap((fact) => (makesNames(fact) || isRenaming(fact) ? [fact.name] : []))),
  );
  if (making.size === 0) return undefined;
  const labels = [...new Set(surveys.flatMap(({ macros }) => macros.flatMap(labelling)))].toSorted();
  const called = [...new Set(surveys.flatMap((survey) => survey.called))].toSorted();
  const bodies = await bodiesBehind(parts, [...new Set([...called, ...labels])].toSorted());
  const leads = leadingTo(bodies, making);
  const roots = called.filter((name) => leads.has(name));
  const seenBy = new Map([...shared].map(([file, seen]) => [file, { seenBy: [...seen].toSorted((a, b) => a - b) }]));
  const seen = bodies.map((body) => Object.assign(body, seenBy.get(body.file)));
  return roots.length + labels.length === 0 ? undefined : { roots, labels, bodies: seen };
}

/** The name of a macro that makes symbols by a pragma. */
function labelling(fact: MacroFact): string[] {
  return fact.kind === "head" && fact.labels === true ? [fact.name] : [];
}

/** Macros that join a name, take one as argument, or stand for one: `#define INIT lib_init`. */
function makesNames(fact: MacroFact): boolean {
  return fact.kind === "paste" || fact.kind === "head" || (fact.kind === "scope" && fact.parameters === undefined && isName(fact.body));
}

function isName(body: readonly string[]): boolean {
  return body.length === 1 && /^[A-Za-z_]/.test(body[0] ?? "");
}

/** All definitions of the macros and of those in their bodies, in the order of the files. */
async function bodiesBehind(parts: readonly Part[], names: readonly string[]): Promise<MacroBody[]> {
  const asked = new Set<string>();
  /** A macro may be asked for by its name and, in another round, by its beginning. */
  const known = new Set<string>();
  const found: MacroBody[] = [];
  let wanted = names;
  for (let round = 0; round < ROUNDS && wanted.length > 0; round++) {
    for (const name of wanted) asked.add(name);
    const asking = wanted;
    const answers = (await allOf(parts.map((part) => part.bodies(asking)))).flat().filter(({ name }) => !known.has(name));
    for (const { name } of answers) known.add(name);
    found.push(...answers);
    wanted = [...new Set(answers.flatMap(wordsIn))].filter((word) => /^[A-Za-z_]/.test(word) && !asked.has(word)).toSorted();
  }
  return found.toSorted((a, b) => a.file - b.file);
}

/** The words of a body; `NAME_*` for `NAME_##parameter`, which may be another macro's name. */
function wordsIn({ body, parameters }: MacroBody): string[] {
  const isJoined = (at: number): boolean => body[at + 1] === "##" && parameters?.includes(body[at + 2] ?? "") === true;
  return body.flatMap((word, at) => (isJoined(at) && parameters?.includes(word) !== true ? [word, `${word}*`] : [word]));
}

/** The macros that make names, or have such a macro in a body. */
function leadingTo(bodies: readonly MacroBody[], making: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(bodies.flatMap(({ name }) => (making.has(name) ? [name] : [])));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { name, body } of bodies) if (!found.has(name) && body.some((word) => found.has(word))) found.add(name);
  }
  return found;
}

async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
