/** Owns what must hold before and after: a sane request, a tree of no other flavor, new names that nothing else bears. */
import { lstat, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";

import { UnforkError, fileError, systemCodeOf } from "../support/errors.js";
import type { IsolateRequest } from "./isolate-tree.js";
import { MARKER_FILE, readMarker } from "./marker.js";
import type { PartResult } from "./engine/part-model.js";
import type { NamedPlace, PartAnswer } from "./engine/name-model.js";

/** Throws `input-invalid` when the request cannot be fulfilled. */
export async function checkRequest({ flavor, source, target }: IsolateRequest): Promise<void> {
  checkFlavor(flavor);
  const [input, output] = await Promise.all([realPath(source), realPath(target)]);
  if (isInside(output, input)) throw invalid(`the output ${target} lies inside the input ${source}`, "choose a folder outside of the tree");
  if (isInside(input, output)) {
    throw invalid(`the input ${source} lies inside the output ${target}, which is replaced as a whole`, "choose another output folder");
  }
  await refuseMarked(source, flavor);
  await refuseForeignFolder(target);
}

/** Throws `input-invalid` for a word that cannot be the end of a name. */
export function checkFlavor(flavor: string): void {
  if (!/^\w+$/.test(flavor)) throw invalid(`the flavor '${flavor}' cannot end a C++ name`, "use letters, digits and underscores");
}

/** Throws `input-invalid` when the tree's marker names another flavor. */
export async function refuseMarked(source: string, flavor: string): Promise<void> {
  const marker = await readMarker(source);
  if (marker !== undefined && marker.flavor !== flavor) {
    throw invalid(
      `${source} is already isolated as flavor '${marker.flavor}' (release ${marker.release})`,
      `isolate the original tree, or ask for flavor '${marker.flavor}'`,
      { path: join(source, MARKER_FILE) },
    );
  }
}

/** An output takes the place of what is there: only of an earlier output, or of an empty folder. */
async function refuseForeignFolder(target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return [];
    if (systemCodeOf(error) === "ENOTDIR") return refuseFile(target);
    throw fileError("read", target, error);
  });
  if (names.length === 0 || (await readMarker(target)) !== undefined) return;
  throw invalid(
    `the output ${target} is a folder of something else: it has no ${MARKER_FILE}`,
    "choose a folder that does not exist yet, or an earlier output of isolation; nothing there was touched",
    { path: target },
  );
}

async function refuseFile(target: string): Promise<string[]> {
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return [];
  throw invalid(`the output ${target} is a file`, "choose a folder that does not exist yet", { path: target });
}

export interface FlavoredNames {
  readonly source: string;
  readonly flavor: string;
  /** First words of namespaces opened at global scope. */
  readonly opened: readonly string[];
  /** Namespaces of the plan. */
  readonly namespaces: readonly string[];
  /** Global names that the tree defines. */
  readonly names: readonly string[];
  /** Whether the name may well end in that word though nobody isolated the tree: see {@link endsByItself}. */
  readonly mayEndIn?: (name: string, word: string) => boolean;
}

/**
 * Whether what defines a name explains the word at its end: an assembler's label (`_neon`, `_sse2`), or a file whose path has the word
 * (`scale_neon.c`, `neon/scale.c`), since isolation leaves the paths of sources alone.
 */
export function endsByItself(places: readonly NamedPlace[], word: string, files: readonly string[]): boolean {
  return places.every(({ kind, file }) => kind === "asm" || hasWord(files[file] ?? "", word));
}

function hasWord(path: string, word: string): boolean {
  return path
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .includes(word.toLowerCase());
}

/** Words by which releases are told apart: with one of them at its end a single name is enough to suspect isolation. */
const FLAVOR_WORDS = /^(?:legacy|latest|old|new|stable|next|prev|previous|current|base|candidate|upstream|downstream|[mvr]?\d+)$/;

/** Processors and their instructions: no flavor, but what functions for one of them end in. */
const PROCESSOR_WORDS =
  /^(?:neon|arm\w*|aarch\d+|sve\d?|i8mm|dotprod|x86\w*|mmx\w*|s*sse\w*|avx\w*|fma\d?|mips\w*|msa|l[as]sx|vsx|altivec|rvv?\d*|asm)$/;

/** Throws `input-invalid` when the tree's external names all end in one other flavor, also when its marker is gone. */
export function refuseOtherFlavor({ source, flavor, opened, namespaces, names, mayEndIn }: FlavoredNames): void {
  const isTelling = (name: string, word: string): boolean => namespaces.includes(name) || mayEndIn?.(name, word) !== true;
  const other = otherFlavor([...namespaces, ...names], opened, namespaces, flavor, isTelling);
  if (other === undefined) return;
  throw invalid(
    `${source} is isolated already as flavor '${other.flavor}': ${other.why}`,
    `isolate the original tree, or ask for flavor '${other.flavor}'; --original says that these are the library's own names`,
    { path: source },
  );
}

/**
 * Whether the tree bears this flavor already, so that its original is not to be had from it: a namespace does, or half of
 * what it defines. A single name of its own may end so.
 */
export function bearsFlavor({ flavor, opened, namespaces, names }: Omit<FlavoredNames, "source">): boolean {
  const suffix = `_${flavor}`;
  const bearing = names.filter((name) => name.length > suffix.length && name.endsWith(suffix)).length;
  return namespaces.some((name) => opened.includes(name + suffix)) || (bearing > 0 && bearing * 2 >= names.length);
}

function otherFlavor(
  names: readonly string[],
  opened: readonly string[],
  namespaces: readonly string[],
  flavor: string,
  isTelling: (name: string, word: string) => boolean,
): { flavor: string; why: string } | undefined {
  const missing = namespaces.filter((name) => !opened.includes(name) && !opened.includes(`${name}_${flavor}`));
  for (const name of missing) {
    const longer = opened.find((one) => one.startsWith(`${name}_`));
    if (longer !== undefined && FLAVOR_WORDS.test(longer.slice(name.length + 1)))
      return { flavor: longer.slice(name.length + 1), why: `it opens namespace '${longer}' and nowhere '${name}'` };
  }
  const counts = new Map<string, number>();
  for (const name of names) {
    const suffix = /.[_]([A-Za-z0-9]+)$/.exec(name)?.[1];
    if (suffix !== undefined) counts.set(suffix, (counts.get(suffix) ?? 0) + 1);
  }
  const [word, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? ["", 0];
  const silent = FLAVOR_WORDS.test(word) ? 0 : names.filter((name) => name.endsWith(`_${word}`) && !isTelling(name, word)).length;
  if (word === flavor || PROCESSOR_WORDS.test(word) || !isNoAccident(word, count - silent, names.length - silent, namespaces))
    return undefined;
  const example = names.find((name) => name.endsWith(`_${word}`));
  return { flavor: word, why: `${count} of its ${names.length} external names end in '_${word}', such as '${example}'` };
}

/** Names of a library of its own may end alike; all of them hardly do, namespaces and functions least. */
function isNoAccident(word: string, count: number, all: number, namespaces: readonly string[]): boolean {
  if (FLAVOR_WORDS.test(word)) return count >= all * 0.9;
  const mixed = namespaces.some((name) => name.endsWith(`_${word}`)) && count > namespaces.length;
  return count === all ? count >= 4 || mixed : count >= Math.max(12, all * 0.9);
}

/** Throws `input-invalid` when a name, other than one that an earlier run renamed, became one that the tree already used: two names would have become one. */
export function checkFresh(
  results: readonly PartResult[],
  answers: readonly PartAnswer[],
  flavor: string,
  isKnown: (name: string) => boolean,
  placeOf: (name: string) => string | undefined,
): void {
  const taken = new Set(answers.flatMap((answer) => answer.taken));
  const clashing = new Set(results.flatMap(({ counts }) => counts.flatMap(([name]) => (taken.has(name) && !isKnown(name) ? [name] : []))));
  const [name] = clashing;
  if (name === undefined) return;
  const place = placeOf(`${name}_${flavor}`);
  const others = clashing.size > 1 ? ` (and ${clashing.size - 1} more like it)` : "";
  throw invalid(
    `the tree already uses the name '${name}_${flavor}'${place === undefined ? "" : ` (${place})`}, which '${name}' would become${others}`,
    `choose another flavor name, or let a policy \`keep\` '${name}' as it is`,
    { name: `${name}_${flavor}` },
  );
}

/** The path behind all links, as far as it exists. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  const known = await realpath(whole).catch(() => undefined);
  if (known !== undefined || dirname(whole) === whole) return known ?? whole;
  return join(await realPath(dirname(whole)), basename(whole));
}

function isInside(path: string, folder: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}

function invalid(message: string, hint: string, context: Record<string, string> = {}): UnforkError {
  return new UnforkError("input-invalid", message, { hint, context });
}
