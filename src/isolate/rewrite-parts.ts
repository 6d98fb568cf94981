/** Owns the course of a run over the parts of a tree: survey, refusals, decision, writing. */
import { languageOf } from "./code-files.js";
import { basename } from "node:path/posix";

import type { IsolationPlan } from "../model/isolation.js";
import { UnforkError } from "../support/errors.js";
import { byText } from "../support/order.js";
import { buildFileWarnings } from "./build-files-naming.js";
import { madeFrom } from "./code-files.js";
import { bearsFlavor, checkFresh, endsByItself, refuseOtherFlavor } from "./check-request.js";
import { askedOnce } from "./decide/asked-once.js";
import { decideNames, discovered, questionOf, requireNamespaces, sharedNames, withMacros } from "./decide/decide-names.js";
import { limitSuspects } from "./decide/limit-suspects.js";
import { settleAssembled } from "./decide/settle-assembled.js";
import { settleWords } from "./decide/settle-words.js";
import type { Decision, Part, PartOutput, PartResult, SplitName, StringizedName } from "./engine/part-model.js";
import type { NamedPlace, PartAnswer, PartSurvey } from "./engine/name-model.js";
import { noting, type RunCourse } from "./engine/run-course.js";
import { surveyParts } from "./engine/survey-parts.js";
import type { PathChanges } from "./paths/plan-paths.js";
import { seeing } from "./visibility/seen-files.js";
import { treeGraph } from "./visibility/tree-graph.js";
import { lookedUp, reservedNames, sharedSections } from "./shared-symbols.js";
import { scriptWarnings } from "./scripts-naming.js";
import { sharedWarnings } from "./shared-naming.js";
import { undefinedNames } from "./undefined-names.js";
import { nameRulesOf } from "./name-rules.js";
import { lookAround, type Surroundings } from "./visibility/look-around.js";
import { type MatchableTree, idleRules, refuseContradictions } from "./policy/check-matches.js";
import { splitNames } from "./policy/split-names.js";

export interface RewriteRequest {
  readonly plan: IsolationPlan;
  /** The namespaces of the plan that the user named: the tree must open each. Default: all of the plan. */
  readonly asked?: readonly string[];
  readonly flavor: string;
  readonly source: string;
  /** Paths of all files of the tree. */
  readonly files: readonly string[];
  /** The user says that the tree is an original one, whatever its names look like. */
  readonly isOriginal: boolean;
  /** Names that an earlier run of the flavor renamed already: their new names are in the tree rightly. */
  readonly isKnown: (name: string) => boolean;
  /** Include lines that follow renamed files. */
  readonly paths?: PathChanges;
}

export interface Rewritten {
  readonly results: readonly PartResult[];
  /** Whether names of the input bore the flavor already. */
  readonly wasFlavored: boolean;
  readonly kindOf: (name: string) => string | undefined;
  /** Whether the name is a template, or stands for several functions: nothing else can refer to it as a whole. */
  readonly isMany?: (name: string) => boolean;
  /** Whether a C source defines it. */
  readonly isInC?: (name: string) => boolean;
  readonly warnings: readonly string[];
  readonly course: RunCourse;
}

/** Runs all parts; nothing is written before `created` has settled. Throws what {@link PartResult}s and the policy's checks do. */
export async function rewriteParts(
  { plan, asked, flavor, source, files, isOriginal, isKnown, paths }: RewriteRequest,
  allParts: readonly Part[],
  output: PartOutput,
  created: Promise<void>,
): Promise<Rewritten> {
  const suffix = `_${flavor}`;
  const course = noting(allParts);
  const { parts } = course;
  const { surveys, assembled, shared } = await surveyParts(parts, files);
  const opened = [...new Set(surveys.flatMap((survey) => survey.opened))];
  const question = questionOf(surveys, plan.namespaces);
  const answers = await allOf(parts.map((part) => part.answer(question)));
  const found = discovered(surveys, answers);
  const bearing = { flavor, opened, namespaces: plan.namespaces, names: [...found.keys()] };
  const mayEndIn = (name: string, word: string): boolean => endsByItself(found.get(name) ?? [], word, files);
  if (!isOriginal) refuseOtherFlavor({ source, ...bearing, mayEndIn });
  requireNamespaces(asked ?? plan.namespaces, suffix, surveys);
  const tree: MatchableTree = {
    files,
    matching: [...new Set(surveys.flatMap((survey) => survey.matching))],
    external: [...found.keys(), ...opened, ...(paths?.kept ?? [])],
  };
  refuseContradictions(plan, tree);
  const around = await lookAround(sharedNames(plan, suffix, found, answers), files, parts);
  const { namespaces } = plan;
  const declared = answers.flatMap((answer) => answer.declared);
  const settle = (decision: Decision, { inC, unsure }: Surroundings): Promise<Decision> =>
    settleWords(decision, { found, declared, namespaces, inC, unsure, suffix }, (asking) => allOf(parts.map((part) => part.words(asking))));
  const { everywhere: ruleFor } = nameRulesOf(plan);
  const macroNames = new Set(surveys.flatMap(({ defines }) => defines));
  const macroFiles = {
    isMacro: (name: string): boolean => macroNames.has(name),
    seenBy: shared,
    nameOf: (file: number): string => basename(madeFrom(files[file] ?? "")),
    sees: seeing(await treeGraph(parts, files)),
  };
  const askMacros = askedOnce((asking) => allOf(parts.map((part) => part.macros(asking))));
  const settled = await limitSuspects(await settle(decideNames(plan, suffix, surveys, answers, around), around), {
    found,
    mayLimit: (name) => ruleFor(name) === undefined,
    look: (names) => lookAround(names, files, parts),
    settle,
    macros: (decision) => withMacros(decision, plan, suffix, surveys, askMacros, macroFiles),
  });
  const split = await splitNames({ plan, found, files, parts });
  const complete = await settleAssembled(withSplit(settled, split), assembled, { suffix, ask: askMacros });
  const decision = withPaths(complete, paths);
  await created;
  const results = await allOf(parts.map((part) => part.write(decision, output)));
  checkFresh(results, answers, flavor, isKnown, (name) => {
    const place = found.get(name)?.[0];
    return place === undefined ? undefined : `${files[place.file]}:${place.line}`;
  });
  refuseMissedPatches(plan, results);
  return {
    results,
    wasFlavored: bearsFlavor(bearing),
    kindOf: (name) => found.get(name)?.[0]?.kind ?? (decision.modules.includes(name) ? "module" : undefined),
    isMany: (name) => isMany(found.get(name) ?? []),
    isInC: (name) => found.get(name)?.some(({ file }) => languageOf(files[file] ?? "") === "c") === true,
    warnings: [
      ...membersToo(decision, answers, found, files),
      ...changedStrings(results),
      ...lookedUp(plan, results),
      ...reservedNames(surveys, plan, isRenamedIn(decision), files),
      ...(await sharedSections(surveys, isRenamedIn(decision), askMacros)),
      ...generatedCode(plan, surveys, files),
      ...(decision.along ?? []).map(
        (name) => `members named '${name}' get the flavor, too: macros build their names together with renamed ones`,
      ),
      ...idleRules(plan, tree),
      ...idleTexts(plan, results),
      ...(paths?.warnings ?? []),
      ...(await buildFileWarnings(source, files, isSymbolIn(decision, found))),
      ...(await scriptWarnings(source, files, isRenamedIn(decision), plan.namespaces)),
      ...sharedWarnings(source, files, plan, isRenamedIn(decision)),
      ...undefinedNames(
        surveys.flatMap((survey) => survey.declaredExtern),
        renamedIn(decision),
      ),
    ],
    course: { asked: course.asked, decision },
  };
}

function isMany(places: readonly NamedPlace[]): boolean {
  return places.some(({ isTemplate }) => isTemplate === true) || places.filter(({ kind }) => kind === "function").length > 1;
}

/** Renamed names that make symbols. */
function isSymbolIn(decision: Decision, found: ReadonlyMap<string, readonly NamedPlace[]>): (name: string) => boolean {
  const isRenamed = isRenamedIn(decision);
  const isType = (name: string): boolean => found.get(name)?.every(({ kind }) => kind === "type" || kind === "enumeration") === true;
  return (name) => isRenamed(name) && !isType(name);
}

function renamedIn({ everywhere, inFiles, extra }: Decision): ReadonlySet<string> {
  return new Set([...everywhere, ...inFiles.map(([name]) => name), ...extra.flatMap((one) => one.names)]);
}

function isRenamedIn(decision: Decision): (name: string) => boolean {
  const names = renamedIn(decision);
  return (name) => names.has(name);
}

/** Strings that macros make of renamed names: one warning for each macro, with its first place. */
function changedStrings(results: readonly PartResult[]): string[] {
  const byMacro = new Map<string, StringizedName[]>();
  const all = results
    .flatMap(({ stringized }) => stringized.filter(({ isLookup }) => isLookup !== true))
    .toSorted((a, b) => byText(a.file, b.file) || a.line - b.line);
  for (const one of all) byMacro.set(one.macro, [...(byMacro.get(one.macro) ?? []), one]);
  return [...byMacro].map(([macro, list]) => {
    const [first] = list as [StringizedName];
    if (first.name === macro) return measured(list);
    const many = list.length === 1 ? "a string that" : `${list.length} strings that`;
    return `${many} ${macro} makes of renamed names change${list.length === 1 ? "s" : ""} with them: '${first.name}', ${first.file}:${first.line}`;
  });
}

/** Code that counts characters in the text of a signature. */
function measured(list: readonly StringizedName[]): string {
  const [first] = list as [StringizedName];
  const more = list.length === 1 ? "" : ` (and ${list.length - 1} more)`;
  return `${first.file}:${first.line}${more}: code counts characters in the text of ${first.name}, which names with the flavor make longer; adjust the numbers by a policy's \`patch\``;
}

/** Code in strings names the namespaces as they were: a generator writes it. A policy with rules over strings has seen to it. */
function generatedCode({ strings, namespaces }: IsolationPlan, surveys: readonly PartSurvey[], files: readonly string[]): string[] {
  const found = surveys.flatMap(({ code }) => code).toSorted((a, b) => a.file - b.file);
  const [first] = found;
  if (first === undefined || strings.length > 0) return [];
  const count = found.reduce((sum, one) => sum + one.count, 0);
  const named = namespaces.filter((name) => first.text.includes(name)).join("|");
  const many = count === 1 ? "a string holds" : `${count} strings hold`;
  return [
    `${many} code with the name of a namespace that gets the flavor, as a generator writes it, such as ${JSON.stringify(first.text.slice(0, 60))}, ${files[first.file]}:${first.line}: they stay; strings: [{ match: "/\\b(${named})::|namespace (${named})\\b/", files: [${files[first.file]}, …] }] in the policy changes them`,
  ];
}

/** Names that are renamed wherever they stand, though members bear them, too: these are renamed with them. */
function membersToo(
  { everywhere }: Decision,
  answers: readonly PartAnswer[],
  found: ReadonlyMap<string, readonly NamedPlace[]>,
  files: readonly string[],
): string[] {
  const members = new Set(answers.flatMap((answer) => answer.members));
  return everywhere.flatMap((name) => {
    const place = members.has(name) ? found.get(name)?.[0] : undefined;
    if (place === undefined) return [];
    return [
      `members named '${name}' get the flavor, too, as does the ${place.kind} of ${files[place.file]}:${place.line}; a policy's \`keep\` leaves both`,
    ];
  });
}

function withSplit(decision: Decision, split: readonly SplitName[]): Decision {
  return decision.rules === undefined || split.length === 0 ? decision : { ...decision, rules: { ...decision.rules, split } };
}

function withPaths(decision: Decision, paths: PathChanges | undefined): Decision {
  if (paths === undefined) return decision;
  return { ...decision, extra: [...decision.extra, ...paths.insertions], open: [...decision.open, ...paths.open] };
}

/** A patch that matches another number of times than it says does not do what its author meant. */
function refuseMissedPatches({ patch }: IsolationPlan, results: readonly PartResult[]): void {
  const counts = sums(results.flatMap((result) => result.patched));
  for (const [index, rule] of patch.entries()) {
    const count = counts.get(index) ?? 0;
    if (rule.times === "any" ? count > 0 : count === rule.times) continue;
    throw new UnforkError(
      "input-invalid",
      `patch[${index}] must match ${rule.times === "any" ? "at least once" : rule.times === 1 ? "once" : `${rule.times} times`} in ${rule.files.join(", ")}, and matches ${count === 0 ? "nowhere" : count === 1 ? "once" : `${count} times`}`,
      {
        hint: "patches see the text after renaming; correct `find`, or `times` where the number is right",
        context: { find: rule.find, ...(rule.reason === undefined ? {} : { reason: rule.reason }) },
      },
    );
  }
}

function idleTexts({ strings }: IsolationPlan, results: readonly PartResult[]): string[] {
  const counts = sums(results.flatMap((result) => result.strings));
  return strings.flatMap(({ match }, index) => (counts.has(index) ? [] : [`strings[${index}] '${match}' matches no string`]));
}

function sums(counts: readonly (readonly [number, number])[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const [index, count] of counts) found.set(index, (found.get(index) ?? 0) + count);
  return found;
}

/** Waits for all, also when one fails: nobody writes any more when its folder is cleared away. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
