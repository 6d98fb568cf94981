/** Owns the overlay of a tree: the names that isolation would rewrite, changed by a force-included header instead. */
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { IsolationPlan, IsolationResult } from "../../model/isolation.js";
import type { OverlayName, OverlayReport } from "../../model/isolation-overlay.js";
import { UnforkError } from "../../support/errors.js";
import { exists, replaceFolder, writeFileAtomic } from "../../support/fs.js";
import { languageOf } from "../code-files.js";
import { languagesIn } from "../languages-in.js";
import { listTree } from "../engine/tree-files.js";
import { isolateTree } from "../isolate-tree.js";
import { type SymbolsOfC, symbolsOfC } from "./c-symbols.js";
import { chooseMeans, type RenamedName } from "./choose-means.js";
import { cmakeText, flagsText, gasHeader, nasmHeader, OVERLAY_FILES, overlayHeader, responseText } from "./overlay-text.js";
import { systemWords } from "./system-words.js";
import { overlayLimits } from "./tree-limits.js";
import { findWordUses } from "./word-uses.js";

export interface OverlayRequest {
  readonly flavor: string;
  readonly release: string;
  /** The tree; only read. */
  readonly source: string;
  /** Folder of the generated files; replaced as a whole. */
  readonly target: string;
  readonly plan: IsolationPlan;
  readonly jobs?: number;
  /** Everything but the writing. */
  readonly dryRun?: boolean;
  /** Asked for the system's words, the first that is installed. */
  readonly compilers?: readonly string[];
}

/**
 * Writes header, flags and CMake target, and says what the overlay cannot do on this tree. The names are those that
 * `isolateTree` renames. Throws as `isolateTree` does.
 */
export async function overlayTree(request: OverlayRequest): Promise<OverlayReport> {
  await refuseForeignFolder(request.target);
  const plan: IsolationPlan = { ...request.plan, paths: "keep" };
  const result = await isolateTree({ ...request, plan, target: `${resolve(request.target)}.dry`, dryRun: true });
  const root = resolve(request.source);
  const files = listTree(root).files.flatMap(({ path, link }) => (link === undefined ? [path] : []));
  const languageIn = languagesIn(root);
  const code = files.filter((path) => languageIn(path) !== undefined);
  const renamed = renamedNames(result, symbolsOfC(root, code));
  const words = new Set(renamed.map(({ from }) => from));
  const spaces = new Set(result.namespaces.map(({ from }) => from));
  const uses = findWordUses(root, code, spaces, new Set([...words].filter((word) => !spaces.has(word))));
  const system = await systemWords(root, code, words, request.compilers ?? ["g++", "clang++", "gcc", "clang"]);
  const names = chooseMeans(renamed, uses, system);
  const limits = await overlayLimits({ root, files, plan: request.plan, names, uses: uses.places, system, undecided: result.undecided });
  const written = await writeOverlay(request, names, code);
  return { format: 1, flavor: request.flavor, tree: root, ...written, names, limits, systemSeenBy: system?.compiler ?? null };
}

/** Throws `input-invalid` when the folder is there and holds something else. */
async function refuseForeignFolder(target: string): Promise<void> {
  const names = (await exists(target)) ? await readdir(target) : [];
  if (names.length === 0 || names.includes(OVERLAY_FILES.header)) return;
  throw new UnforkError("input-invalid", `the output ${target} is a folder of something else: it has no ${OVERLAY_FILES.header}`, {
    hint: "choose a folder that does not exist yet, or an earlier overlay; nothing there was touched",
    context: { path: target },
  });
}

/** Namespaces first, then names, each as the result sorts them. */
function renamedNames({ namespaces, names }: IsolationResult, ofC: SymbolsOfC): RenamedName[] {
  return [
    ...namespaces.map(({ from, to, edits }) => ({ from, to, edits, kind: "namespace", isSymbolOfC: false, isDeclared: false })),
    ...names.map(({ from, to, kind, edits }) => {
      const isSymbolOfC = kind !== "type" && kind !== "enumeration" && ofC.all.has(from);
      return { from, to, kind, edits, isSymbolOfC, isDeclared: ofC.declared.has(from) };
    }),
  ];
}

async function writeOverlay(
  { flavor, target, dryRun }: OverlayRequest,
  names: readonly OverlayName[],
  code: readonly string[],
): Promise<Pick<OverlayReport, "out" | "files" | "flags">> {
  const out = resolve(target);
  const place = (file: keyof typeof OVERLAY_FILES): string => join(out, OVERLAY_FILES[file]);
  const symbols = names.filter(({ kind, means }) => means !== "none" && ["function", "variable", "asm", "by rule"].includes(kind));
  const has = (language: string): boolean => symbols.length > 0 && code.some((path) => languageOf(path) === language);
  const [gas, nasm] = [has("gas"), has("nasm")];
  const units = ["-include", place("header")];
  const flags = { c: units, cxx: units, gas: gas ? ["-include", place("gas")] : [], nasm: nasm ? ["-P", place("nasm")] : [] };
  if (dryRun !== true) await replaceFolder(out, fill);
  async function fill(folder: string): Promise<void> {
    const write = (file: keyof typeof OVERLAY_FILES, text: string): Promise<void> =>
      writeFileAtomic(join(folder, OVERLAY_FILES[file]), text);
    await write("header", overlayHeader(flavor, names));
    if (gas) await write("gas", gasHeader(flavor, symbols));
    if (nasm) await write("nasm", nasmHeader(flavor, symbols));
    await write("flags", flagsText(flavor, flags));
    await write("cmake", cmakeText(flavor, { gas, nasm }));
    await write("response", responseText(units));
  }
  return {
    out,
    flags,
    files: {
      header: place("header"),
      gas: gas ? place("gas") : null,
      nasm: nasm ? place("nasm") : null,
      flags: place("flags"),
      cmake: place("cmake"),
      response: place("response"),
    },
  };
}
