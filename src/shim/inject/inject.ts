/** Owns the way of a component into both flavors: read, judged, written, compiled. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { listFiles, readTextIfThere, writeFilesAtomic } from "../../support/fs.js";
import { anyNameGlob } from "../../support/glob.js";
import { removeTemporary, temporaryNamed } from "../../support/temporary-folders.js";
import { isCode, sourceReader } from "../codemod/source-text.js";
import { bothHeader } from "./both-header.js";
import { injectCmake } from "./cmake-text.js";
import { atOnePlace, compileBoth, compileFlavors, complaintFindings } from "./compile-flavors.js";
import { flavoredMacros, outsideNames, readOnce } from "./find-clashes.js";
import { flavoredHeader } from "./flavored-header.js";
import type { ComponentFile, InjectFinding, InjectRequest } from "./model.js";
import { ownNamespace } from "./own-namespace.js";
import { reachOf, sharedNamespaces } from "./reach.js";
import { readComponentFile } from "./read-file.js";
import { repeatedSymbols } from "./repeated-symbols.js";
import { MARK } from "./words.js";

export interface InjectResult {
  readonly namespace: string;
  readonly sources: readonly string[];
  /** What the header of both flavors shows, and which public headers it cannot. */
  readonly headers: { readonly shown: readonly string[]; readonly left: readonly string[] };
  /** Relative to the folder that is written. */
  readonly files: readonly string[];
  readonly units: number;
  readonly findings: readonly InjectFinding[];
}

/** Nothing is written to `out` under `dryRun`; the compilers then read a copy of what would be. */
export async function inject(request: InjectRequest, out: string, dryRun: boolean): Promise<InjectResult> {
  const files = await readComponent(request);
  const all = [...files.values()];
  const publicHeaders = publicOf(files, request);
  const namespace = ownNamespace(publicHeaders, request);
  const reach = reachOf(files, publicHeaders, request);
  const sources = all.filter(({ path, isHeader }) => !isHeader && /\.(?:cc|cpp|cxx|c\+\+|C)$/.test(path)).map(({ path }) => path);
  const texts = [
    { path: `include/${request.component}/flavored.h`, text: flavoredHeader(request, namespace) },
    ...(reach.clean.length === 0 ? [] : [{ path: `include/${request.component}/both.h`, text: bothText(request, namespace, reach) }]),
    { path: "CMakeLists.txt", text: injectCmake(request, sources, out) },
  ];
  const scratch = await temporaryNamed("unfork-shim-inject");
  try {
    const target = dryRun ? join(scratch, "out") : out;
    await writeOwn(target, texts);
    const { complaints, built, units } = await compileFlavors(request, sources, target, scratch);
    const once = readOnce(reach.own);
    const both = reach.clean.length === 0 || once.length > 0 ? [] : await compileBoth(request, target);
    const word = namespace.at(-1) as string;
    const findings = [
      ...reach.leaks,
      ...once,
      ...outsideNames(all, namespace, request),
      ...sharedNamespaces(all, new Set(files.keys()), word, request),
      ...flavoredMacros(reach.own, [word, ...request.library]),
      ...all.filter(({ path }) => /\.(?:c|m|mm|cu)$/.test(path)).map(({ path }) => notBuilt(path)),
      ...complaintFindings(complaints, request),
      ...repeatedSymbols(built[0] ?? [], built[1] ?? []),
      ...atOnePlace(both).map(({ path, line, text }): InjectFinding => ({ kind: "both-header", path, line, text })),
    ];
    const left = publicHeaders.map(({ path }) => path).filter((path) => !reach.clean.includes(path));
    return {
      namespace: namespace.join("::"),
      sources,
      headers: { shown: reach.clean, left },
      files: texts.map(({ path }) => path),
      units,
      findings,
    };
  } finally {
    await removeTemporary(scratch);
  }
}

async function readComponent({ folder, exclude }: InjectRequest): Promise<Map<string, ComponentFile>> {
  const isExcluded = exclude.length === 0 ? () => false : anyNameGlob(exclude);
  const read = sourceReader();
  const found = new Map<string, ComponentFile>();
  for (const path of await listFiles(folder))
    if (isCode(path) && !isExcluded(path)) found.set(path, readComponentFile(read(path, readFileSync(join(folder, path)))));
  return found;
}

/** Those that are named; else those below `include/`; else all headers. */
function publicOf(files: ReadonlyMap<string, ComponentFile>, { folder, publicHeaders }: InjectRequest): ComponentFile[] {
  for (const path of publicHeaders)
    if (!files.has(path))
      throw new UnforkError("input-missing", `--public ${path}: no such file in ${folder}`, {
        hint: "paths are relative to the component's folder",
      });
  const headers = [...files.values()].filter(({ isHeader }) => isHeader);
  const included = headers.filter(({ path }) => path.startsWith("include/"));
  const chosen =
    publicHeaders.length > 0 ? headers.filter(({ path }) => publicHeaders.includes(path)) : included.length > 0 ? included : headers;
  if (chosen.length > 0) return chosen;
  throw new UnforkError("input-invalid", `${folder} has no header that others could include`, { hint: "name the component's folder" });
}

function bothText(request: InjectRequest, namespace: readonly string[], { clean, own, before }: ReturnType<typeof reachOf>): string {
  const guards = own.flatMap(({ guard }) => (guard === undefined ? [] : [guard]));
  return bothHeader(request, namespace, { before, guards, headers: clean.map((path) => `${basename(request.folder)}/${path}`) });
}

function notBuilt(path: string): InjectFinding {
  return { kind: "c-source", path, line: 0, text: "is not built: only C++ has namespaces that tell two builds apart" };
}

/** Refuses to write over what is not its own. */
async function writeOwn(folder: string, texts: readonly { readonly path: string; readonly text: string }[]): Promise<void> {
  for (const { path } of texts) {
    const old = existsSync(join(folder, path)) ? await readTextIfThere(join(folder, path)) : undefined;
    if (old !== undefined && !old.split("\n", 1)[0]?.includes(MARK))
      throw new UnforkError("input-invalid", `${join(folder, path)} was not written by unfork shim inject`, {
        hint: "give a folder of its own: --out DIR",
      });
  }
  await writeFilesAtomic(texts.map(({ path, text }) => ({ path: join(folder, path), data: Buffer.from(text) })));
}
