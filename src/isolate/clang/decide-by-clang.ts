/** Owns the decision about undecided tokens by libclang: which units to ask, and what their answers say together. */
import { readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

import { fileError } from "../../support/errors.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import { findLibclang, type Libclang } from "../../toolchain/libclang/find-libclang.js";
import { languagesIn } from "../languages-in.js";
import { lineAt } from "../engine/rewrite.js";
import { listTree } from "../engine/tree-files.js";
import { askChild } from "./ask-child.js";
import type { ClangDecision, Fact, OpenToken, Probe, UnitAnswer } from "./model.js";
import { parseArguments } from "../../toolchain/parse-arguments.js";
import { probeWord } from "./probe-words.js";
import { type Unit, unitsOf } from "../../toolchain/compile-units.js";
import { verdictOf } from "./verdict.js";

export interface ClangRequest {
  /** Root of the tree that isolation reads: the tokens' files are relative to it. */
  readonly tree: string;
  /** Commands that compile this tree, where it stands. */
  readonly commands: readonly CompileCommand[];
  readonly tokens: readonly OpenToken[];
  /** Whether a global name is renamed: names that macros build are looked up here. */
  readonly isRenamed?: (name: string) => boolean;
  /** Units asked per file; default 6. */
  readonly unitsPerFile?: number;
  /** Children at once; default 2. */
  readonly jobs?: number;
  /** Default: the newest that the machine has. */
  readonly libclang?: Libclang;
}

export type ClangResult =
  | { readonly status: "no-libclang"; readonly decisions: readonly [] }
  | { readonly status: "asked"; readonly clang: string; readonly unitsAsked: number; readonly decisions: readonly ClangDecision[] };

/**
 * Decides tokens by what the compiler makes of them. Deterministic for the same tree, commands and libclang. The units
 * that are asked need the headers of the build; one with errors is no witness. Throws `input-missing` or `disk`.
 */
export async function decideByClang(request: ClangRequest): Promise<ClangResult> {
  const libclang = request.libclang ?? (await findLibclang());
  if (libclang === undefined) return { status: "no-libclang", decisions: [] };
  const tree = resolve(request.tree);
  const probes = probesOf(tree, request.tokens);
  const plan = planOf(request, tree, probes);
  const answers = await inTurns([...plan.byUnit.keys()], request.jobs ?? 2, (unit) =>
    askAbout(unit, plan.byUnit.get(unit) ?? [], libclang),
  );
  const decisions = probes.map((probe, index) => decide(request, tree, index, probe, plan, answers));
  const parsed = [...answers.values()].find((answer) => answer.status === "parsed");
  return { status: "asked", clang: parsed?.status === "parsed" ? parsed.clang : libclang.version, unitsAsked: plan.byUnit.size, decisions };
}

/** The tokens as probes; a trailing `##` is no part of the word. */
function probesOf(tree: string, tokens: readonly OpenToken[]): Probe[] {
  const texts = new Map<string, Buffer>();
  for (const { file } of tokens) if (!texts.has(file)) texts.set(file, bytesOf(join(tree, file)));
  const all = [...texts.values()];
  const taken = new Set<string>();
  return tokens.map(({ file, offset, name }, id) => {
    const bare = name.replace(/##$/, "");
    let number = id;
    let word = probeWord(bare, number, all);
    while (taken.has(word)) word = probeWord(bare, (number += tokens.length), all);
    taken.add(word);
    const text = texts.get(file) as Buffer;
    const start = startOf(text, offset, bare);
    return { id, file: join(tree, file), offset: start, line: lineAt(text, start), name: bare, word };
  });
}

/** Where the word begins: at the offset, or right before the `##` there. */
function startOf(text: Buffer, offset: number, word: string): number {
  if (text.toString("latin1", offset, offset + word.length) === word) return offset;
  const before = text.lastIndexOf(word, offset, "latin1");
  return before >= 0 && /^\s*$/.test(text.toString("latin1", before + word.length, offset)) ? before : offset;
}

interface Plan {
  /** The probes that a unit may answer: headers that the same units see are asked about in one go. */
  readonly byUnit: ReadonlyMap<Unit<CompileCommand>, readonly Probe[]>;
  /** By token: units that see its file and are not asked. */
  readonly unasked: readonly number[];
}

function planOf({ commands, tokens, unitsPerFile = 6 }: ClangRequest, tree: string, probes: readonly Probe[]): Plan {
  const languageIn = languagesIn(tree);
  const files = listTree(tree)
    .files.filter(({ path, link }) => link === undefined && languageIn(path) !== undefined)
    .map(({ path }) => path);
  const units = commands.flatMap((command) => {
    const source = relative(tree, command.file).split(sep).join("/");
    return source.startsWith("../") ? [] : [{ source, command }];
  });
  const unitsFor = unitsOf(units, files, (file) => bytesOf(join(tree, file)).toString("latin1"));
  const byUnit = new Map<Unit<CompileCommand>, Probe[]>();
  const unasked: number[] = [];
  for (const [id, { file }] of tokens.entries()) {
    const seeing = unitsFor(file);
    for (const unit of seeing.slice(0, unitsPerFile)) byUnit.set(unit, [...(byUnit.get(unit) ?? []), probes[id] as Probe]);
    unasked.push(Math.max(0, seeing.length - unitsPerFile));
  }
  return { byUnit, unasked };
}

function askAbout({ command }: Unit<CompileCommand>, probes: readonly Probe[], { path }: Libclang): Promise<UnitAnswer> {
  const isCpp = !/\.(c|m)$/.test(command.file);
  const args = parseArguments(command.arguments, command.file);
  return askChild({ library: path, directory: command.directory, arguments: args, isCpp, probes });
}

async function inTurns<K, T>(keys: readonly K[], jobs: number, ask: (key: K) => Promise<T>): Promise<Map<K, T>> {
  const found = new Map<K, T>();
  const left = [...keys];
  async function work(): Promise<void> {
    for (let key = left.shift(); key !== undefined; key = left.shift()) found.set(key, await ask(key));
  }
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  return found;
}

function decide(
  { tokens, isRenamed = () => false }: ClangRequest,
  tree: string,
  index: number,
  probe: Probe,
  { byUnit, unasked }: Plan,
  answers: ReadonlyMap<Unit<CompileCommand>, UnitAnswer>,
): ClangDecision {
  const failed: string[] = [];
  const witnesses: { unit: string; facts: Fact[] }[] = [];
  for (const [unit, probes] of byUnit) {
    if (!probes.includes(probe)) continue;
    const answer = answers.get(unit);
    if (answer?.status === "parsed")
      witnesses.push({ unit: unit.source, facts: answer.facts.filter((fact) => fact.probe === index).map((fact) => shown(fact, tree)) });
    else failed.push(`${unit.source}: ${relativeIn(answer?.reason ?? "not asked", tree)}`);
  }
  const verdict = verdictOf({ witnesses, failed, unasked: unasked[index] ?? 0, isRenamed });
  return { ...(tokens[index] as OpenToken), ...verdict };
}

function shown(fact: Fact, tree: string): Fact {
  return { ...fact, file: fact.file.startsWith(tree + sep) ? fact.file.slice(tree.length + 1) : fact.file };
}

function relativeIn(text: string, tree: string): string {
  return text.replaceAll(tree + sep, "");
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
