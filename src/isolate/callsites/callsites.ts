/** Owns `callsites` on two trees of files: read both, report, mend. */
import { readFileSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";

import type { CallsiteFinding, CallsitesReport } from "../../model/isolation-callsites.js";
import { UnforkError, fileError } from "../../support/errors.js";
import { listFiles, writeFileAtomic } from "../../support/fs.js";
import { nearest } from "../../support/nearest.js";
import { languagesIn } from "../languages-in.js";
import { readMarker } from "../marker.js";
import { anyPathGlob } from "../path-glob.js";
import { applyEdits, editsByFile, unifiedDiff } from "./apply-edits.js";
import { findCallsites } from "./find-callsites.js";
import type { ImportKind } from "./finding.js";
import { type CodeInput, type LibraryNames, readLibrary } from "./library.js";

export interface CallsitesRequest {
  readonly app: string;
  readonly library: string;
  /** Default: the flavor that the library's tree bears, if any. */
  readonly flavor?: string | undefined;
  /** Top-level namespaces of the library; empty: those that its tree fills. */
  readonly namespaces: readonly string[];
  readonly import: ImportKind;
  /** Namespaces of an older release that the application uses → those of the library that have taken them in. */
  readonly map: ReadonlyMap<string, string>;
  /** Whether the header of global names (`compat --names`) is included as well. */
  readonly namesServed: boolean;
  /** Globs over files of the application that are not read. */
  readonly exclude: readonly string[];
}

export interface CallsitesResult {
  readonly report: CallsitesReport;
  /** Files of the application with their new bytes; empty without a flavor. */
  readonly changed: ReadonlyMap<string, { readonly before: Buffer; readonly after: Buffer }>;
}

/**
 * Reads the library and the application. Throws `input-missing` (no such tree), `input-invalid` (no code in the library,
 * a namespace that it does not open) and `disk`.
 */
export async function inspectCallsites(request: CallsitesRequest): Promise<CallsitesResult> {
  const { app, library } = request;
  await requireFolders(app, library);
  const marker = await readMarker(library);
  const flavor = request.flavor ?? marker?.flavor;
  const suffix = `_${flavor ?? "<flavor>"}`;
  const libraryFiles = codeFiles(library, await listFiles(library), []);
  if (libraryFiles.length === 0)
    throw invalid(`there is no C or C++ file in ${library}`, "name the folder of the library's sources or headers");
  const names = readLibrary(() => inputs(library, libraryFiles), {
    suffix,
    isolated: marker !== undefined,
    namespaces: request.namespaces,
    map: request.map,
  });
  if (names.roots.size === 0 && names.visible.size === 0)
    throw invalid(
      `the headers of ${library} open no namespace and declare no global name`,
      "name the folder that holds the library's headers",
    );
  requireNamespaces(names, [...request.namespaces, ...request.map.values()]);
  const appFiles = codeFiles(app, await listFiles(app), request.exclude).filter((path) => !isInside(join(app, path), library));
  const files = appFiles.map((path) => () => inputOf(app, path));
  const { findings, files: count } = findCallsites({
    files,
    library: names,
    kind: request.import,
    suffix,
    namesServed: request.namesServed,
  });
  const report: CallsitesReport = {
    format: 1,
    import: request.import,
    flavor: flavor ?? null,
    library: {
      namespaces: [...names.roots].toSorted(),
      names: [...names.namespaces.values()].reduce((sum, { size }) => sum + size, 0),
      globals: names.visible.size,
      files: libraryFiles.length,
    },
    files: count,
    counts: countsOf(findings),
    findings,
  };
  return { report, changed: flavor === undefined ? new Map() : changedFiles(app, findings) };
}

/** Writes the changed files, each whole and with its permissions. Throws `disk`. */
export async function writeChanged(app: string, changed: CallsitesResult["changed"]): Promise<void> {
  for (const [path, { after }] of changed) {
    const full = join(app, path);
    await writeFileAtomic(full, after, statSync(full).mode & 0o7777);
  }
}

/** The unified diff of all changed files. */
export function diffOf(changed: CallsitesResult["changed"]): string {
  return [...changed].map(([path, { before, after }]) => unifiedDiff(path, before, after)).join("");
}

function changedFiles(app: string, findings: readonly CallsiteFinding[]): CallsitesResult["changed"] {
  const edits = [...editsByFile(findings)];
  return new Map(
    edits.map(([path, list]) => {
      const before = inputOf(app, path).bytes;
      return [path, { before, after: applyEdits(before, list) }];
    }),
  );
}

function countsOf(findings: readonly CallsiteFinding[]): CallsitesReport["counts"] {
  const counts = new Map<string, { findings: number; mechanical: number }>();
  for (const { construct, edit } of findings) {
    const known = counts.get(construct) ?? { findings: 0, mechanical: 0 };
    counts.set(construct, { findings: known.findings + 1, mechanical: known.mechanical + (edit === null ? 0 : 1) });
  }
  return [...counts]
    .map(([construct, { findings: places, mechanical }]) => ({ construct, findings: places, mechanical }))
    .toSorted((a, b) => (a.construct < b.construct ? -1 : 1));
}

function codeFiles(root: string, paths: readonly string[], exclude: readonly string[]): string[] {
  const isExcluded = exclude.length === 0 ? () => false : anyPathGlob(exclude);
  const languageIn = languagesIn(root);
  return paths.filter((path) => !isExcluded(path) && languageIn(path) !== undefined);
}

function* inputs(root: string, paths: readonly string[]): Generator<CodeInput> {
  for (const path of paths) yield inputOf(root, path);
}

function inputOf(root: string, path: string): CodeInput {
  try {
    return { path, bytes: readFileSync(join(root, path)) };
  } catch (error) {
    throw fileError("read", join(root, path), error);
  }
}

async function requireFolders(app: string, library: string): Promise<void> {
  for (const [what, path] of [
    ["application", app],
    ["library", library],
  ] as const) {
    const known = statSync(path, { throwIfNoEntry: false });
    if (known?.isDirectory() === true) continue;
    const problem = known === undefined ? "there is no folder" : "this is no folder:";
    throw new UnforkError(known === undefined ? "input-missing" : "input-invalid", `${problem} ${path}`, {
      hint: `name the folder of the ${what}'s sources`,
      context: { path },
    });
  }
  if (isInside(app, library))
    throw invalid(`the application ${app} lies inside the library ${library}`, "the library's own files are no call sites");
}

function requireNamespaces({ namespaces, roots }: LibraryNames, given: readonly string[]): void {
  const opened = new Set([...namespaces.keys()].map((path) => path.split("::")[0] as string));
  for (const namespace of given) {
    if (opened.has(namespace)) continue;
    const near = nearest(namespace, [...roots].toSorted());
    throw invalid(
      `no file of the library declares anything in a namespace '${namespace}'`,
      near === undefined ? "check its spelling" : `did you mean '${near}'?`,
    );
  }
}

function isInside(path: string, folder: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}

function invalid(message: string, hint: string): UnforkError {
  return new UnforkError("input-invalid", message, { hint });
}
