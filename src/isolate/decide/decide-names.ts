/** Owns the choice of what a whole tree renames: names discovered in all parts, names that the plan's globs match. */
import type { IsolationPlan } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { nearest } from "../../support/nearest.js";
import type { Decision } from "../engine/part-model.js";
import type { DeclaredPlace, NamedPlace, PartAnswer, PartQuestion, PartSurvey } from "../engine/name-model.js";
import { nameRulesOf } from "../name-rules.js";
import { headerNames, policyRulesOf } from "./plan-rules.js";
import { ownReserved } from "./own-reserved.js";
import { exampleNames, joinedSymbols } from "../constructs/x86-prefix.js";
import { nameInC } from "../constructs/assembler-underscored.js";
import { boundPlaces, labelledNames, labelledPlaces } from "./labelled-symbols.js";
import type { Doubt } from "../survey/macro-facts.js";
import type { Surroundings } from "../visibility/look-around.js";
import type { AskMacros, MacroFiles } from "./macro-knowledge.js";
import type { OpenPlace } from "./macro-model.js";
import { symbolMacros } from "./macro-strings.js";
import { stringsBeside } from "./part-conflicts.js";
import { namesInside } from "./qualified-names.js";
import { renamedNames } from "./renamed-names.js";
import { settleMacros } from "./settle-macros.js";
import { isFixedName } from "./system-names.js";

/** What all parts are asked once their surveys are there; `namespaces` are the plan's. */
export function questionOf(surveys: readonly PartSurvey[], namespaces: readonly string[]): PartQuestion {
  const defined = new Set(surveys.flatMap((survey) => survey.defined.map(({ name }) => name)));
  const constants = surveys.flatMap((survey) => survey.constants.map(({ name }) => name));
  const declared = [...surveys.flatMap((survey) => survey.declaredC), ...labelledNames(surveys)];
  const unresolved = new Set(declared.filter((name) => !defined.has(name)));
  const matching = surveys.flatMap((survey) => survey.matching);
  return {
    candidates: [...new Set([...namespaces, ...defined, ...constants, ...unresolved, ...matching, ...underscored(surveys)])].toSorted(),
    unresolved: [...unresolved].toSorted(),
    inside: namesInside(surveys, unresolved),
    spaces: [...new Set([...surveys.flatMap((survey) => survey.spaces), ...surveys.flatMap((survey) => survey.opened)])].toSorted(),
    prefixed: joinedSymbols(surveys.flatMap((survey) => survey.prefixed)),
  };
}

/** Names of C that assembler's symbols may be. */
function underscored(surveys: readonly PartSurvey[]): string[] {
  return surveys.flatMap(({ defined }) => defined.flatMap(({ kind, name }) => (kind === "asm" ? (nameInC(name) ?? []) : [])));
}

/** The places with the names in C of what assembler spells with an `_` before it, where C has that name and none with the `_`. */
function spelledInC(places: readonly NamedPlace[], declared: ReadonlySet<string>, macros: ReadonlySet<string>): NamedPlace[] {
  const defined = new Set(places.flatMap(({ kind, name }) => (kind === "asm" ? [] : [name])));
  const isInC = (name: string): boolean => declared.has(name) || defined.has(name);
  return places.map((place) => {
    const name = place.kind === "asm" && !isInC(place.name) && !macros.has(place.name) ? nameInC(place.name) : undefined;
    return name !== undefined && isInC(name) ? { ...place, name } : place;
  });
}

/**
 * The names that the tree defines, each with all places of its definition: functions and variables with external
 * linkage at global scope or with C linkage in a namespace, types at global scope, exported assembler labels. Never
 * names that are only declared, never the system's, and no macro whose call looks like a function's head.
 */
export function discovered(surveys: readonly PartSurvey[], answers: readonly PartAnswer[]): Map<string, NamedPlace[]> {
  const declaredExtern = new Set(surveys.flatMap((survey) => survey.declaredExtern));
  const declaredC = new Set(surveys.flatMap((survey) => survey.declaredC));
  const bounds = boundPlaces(surveys);
  const labelled = labelledPlaces(surveys, answers);
  const own = new Set([...bounds, ...labelled.filter(({ isLonger }) => isLonger === true)].map(({ name }) => name));
  const places = [
    ...surveys.flatMap((survey) => survey.defined),
    ...labelled,
    ...bounds,
    ...surveys.flatMap((survey) => survey.constants.filter(({ name }) => declaredExtern.has(name))),
    ...answers.flatMap((answer) => [...answer.namespaced.filter(({ name }) => declaredC.has(name)), ...answer.prefixed]),
  ];
  for (const { name, isLonger } of places) if (isLonger === true && !isFixedName(name.replace(/^_+/, ""))) own.add(name);
  for (const name of [...ownReserved(places), ...surveys.flatMap(({ m4Symbols }) => m4Symbols?.names ?? [])]) own.add(name);
  const declared = new Set(answers.flatMap((answer) => answer.declared.map(({ name }) => name)));
  const macros = new Set(answers.flatMap((answer) => answer.macros).filter((name) => !declared.has(name)));
  const found = new Map<string, NamedPlace[]>();
  const defines = new Set(surveys.flatMap((survey) => survey.defines.filter((name) => name.startsWith("_"))));
  for (const place of spelledInC(places, declared, defines).toSorted((a, b) => a.file - b.file || a.line - b.line)) {
    if (
      (isFixedName(place.name) && !own.has(place.name)) ||
      isMangled(place) ||
      ((place.kind === "function" || place.kind === "variable") && macros.has(place.name))
    )
      continue;
    const known = found.get(place.name);
    if (known === undefined) found.set(place.name, [place]);
    else known.push(place);
  }
  return found;
}

/** A C++ name that assembler defines: it follows its namespace (assembler-mangled.ts). */
function isMangled({ name, kind }: NamedPlace): boolean {
  return kind === "asm" && /^_{1,2}Z[NLK\d]/.test(name);
}

/** Global names that would be renamed and that are also the names of members, each with the places of its definition. */
export function sharedNames(
  plan: IsolationPlan,
  suffix: string,
  found: ReadonlyMap<string, readonly NamedPlace[]>,
  answers: readonly PartAnswer[],
): Map<string, readonly NamedPlace[]> {
  const rules = nameRulesOf(plan);
  const members = new Set(answers.flatMap((answer) => answer.members));
  const isShared = (name: string): boolean =>
    members.has(name) && !name.endsWith(suffix) && !plan.namespaces.includes(name) && rules.everywhere(name) === undefined;
  return new Map([...found].filter(([name]) => isShared(name)));
}

/** Decides for the whole tree; what rules limited to some files say is left to these files (file-policy.ts). */
export function decideNames(
  plan: IsolationPlan,
  suffix: string,
  surveys: readonly PartSurvey[],
  answers: readonly PartAnswer[],
  around: Surroundings,
): Decision {
  const rules = nameRulesOf(plan);
  const isNew = (name: string): boolean => !name.endsWith(suffix) && !plan.namespaces.includes(name);
  const mayRename = (name: string): boolean => isNew(name) && rules.everywhere(name) !== "keep";
  const matching = surveys.flatMap((survey) => survey.matching).filter(isNew);
  const everywhere = new Set(matching.filter((name) => rules.everywhere(name) === "rename"));
  for (const name of headerNames(plan, surveys).filter(mayRename)) everywhere.add(name);
  const inFiles: [string, readonly number[]][] = [];
  for (const name of discovered(surveys, answers).keys()) {
    if (everywhere.has(name) || !mayRename(name)) continue;
    const files = around.files.get(name);
    if (files === undefined) everywhere.add(name);
    else inFiles.push([name, files]);
  }
  const inSome = new Set(inFiles.map(([name]) => name));
  const joins = joinsFlavor(surveys, answers, mayRename);
  const limited = [...new Set(matching)].filter((name) => rules.renamedSomewhere(name) && !everywhere.has(name) && !inSome.has(name));
  return {
    everywhere: [...everywhere, ...limited].toSorted(),
    inFiles,
    tags: [...around.tags],
    scopes: around.scopes,
    fields: around.fields,
    tagged: around.tagged,
    mixed: around.mixed,
    nested: surveys.flatMap((survey) => survey.nested),
    joins,
    joined: joins ? (joinedSymbols(surveys.flatMap((survey) => survey.prefixed))?.words ?? []) : [],
    ...m4Names(surveys),
    underscored: underscoredMacros(surveys, (name) => everywhere.has(name) || inSome.has(name)),
    modules: [...new Set(surveys.flatMap(({ modules }) => modules))]
      .filter((name) => !name.endsWith(suffix) && rules.everywhere(name) !== "keep")
      .toSorted(),
    extra: [],
    left: [],
    strings: stringsBeside(
      surveys.flatMap((survey) => survey.strings),
      surveys.flatMap((survey) => survey.pasting),
      plan.macros === "rename",
    ),
    symbols: symbolMacros(surveys.flatMap((survey) => survey.strings)),
    open: doubtfulPlaces(surveys, (name) => everywhere.has(name) || inSome.has(name), mayRename),
    rules: policyRulesOf(plan, suffix.slice(1), limited.toSorted()),
  };
}

/** Macros whose names are those of renamed ones with an `_` before: in assembler such a word is the macro. */
function underscoredMacros(surveys: readonly PartSurvey[], isRenamed: (name: string) => boolean): string[] {
  const names = surveys.flatMap(({ defines }) => defines.filter((name) => name.startsWith("_") && isRenamed(name.slice(1))));
  return [...new Set(names)].toSorted();
}

/** What the tree's files of m4 may name. */
function m4Names(surveys: readonly PartSurvey[]): Pick<Decision, "m4"> {
  const symbols = surveys.flatMap(({ m4Symbols }) => m4Symbols?.names ?? []);
  if (symbols.length === 0) return {};
  const words = new Set(surveys.flatMap(({ m4 }) => m4.flatMap((file) => file.words)));
  const made = surveys.flatMap(({ m4Symbols }) => m4Symbols?.made ?? []);
  return { m4: { symbols: [...new Set(symbols)].toSorted(), words: [...words].toSorted(), made } };
}

/** What may be an object, or another thing that keeps its name, and is defined nowhere else; renamed names that strings make together. */
function doubtfulPlaces(
  surveys: readonly PartSurvey[],
  isRenamed: (name: string) => boolean,
  mayRename: (name: string) => boolean,
): OpenPlace[] {
  return surveys.flatMap(({ macros }) =>
    macros.flatMap((fact): OpenPlace[] => {
      if (fact.kind !== "doubtful" || !mayRename(fact.name)) return [];
      if (!isBySpelling(fact.is) && isRenamed(fact.name) !== (fact.is === "joined")) return [];
      return [{ file: fact.file ?? 0, offset: fact.offset, token: fact.name, why: WHY_DOUBTFUL[fact.is].replace("NAME", fact.name) }];
    }),
  );
}

/** Whether no token spells the name that stays, so that it must be told also where another place renames it. */
function isBySpelling(doubt: Doubt): boolean {
  return doubt === "built" || doubt === "quoted" || doubt === "m4";
}

const WHY_DOUBTFUL: Readonly<Record<Doubt, string>> = {
  object:
    "declares a function, or makes an object of an argument that another file defines: `rename` in the policy takes it, `keep` leaves it",
  literal:
    'the symbol of operator""NAME keeps its name, as no parameter\'s type gets the flavor: `patch` renames it with its uses, `keep` leaves it',
  joined: "strings of assembler make NAME together, which is renamed: `patch` puts the flavor behind it, `keep` leaves the name",
  built: "a macro of assembler puts the exported symbol NAME together: `patch` puts the flavor behind it, `keep` leaves the name",
  quoted: "assembler exports NAME in quotes, where it keeps its name: `patch` puts the flavor behind it, `keep` leaves the name",
  m4: "m4 makes assembler of this file, and no file of the tree defines PROLOGUE, by which it would get the flavor: the symbol stays",
  untyped:
    "defines a variable without a type, as C before 1999 has it, and no file declares it `extern`: `rename` in the policy takes it, `keep` leaves it",
};

/** Whether symbols that NASM macros join are renamed: those that C declares tell; when macros declare all of them, their names do. */
function joinsFlavor(surveys: readonly PartSurvey[], answers: readonly PartAnswer[], mayRename: (name: string) => boolean): boolean {
  const declared = answers.flatMap((answer) => answer.prefixed.map(({ name }) => name));
  const symbols = joinedSymbols(surveys.flatMap((survey) => survey.prefixed));
  return (declared.length > 0 ? declared : exampleNames(symbols)).some(mayRename);
}

/** So that nothing depends on which part has which file. */
function byFile(a: { readonly file: number }, b: { readonly file: number }): number {
  return a.file - b.file;
}

/** A decision together with what the macros of all parts decide, and the words of arguments that leave some of it open. */
export async function withMacros(
  decision: Decision,
  plan: IsolationPlan,
  suffix: string,
  surveys: readonly PartSurvey[],
  ask: AskMacros,
  macroFiles: MacroFiles,
): Promise<{ readonly decision: Decision; readonly suspects: readonly string[] }> {
  const renamed = [...decision.everywhere, ...decision.inFiles.map(([name]) => name)];
  const limited = new Map(decision.inFiles.map(([name, files]) => [name, new Set(files)]));
  for (const [name, files] of decision.tags) for (const file of files) limited.get(name)?.delete(file);
  const settled = await settleMacros({
    pending: surveys.flatMap((survey) => survey.pending).toSorted(byFile),
    pasting: surveys.flatMap((survey) => survey.pasting).toSorted(byFile),
    names: renamedNames({
      renamed,
      limited,
      tagged: new Map(decision.tagged),
      namespaces: plan.namespaces,
      rename: plan.rename,
      keep: plan.keep,
      suffix,
      prefixed: decision.joins ? joinedSymbols(surveys.flatMap((survey) => survey.prefixed)) : undefined,
    }),
    strings: decision.strings,
    own: new Set(surveys.flatMap((survey) => survey.builtInternal ?? [])),
    suffix,
    ask,
    files: macroFiles,
  });
  const everywhere = [...new Set([...decision.everywhere, ...settled.names])].toSorted();
  return {
    decision: { ...decision, everywhere, extra: settled.insertions, left: settled.left, open: [...decision.open, ...settled.open] },
    suspects: settled.suspects,
  };
}

/**
 * What becomes of a name with places that cannot be told from a member: it stays and they are reported, when no header has it; it
 * stays, when it comes from fragments (which others include inside a namespace) or is an enumeration (which makes no symbol);
 * else it is renamed wherever its spelling stands, as a member, too.
 */
export function inDoubt(places: readonly NamedPlace[], declared: readonly DeclaredPlace[]): "reported" | "kept" | "everywhere" {
  if ([...places, ...declared].every(({ where }) => where === "source")) return "reported";
  return places.every(({ where, kind }) => where === "fragment" || kind === "enumeration") ? "kept" : "everywhere";
}

/** Some of the names, in their order. */
function few(names: readonly string[]): string {
  const shown = names.toSorted().slice(0, 8);
  return shown.join(", ") + (names.length > shown.length ? ` and ${names.length - shown.length} more` : "");
}

/** Throws `input-invalid` for a namespace of the plan that no file opens. */
export function requireNamespaces(namespaces: readonly string[], suffix: string, surveys: readonly PartSurvey[]): void {
  const opened = new Set(surveys.flatMap((survey) => survey.opened));
  for (const namespace of namespaces) {
    if (opened.has(namespace) || opened.has(namespace + suffix)) continue;
    const near = nearest(namespace, [...opened].toSorted());
    throw new UnforkError("input-invalid", `no file of the tree opens a namespace '${namespace}'`, {
      hint: near !== undefined ? `did you mean '${near}'?` : opened.size === 0 ? "it opens none" : `it opens ${few([...opened])}`,
      context: { namespace },
    });
  }
}
