/** Owns the trial: every source of a component compiled for each flavor, and what the compilers say about it. */
import { availableParallelism } from "node:os";
import { dirname, isAbsolute, join, relative } from "node:path";

import { atMost } from "../../support/at-most.js";
import { run } from "../../support/exec.js";
import { byText } from "../../support/order.js";
import type { InjectFinding, InjectRequest } from "./model.js";
import { isHeader } from "../codemod/source-text.js";
import { filesRead } from "./files-read.js";
import type { BuiltSource } from "./repeated-symbols.js";
import { flavorMacro } from "./words.js";

export interface Complaint {
  readonly flavor: string;
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface CompiledFlavors {
  readonly complaints: readonly Complaint[];
  /** By flavor, of the first compiler. */
  readonly built: readonly (readonly BuiltSource[])[];
  readonly units: number;
}

/** @param generated the folder that holds `include/` */
export async function compileFlavors(
  request: InjectRequest,
  sources: readonly string[],
  generated: string,
  scratch: string,
): Promise<CompiledFlavors> {
  const turn = atMost(availableParallelism());
  const jobs = request.compilers.flatMap((compiler, c) =>
    request.flavors.flatMap((flavor, f) =>
      sources.map((source, s) => ({ compiler, flavor, source, first: c === 0, index: f, object: join(scratch, `${c}-${f}-${s}.o`) })),
    ),
  );
  const built: BuiltSource[][] = request.flavors.map(() => []);
  const told = await Promise.all(
    jobs.map(({ compiler, flavor, source, object }) =>
      turn(async () => {
        const own = [...flavorFlags(request, flavor.name, generated), "-MD", "-MF", `${object}.d`];
        const args = [...languageFlags(request, source), ...commonFlags(request, generated), ...own, ...folders(flavor.includes)];
        const result = await run({ command: compiler, args: [...args, "-c", source, "-o", object], cwd: request.folder });
        return complaintsOf(compiler, flavor.name, source, request, result);
      }),
    ),
  );
  for (const [at, { first, index, source, object }] of jobs.entries())
    if (first && told[at]?.length === 0) built[index]?.push({ source, object, reads: filesRead(`${object}.d`, request.folder) });
  return { complaints: told.flat(), built, units: jobs.length };
}

/** What makes a unit one flavor's. */
export function flavorFlags({ component }: InjectRequest, flavor: string, generated: string): string[] {
  return ["-include", join(generated, "include", component, "flavored.h"), `-D${flavorMacro(component, flavor)}=1`];
}

export function isC(source: string): boolean {
  return source.endsWith(".c");
}

/** The header of both flavors, read by a source that knows no folder of the library. */
export async function compileBoth(
  request: InjectRequest,
  generated: string,
  languages: readonly ("c" | "c++")[],
): Promise<readonly Complaint[]> {
  const input = `#include "${request.component}/both.h"\n`;
  const told: Complaint[] = [];
  for (const compiler of request.compilers)
    for (const language of languages) {
      const standard = language === "c" ? request.cStandard : request.standard;
      const args = ["-x", language, `-std=${standard}`, ...commonFlags(request, generated), "-fsyntax-only", "-"];
      const result = await run({ command: compiler, args, cwd: request.folder, input });
      told.push(...complaintsOf(compiler, "both", `${request.component}/both.h`, request, result));
    }
  return told;
}

/** One finding per place; `differs` where one release only is not content. */
export function complaintFindings(complaints: readonly Complaint[], { flavors, component }: InjectRequest): InjectFinding[] {
  const places = new Map<string, Complaint[]>();
  for (const one of complaints) {
    const key = `${one.path}:${one.line}`;
    places.set(key, [...(places.get(key) ?? []), one]);
  }
  const inOrder = [...places.values()].toSorted(([a], [b]) => byText(a?.path ?? "", b?.path ?? "") || (a?.line ?? 0) - (b?.line ?? 0));
  return inOrder.map((all): InjectFinding => {
    const [{ path, line, text, flavor }] = all as [Complaint];
    const told = new Set(all.map((one) => one.flavor));
    if (told.size > 1) return { kind: "does-not-compile", path, line, text: `${flavors.map(({ name }) => name).join(" and ")}: ${text}` };
    const other = flavors.find(({ name }) => name !== flavor)?.name ?? flavor;
    return { kind: "differs", path, line, text: `${flavor} only: ${text}; put it into #if defined(${flavorMacro(component, other)})` };
  });
}

/** The first complaint of each place. */
export function atOnePlace(complaints: readonly Complaint[]): Complaint[] {
  return [...new Map(complaints.toReversed().map((one) => [`${one.path}:${one.line}`, one])).values()].toReversed();
}

/** Headers are read as C++. */
export function languageFlags({ standard, cStandard }: InjectRequest, unit: string): string[] {
  if (isC(unit)) return ["-x", "c", `-std=${cStandard}`];
  return [...(isHeader(unit) ? ["-x", "c++"] : []), `-std=${standard}`];
}

export function commonFlags({ flags, folder, includes }: InjectRequest, generated: string): string[] {
  return [...flags, ...folders([join(generated, "include"), folder, join(folder, "include"), dirname(folder), ...includes])];
}

function folders(dirs: readonly string[]): string[] {
  return dirs.flatMap((dir) => ["-I", dir]);
}

function complaintsOf(
  compiler: string,
  flavor: string,
  source: string,
  { folder }: InjectRequest,
  { code, stderr }: { readonly code: number | null; readonly stderr: string },
): Complaint[] {
  if (code === 0) return [];
  const found = [...stderr.matchAll(/^(.+?):(\d+)(?::\d+)?: (?:fatal )?error: (.*)$/gm)].map(([, file = "", line, text]) => ({
    flavor,
    path: ownPath(folder, file),
    line: Number(line),
    text: `${text} (${compiler})`,
  }));
  return found.length > 0 ? found : [{ flavor, path: source, line: 0, text: `${stderr.trim().split("\n")[0] ?? ""} (${compiler})` }];
}

function ownPath(folder: string, file: string): string {
  const inside = isAbsolute(file) ? relative(folder, file) : file;
  return inside.startsWith("..") ? file : inside.replace(/^\.\//, "");
}
