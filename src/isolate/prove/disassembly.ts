/** Owns the instructions shown beside a difference, by `objdump`; without it, none are shown. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ProofDifference, UnitProof } from "../../model/isolation-prove.js";
import { UnforkError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import type { Comparison } from "./comparison.js";
import type { ProofObject } from "./proof-object.js";
import { SHF } from "./section-kinds.js";

/** Differences of one unit that are shown with instructions. */
const MOST = 4;
const LINES_BEFORE = 2;
const LINES_AFTER = 3;

/** The unit with instructions beside its first differences in code, one per function. */
export async function addAssembly(unit: UnitProof, comparison: Comparison): Promise<UnitProof> {
  const chosen = new Set<ProofDifference>();
  const functions = new Set<string>();
  for (const one of unit.differences) {
    const key = `${one.section}\0${one.symbol ?? ""}`;
    if (!inCode(comparison.before, one) || functions.has(key) || chosen.size >= MOST) continue;
    functions.add(key);
    chosen.add(one);
  }
  if (chosen.size === 0) return unit;
  const folder = await mkdtemp(join(tmpdir(), "unfork-prove-"));
  try {
    const paths = { before: join(folder, "before.o"), after: join(folder, "after.o") };
    for (const side of ["before", "after"] as const) await writeFile(paths[side], comparison[side].file.view.bytes);
    const differences: ProofDifference[] = [];
    for (const one of unit.differences)
      differences.push(chosen.has(one) ? { ...one, assembly: await assemblyOf(one, comparison, paths) } : one);
    return { ...unit, differences };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function inCode({ sections }: ProofObject, { section, before, kind }: ProofDifference): boolean {
  if (before === null || (kind !== "bytes" && kind !== "relocation")) return false;
  return sections.some(({ name, flags }) => name === section && (flags & SHF.code) !== 0);
}

async function assemblyOf(
  one: ProofDifference,
  { before, after, sections }: Comparison,
  paths: { readonly before: string; readonly after: string },
): Promise<ProofDifference["assembly"]> {
  const pair = sections.pairs.find((candidate) => candidate.before.name === one.section);
  const name = pair === undefined ? one.section : (after.sections[pair.after.index]?.name ?? one.section);
  const left = await instructions(paths.before, one.section, one.before ?? 0, startOf(before, one.section, one.before ?? 0));
  const right = await instructions(paths.after, name, one.after ?? 0, startOf(after, name, one.after ?? 0));
  return left.length + right.length === 0 ? null : { before: left, after: right };
}

/** Where the function around a place starts: from the middle of an instruction, objdump would show nonsense. */
function startOf(object: ProofObject, section: string, offset: number): number {
  const index = object.sections.findIndex(({ name }) => name === section);
  const starts = object.symbols.filter((symbol) => symbol.section === index && symbol.value <= offset).map(({ value }) => value);
  return Math.max(0, ...starts);
}

async function instructions(path: string, section: string, offset: number, from: number): Promise<string[]> {
  const args = ["-d", "-r", "-w", "--no-show-raw-insn", "-j", section, `--start-address=${from}`, `--stop-address=${offset + 48}`, path];
  try {
    const { code, stdout } = await run({ command: "objdump", args });
    return code === 0 ? around(stdout.toString("utf8"), offset) : [];
  } catch (error) {
    if (error instanceof UnforkError && error.code === "tool-missing") return [];
    throw error;
  }
}

/** The instruction at the offset with a few around it. */
function around(text: string, offset: number): string[] {
  const lines = text.split("\n").flatMap((line) => {
    const [, at, words] = /^\s*([0-9a-f]+):\s+(.*)$/.exec(line) ?? [];
    return at === undefined || words === undefined
      ? []
      : [{ at: Number.parseInt(at, 16), text: `${at}: ${words.trim().replaceAll(/\s+/g, " ")}` }];
  });
  const index = lines.findLastIndex(({ at }) => at <= offset);
  const from = Math.max(0, index - LINES_BEFORE);
  return lines.slice(from, index + LINES_AFTER).map((line, nth) => `${from + nth === index ? ">" : " "} ${line.text}`);
}
