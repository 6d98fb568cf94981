/** Owns the making of the unit with the headers of both flavors: what it includes, the leading headers, the check by compilers. */
import { basename, dirname, extname, join, relative, resolve } from "node:path";

import type { SharedMacro, SharedName, UnitReport } from "../../model/isolation-headers.js";
import { replaceFolder, writeFileAtomic } from "../../support/fs.js";
import { languagesIn } from "../languages-in.js";
import {
  brokenIncludes,
  buildUnit,
  type CompileError,
  type CompilerRequest,
  type Foreign,
  foreignNames,
  unitCommand,
} from "./check-unit.js";
import { type HeaderTree, spelledBelowRoot } from "./header-tree.js";
import { planUnit } from "./unit-plan.js";
import { AT_WORK, leadingHeader, type MacrosOf, unitText } from "./unit-text.js";

export interface UnitRequest {
  /** Where the unit is written; its generated headers go to a folder beside it. */
  readonly out: string;
  /** They also find the headers that do not compile by themselves. */
  readonly compilers: readonly string[];
  readonly flags: readonly string[];
  readonly macrosOf: MacrosOf;
}

type Trees = readonly [HeaderTree, HeaderTree];

/** Writes the unit and compiles it. Throws `disk`. */
export async function writeUnit(
  trees: Trees,
  macros: readonly SharedMacro[],
  names: readonly SharedName[],
  request: UnitRequest,
): Promise<UnitReport> {
  const out = resolve(request.out);
  const includeFolder = join(dirname(out), `${basename(out, extname(out))}.includes`);
  await writeLeadingHeaders(trees, includeFolder);
  const compilers = request.compilers.map((compiler) => ({ compiler, flags: request.flags, includeFolder, folder: dirname(out) }));
  const skipped: UnitReport["skipped"] = [];
  const sets = trees.map((tree) => ({ flavor: tree.flavor, includes: includesOf(tree, dirname(out)) })) as [UnitSet, UnitSet];
  for (const [side, set] of sets.entries())
    skipped.push(...(await leaveOutBroken(compilers, set, trees[side] as HeaderTree, sideOf(side))));
  const foreign = await firstForeign(compilers, probeText(sets[0].includes, 1).text, [includeFolder, resolve(trees[0].root)]);
  const plan = planUnit(trees, macros, names, foreign);
  const command = compilers[0] === undefined ? "" : unitCommand(compilers[0], out);
  await writeFileAtomic(out, unitText(sets, plan, request.macrosOf, { guard: guardOf(out), command }));
  const builds: UnitReport["builds"] = [];
  const alone = new Map(sets.map(({ flavor, includes }, side) => [flavor, probeText(includes, sideOf(side)).text]));
  for (const compiler of compilers) builds.push(await buildUnit(compiler, out, alone));
  return {
    path: out,
    includeFolder,
    headers: Object.fromEntries(sets.map(({ flavor, includes }) => [flavor, includes.length])),
    hidden: plan.guards.length + plan.replaced.length + plan.lent.length,
    renamed: plan.renamed.length,
    skipped,
    builds,
  };
}

interface UnitSet {
  readonly flavor: string;
  includes: string[];
}

/** How the chosen headers are spelled in the unit: below an include root, else relative to the unit's folder. */
function includesOf(tree: HeaderTree, folder: string): string[] {
  const languageIn = languagesIn(tree.root);
  return tree.chosen
    .filter((path) => languageIn(path) === "header")
    .map((path) => spelledBelowRoot(tree, path) ?? relative(folder, resolve(tree.root, path)));
}

async function writeLeadingHeaders(trees: Trees, folder: string): Promise<void> {
  const spelled = new Set(trees.flatMap(spellings));
  const flavors = [trees[0].flavor, trees[1].flavor] as const;
  await replaceFolder(folder, async (fresh) => {
    for (const path of [...spelled].toSorted()) {
      const target = (tree: HeaderTree): string | undefined => {
        const file = tree.find(path);
        return file === undefined ? undefined : relative(dirname(join(folder, path)), resolve(tree.root, file));
      };
      await writeFileAtomic(join(fresh, path), leadingHeader(path, flavors, [target(trees[0]), target(trees[1])]));
    }
  });
}

/** Every spelling by which an include root is asked for a reached header. */
function spellings(tree: HeaderTree): string[] {
  const asked = [...tree.reached].flatMap((path) =>
    tree
      .edges(path)
      .filter(({ byRoot }) => byRoot)
      .map((edge) => edge.path),
  );
  return [...asked, ...tree.chosen.flatMap((path) => spelledBelowRoot(tree, path) ?? [])];
}

/** Takes the headers out of the set that any of the compilers refuses, and gives them. */
async function leaveOutBroken(
  compilers: readonly CompilerRequest[],
  set: UnitSet,
  tree: HeaderTree,
  side: 1 | 2,
): Promise<UnitReport["skipped"]> {
  const skipped: UnitReport["skipped"] = [];
  for (const request of compilers) {
    const broken = (await brokenIncludes(request, set.includes, (left) => probeText(left, side))) ?? new Map<string, CompileError>();
    for (const [header, error] of broken) skipped.push({ flavor: set.flavor, header, compiler: request.compiler, ...placeOf(error, tree) });
    set.includes = set.includes.filter((path) => !broken.has(path));
  }
  return skipped;
}

/** What the first installed compiler says that the system defines. */
async function firstForeign(compilers: readonly CompilerRequest[], text: string, roots: readonly string[]): Promise<Foreign> {
  for (const compiler of compilers) {
    const foreign = await foreignNames(compiler, text, roots);
    if (foreign !== undefined) return foreign;
  }
  return { macros: new Set(), words: new Set() };
}

function sideOf(index: number): 1 | 2 {
  return index === 0 ? 1 : 2;
}

function probeText(includes: readonly string[], side: 1 | 2) {
  const text = [`#define ${AT_WORK} ${side}`, ...includes.map((path) => `#include "${path}"`), ""].join("\n");
  return { text, lineOf: new Map(includes.map((path, index) => [index + 2, path])) };
}

function placeOf({ file, line, message }: CompileError, tree: HeaderTree): { file: string; line: number; message: string } {
  const inside = relative(tree.root, resolve(file));
  return { file: inside.startsWith("..") ? file : inside, line, message };
}

function guardOf(out: string): string {
  return `UNFORK_BOTH_${basename(out).toUpperCase().replaceAll(/\W/g, "_")}_`;
}
