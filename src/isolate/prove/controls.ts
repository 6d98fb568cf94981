/** Owns the second look at units whose code differs: compiled again with names in texts silenced, and with what depends on names' spelling switched off. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { objectsOf } from "../../objects/open.js";
import type { BareNames } from "./bare-names.js";
import { compareObjects } from "./compare-object.js";
import { type CompileStep, isAssembler, preprocessArguments, preprocessedArguments } from "./compile-arguments.js";
import { runStep } from "./compile-step.js";
import type { Comparison } from "./comparison.js";
import { type NameToken, nameTokens, neutralText, sameTokens } from "./name-tokens.js";

export interface ControlRequest {
  readonly unit: string;
  readonly before: CompileStep;
  readonly after: CompileStep;
  /** The compiler for both, and flags behind their own. */
  readonly compiler: string;
  readonly family: "gcc" | "clang";
  readonly flags: readonly string[];
  readonly folder: string;
  readonly bare: BareNames;
}

export interface ControlOutcome {
  /** How the difference went away, or null when it did not. */
  readonly explainedBy: "names in texts" | "order by names" | null;
  /** The flags beside the unit's own under which both sides are the same. */
  readonly flags: readonly string[];
  /** Mangled names of functions and objects, and sections, that still differ in the last look but one: what no text explains. */
  readonly remaining: ReadonlySet<string>;
  readonly tokens: readonly NameToken[];
  /** Why it could not be looked at, or null. */
  readonly problem: string | null;
}

/** Flags that take away where a compiler sorts by the spelling of names, weakest first. */
const CONTROLS: Readonly<Record<"gcc" | "clang", readonly (readonly string[])[]>> = {
  gcc: [["-fno-gcse"], ["-fno-gcse", "-fno-tree-pre", "-fno-ipa-icf"], ["-O1"], ["-O0"]],
  clang: [["-Xclang", "-mno-constructor-aliases"], ["-O1"], ["-O0"]],
};

/**
 * Compiles both sides' preprocessed texts without names in texts; then with fewer and fewer optimizations, until both are
 * the same. The latter only where the texts are the same token by token: fewer optimizations also drop branches.
 */
export async function controlUnit(request: ControlRequest): Promise<ControlOutcome> {
  const none = { explainedBy: null, flags: [], remaining: new Set<string>(), tokens: [] } as const;
  if (isAssembler(request.after)) return { ...none, problem: "assembler has no texts to silence" };
  const texts = await neutralTexts(request);
  if ("problem" in texts) return { ...none, problem: texts.problem };
  const { tokens, same } = texts;
  const plain = await compareNeutral(request, []);
  if ("problem" in plain) return { ...none, tokens, problem: plain.problem };
  if (plain.differences.length === 0) return { ...none, explainedBy: "names in texts", tokens, problem: null };
  const remaining = subjects(plain);
  if (!same) return { ...none, tokens, remaining, problem: null };
  for (const flags of CONTROLS[request.family]) {
    const compared = await compareNeutral(request, flags);
    if ("problem" in compared) return { ...none, tokens, remaining, problem: compared.problem };
    if (compared.differences.length === 0) return { explainedBy: "order by names", flags, remaining, tokens, problem: null };
  }
  return { ...none, remaining, tokens, problem: null };
}

/** What differs, each by its symbol or else its section. */
export function subjects({ differences }: Pick<Comparison, "differences">): Set<string> {
  return new Set(differences.map(({ symbol, section }) => symbol ?? section));
}

async function neutralTexts(request: ControlRequest): Promise<{ tokens: NameToken[]; same: boolean } | { problem: string }> {
  const suffix = `_${request.bare.flavor}`;
  let tokens: NameToken[] = [];
  const silenced = { before: "", after: "" };
  for (const side of ["before", "after"] as const) {
    const file = join(request.folder, `${side}.i`);
    const step = request[side];
    const done = await runStep(step, request.compiler, preprocessArguments(step, request.flags, file));
    if (done.status === "failed") return { problem: `preprocessing failed: ${done.words}` };
    const text = await readFile(file, "utf8");
    if (side === "after") tokens = nameTokens(text, suffix);
    silenced[side] = neutralText(text, suffix);
    await writeFile(file, silenced[side]);
  }
  return { tokens, same: sameTokens(silenced.before, silenced.after, suffix) };
}

async function compareNeutral(request: ControlRequest, flags: readonly string[]): Promise<Comparison | { problem: string }> {
  const objects = { before: join(request.folder, "before-control.o"), after: join(request.folder, "after-control.o") };
  for (const side of ["before", "after"] as const) {
    const step = request[side];
    const input = join(request.folder, `${side}.i`);
    const args = preprocessedArguments(step, request.unit, [...request.flags, ...flags], input, objects[side]);
    const done = await runStep({ ...step, cwd: request.folder }, request.compiler, args);
    if (done.status === "failed") return { problem: `the silenced text does not compile: ${done.words}` };
  }
  const [before] = objectsOf(objects.before);
  const [after] = objectsOf(objects.after);
  await Promise.all(Object.values(objects).map((path) => rm(path, { force: true })));
  if (before === undefined || after === undefined) return { problem: "the compiler wrote no object" };
  return compareObjects(before, after, request.bare);
}
