/** Owns the way of a component into both flavors: read, judged, written, compiled. */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { readTextIfThere, writeFilesAtomic } from "../../support/fs.js";
import { removeTemporary, temporaryNamed } from "../../support/temporary-folders.js";
import { cBoth, cxxBoth } from "./both.js";
import { injectCmake } from "./cmake-text.js";
import { atOnePlace, compileBoth, compileFlavors, complaintFindings } from "./compile-flavors.js";
import { type Component, readComponent } from "./component.js";
import { outsideNames } from "./find-clashes.js";
import { flavoredHeader } from "./flavored-header.js";
import { flavoredNames } from "./flavored-names.js";
import { joinShim } from "./join-shim.js";
import type { FlavoredNames, InjectFinding, InjectRequest } from "./model.js";
import { outsideFiles, sharedWords } from "./outside-files.js";
import { sharedNamespaces } from "./reach.js";
import { type BuiltSource, repeatedSymbols } from "./repeated-symbols.js";
import { resolveInclude } from "./resolve-include.js";
import { allWords, MARK } from "./words.js";

export interface InjectResult {
  /** The component's namespaces; none of a C component. */
  readonly namespaces: readonly string[];
  /** Names outside of these that get the flavor. */
  readonly names: readonly string[];
  readonly sources: readonly string[];
  /** What the header of both flavors shows, and which public headers it cannot. */
  readonly headers: {
    readonly shown: readonly string[];
    readonly left: readonly string[];
    /** What these expose is in the library's shim. */
    readonly inShim: readonly string[];
  };
  /** Relative to the folder that is written. */
  readonly files: readonly string[];
  readonly units: number;
  readonly findings: readonly InjectFinding[];
}

/** Nothing is written to `out` under `dryRun`; the compilers then read a copy of what would be. */
export async function inject(request: InjectRequest, out: string, dryRun: boolean): Promise<InjectResult> {
  const component = await readComponent(request);
  const scratch = await temporaryNamed("unfork-shim-inject");
  try {
    const names = await flavoredNames(component, request, scratch);
    const target = dryRun ? join(scratch, "out") : out;
    const both = component.language === "c" ? await cBoth(component, request, names, scratch) : cxxBoth(component, request, names);
    const texts = [
      { path: `include/${request.component}/flavored.h`, text: flavoredHeader(request, names) },
      ...(both.text === undefined ? [] : [{ path: `include/${request.component}/both.h`, text: both.text }]),
      { path: "CMakeLists.txt", text: injectCmake(request, component.sources, out) },
    ];
    await writeOwn(target, texts);
    const { complaints, built, units } = await compileFlavors(request, component.sources, target, scratch);
    const bothComplaints = both.text === undefined || both.unread ? [] : await compileBoth(request, target, both.languages);
    const leaking = component.publicHeaders.map(({ path }) => path).filter((path) => !both.shown.includes(path));
    const { shim } = request;
    const joined =
      shim === undefined || leaking.length === 0 ? undefined : await joinShim({ ...request, shim }, names, leaking, target, dryRun);
    return {
      namespaces: names.namespaces.map((words) => words.join("::")),
      names: names.own,
      sources: component.sources,
      headers: { shown: both.shown, left: joined === undefined ? leaking : [], inShim: joined === undefined ? [] : leaking },
      files: [...texts.map(({ path }) => path), ...(joined?.files ?? [])],
      units,
      findings: [
        ...(joined === undefined ? both.findings : [...joined.findings, ...both.findings.filter(({ kind }) => kind !== "leak")]),
        ...clashes(component, request, names),
        ...complaintFindings(complaints, request),
        ...objectFindings(component, request, names, built, target),
        ...atOnePlace(bothComplaints).map(({ path, line, text }): InjectFinding => ({ kind: "both-header", path, line, text })),
      ],
    };
  } finally {
    await removeTemporary(scratch);
  }
}

function clashes({ files, language }: Component, request: InjectRequest, names: FlavoredNames): InjectFinding[] {
  const all = [...files.values()];
  const paths = new Set(files.keys());
  return [
    ...(language === "c" ? [] : outsideNames(all, names, request)),
    ...names.namespaces.flatMap((words) => sharedNamespaces(all, paths, words.at(-1) as string, request)),
    ...all.filter(({ path }) => /\.(?:m|mm|cu)$/.test(path)).map(({ path }) => notBuilt(path)),
  ];
}

/** What the built objects tell, and the files that they were made from. */
function objectFindings(
  { files, publicHeaders }: Component,
  request: InjectRequest,
  names: FlavoredNames,
  built: readonly (readonly BuiltSource[])[],
  generated: string,
): InjectFinding[] {
  const outside = outsideFiles(built.flat(), request, generated, new Set(allWords(names)));
  const told = new Set([...files.values()].flatMap((file) => file.names.map(({ name }) => name)));
  const direct = new Set(
    [...files.values(), ...publicHeaders].flatMap(({ path, includes }) =>
      includes.flatMap((line) => {
        const target = resolveInclude(path, line, new Set(files.keys()), request);
        return target.kind === "application" ? [target.file] : [];
      }),
    ),
  );
  return [...sharedWords(outside.filter(({ file }) => !direct.has(file))), ...repeatedSymbols(built, outside, (name) => told.has(name))];
}

function notBuilt(path: string): InjectFinding {
  return { kind: "not-built", path, line: 0, text: "is not built: only C and C++ sources are" };
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
