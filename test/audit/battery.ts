/** Owns the building of the battery's cases: tiny two-version libraries under test/fixtures/audit, each with what an audit must find. */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { FilesToAudit } from "../../src/audit/audit-files.js";
import { runOk } from "../../src/support/exec.js";
import type { Finding } from "../../src/model/audit.js";

export const BATTERY = fileURLToPath(new URL("../fixtures/audit", import.meta.url));
export const FLAVORS = ["legacy", "latest"] as const;

export interface BatteryCase {
  readonly about: string;
  /** `severity category demangled`, in the order of an audit; by C++ compiler where they differ. */
  readonly findings: readonly string[] | Readonly<Record<string, readonly string[]>>;
  readonly flags?: readonly string[];
  readonly flagsOf?: Readonly<Record<string, readonly string[]>>;
  /** Plain objects instead of archives. */
  readonly objects?: boolean;
  /** The flavor that is audited alone. */
  readonly single?: string;
  readonly allow?: FilesToAudit["allow"]["shared"];
  /** Namespaces renamed in the objects alone, by flavor. */
  readonly redefine?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function caseNames(): string[] {
  return readdirSync(BATTERY).toSorted();
}

export async function readCase(name: string): Promise<BatteryCase> {
  return JSON.parse(await readFile(join(BATTERY, name, "case.json"), "utf8")) as BatteryCase;
}

export interface Build {
  /** g++ or clang++; C goes to the C compiler beside it. */
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly folder: string;
}

/** Compiles a case; gives what an audit of it is asked. */
export async function buildCase(name: string, build: Build): Promise<FilesToAudit> {
  const given = await readCase(name);
  const flavors = await Promise.all(
    FLAVORS.map(async (flavor) => ({ name: flavor, paths: await buildFlavor(name, given, build, flavor) })),
  );
  const common = existsSync(join(BATTERY, name, "shared")) ? await buildFlavor(name, given, build, "shared") : [];
  const wanted = given.single === undefined ? flavors : flavors.filter((flavor) => flavor.name === given.single);
  return { flavors: wanted, common, allow: { shared: [...(given.allow ?? [])], severity: {} } };
}

async function buildFlavor(name: string, given: BatteryCase, build: Build, flavor: string): Promise<string[]> {
  const place = join(build.folder, name, flavor);
  await mkdir(place, { recursive: true });
  const objects: string[] = [];
  for (const side of flavor === "shared" ? ["shared"] : ["both", flavor]) {
    const folder = join(BATTERY, name, side);
    for (const file of existsSync(folder) ? (await readdir(folder)).toSorted() : []) {
      const source = join(place, file);
      await writeFile(source, (await readFile(join(folder, file), "utf8")).replaceAll("FLAVOR", flavor));
      objects.push(await compile(source, build, [...(given.flags ?? []), ...(given.flagsOf?.[flavor] ?? [])]));
    }
  }
  for (const object of objects) await redefine(object, given.redefine?.[flavor] ?? {});
  if (given.objects === true) return objects;
  const archive = join(place, `lib${flavor}.a`);
  await runOk({ command: "ar", args: ["rcsD", archive, ...objects] });
  return [archive];
}

async function compile(source: string, { compiler, flags }: Build, more: readonly string[]): Promise<string> {
  const isC = /\.[cS]$/.test(source);
  const command = isC ? compiler.replace("clang++", "clang").replace("g++", "gcc") : compiler;
  const all = [...flags, ...more].filter((flag) => !isC || !flag.startsWith("-std=c++"));
  await runOk({ command, args: [...all.filter((flag) => isC || flag !== "-fcommon"), "-w", "-c", source, "-o", `${source}.o`] });
  return `${source}.o`;
}

/** Renames namespaces in the symbols of an object, as people do with objcopy. */
async function redefine(object: string, names: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(names).length === 0) return;
  const { stdout } = await runOk({ command: "nm", args: ["-P", object] });
  const symbols = stdout
    .toString("utf8")
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "");
  const args = symbols.flatMap((symbol) => {
    const to = Object.entries(names).reduce(
      (text, [one, other]) => text.replaceAll(`${one.length}${one}`, `${other.length}${other}`),
      symbol,
    );
    return to === symbol ? [] : ["--redefine-sym", `${symbol}=${to}`];
  });
  await runOk({ command: "objcopy", args: [...args, object] });
}

/** What an audit of the case must find when this compiler built it. */
export function wantedOf({ findings }: BatteryCase, compiler: string): readonly string[] {
  return Array.isArray(findings) ? findings : ((findings as Readonly<Record<string, readonly string[]>>)[compiler] ?? []);
}

/** As a case writes its findings. */
export function brief({ severity, category, demangled }: Finding): string {
  return `${severity} ${category} ${demangled}`;
}
