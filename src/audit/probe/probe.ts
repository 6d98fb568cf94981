/** Owns the probe: a program of both flavors is generated, built and run, and tells what crosses between them. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ProbeResult } from "../../model/audit.js";
import type { ObjectFormat } from "../../objects/model.js";
import { EM_386, EM_AARCH64, EM_ARM, EM_PPC64, EM_S390, EM_X86_64 } from "../../objects/processors.js";
import { type Place, placeName } from "../../objects/view.js";
import { UnforkError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import type { Evidence } from "../evidence.js";
import { type ProbePairs, probePairs } from "./pairs.js";
import { probeSource } from "./source.js";

export interface ProbeRequest {
  /** g++ or clang++, with libstdc++. */
  readonly compiler: string;
  /** Further arguments of the link. */
  readonly link: readonly string[];
}

/** Throws `usage` for what is not ELF, `tool-missing`, and `tool-failed` when the program does not compile, does not run, or says what is not known. */
export async function probeFlavors(evidence: Evidence, request: ProbeRequest): Promise<ProbeResult> {
  refuseForeign(evidence);
  const pairs = probePairs(evidence);
  const folder = await mkdtemp(join(tmpdir(), "unfork-probe-"));
  try {
    const asked = { compiler: request.compiler, types: pairs.types.length, variables: pairs.variables.length };
    const built = await build(folder, evidence, pairs, request);
    if (built !== undefined) return { ...asked, linked: false, crossings: [], broken: 0, detail: built };
    const lines = await ask(join(folder, "probe"));
    const crossings = lines.flatMap(({ what, index }) => (what === "broken" ? [] : crossing(pairs, what, index)));
    return { ...asked, linked: true, crossings, broken: lines.filter(({ what }) => what === "broken").length, detail: "" };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A program of another processor's objects, or of Mach-O or COFF objects, cannot be linked and run by what the probe uses. */
function refuseForeign({ flavors }: Evidence): void {
  const objects = flavors.flatMap((index) => index.objects);
  const other = objects.find(({ format, machine }) => format === "elf" && OWN.get(process.arch)?.includes(machine) === false);
  if (other !== undefined) refuseOther(other.place);
  const foreign = objects.find(({ format }) => format !== "elf");
  if (foreign === undefined) return;
  throw new UnforkError(
    "usage",
    `${placeName(foreign.place)} is ${FORMAT_NAMES[foreign.format]}: --probe runs programs of ELF objects alone`,
    {
      hint: "leave --probe away, or give the flavors as they are built for Linux",
      context: { file: foreign.place.file },
    },
  );
}

/** The processors whose programs run here, by ELF's number; those that Node does not tell by name here are tried. */
const OWN: ReadonlyMap<string, readonly number[]> = new Map([
  ["x64", [EM_X86_64, EM_386]],
  ["ia32", [EM_386]],
  ["arm64", [EM_AARCH64, EM_ARM]],
  ["s390x", [EM_S390]],
  ["ppc64", [EM_PPC64]],
]);

function refuseOther(place: Place): never {
  throw new UnforkError("usage", `${placeName(place)} is built for another processor: --probe runs a program of both flavors here`, {
    hint: "leave --probe away, or run it on a machine of that kind",
    context: { file: place.file },
  });
}

const FORMAT_NAMES: Readonly<Record<ObjectFormat, string>> = { elf: "ELF", "mach-o": "Mach-O", coff: "COFF" };

/**
 * Compiles and links; gives the linker's first complaint, or undefined. What the archives want from elsewhere is left
 * unresolved, as none of their code runs.
 */
async function build(folder: string, evidence: Evidence, pairs: ProbePairs, { compiler, link }: ProbeRequest): Promise<string | undefined> {
  const source = join(folder, "probe.cc");
  await writeFile(source, probeSource(pairs));
  await must(compiler, ["-std=c++17", "-w", "-fno-pie", "-c", source, "-o", `${source}.o`], "compile");
  const files = [
    ...new Set(
      [...evidence.flavors, ...(evidence.common === undefined ? [] : [evidence.common])].flatMap(({ objects }) =>
        objects.map(({ place }) => place.file),
      ),
    ),
  ];
  const linked = await run({
    command: compiler,
    args: [
      "-no-pie",
      `${source}.o`,
      "-Wl,--start-group",
      ...files,
      "-Wl,--end-group",
      ...link,
      "-Wl,--unresolved-symbols=ignore-all",
      "-o",
      join(folder, "probe"),
    ],
    timeoutMs: MOST_MS,
  });
  if (linked.code === 0) return undefined;
  return (
    linked.stderr
      .split("\n")
      .find((line) => /multiple definition|duplicate symbol|error/i.test(line))
      ?.trim() ?? linked.stderr.trim().slice(0, 400)
  );
}

const MOST_MS = 300_000;

async function must(command: string, args: readonly string[], what: string): Promise<void> {
  const { code, stderr } = await run({ command, args, timeoutMs: MOST_MS });
  if (code !== 0) throw failed(`${command} did not ${what} the probe`, stderr);
}

interface Line {
  readonly what: string;
  readonly index: number;
}

async function ask(program: string): Promise<Line[]> {
  const { code, signal, stdout, stderr } = await run({ command: program, args: [], timeoutMs: MOST_MS });
  const lines = stdout.toString("utf8").trimEnd().split("\n");
  if (code !== 0 || lines.pop() !== "done") throw failed(`the probe ended by ${signal ?? `exit ${code}`} before it was done`, stderr);
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [what = "", index = ""] = line.split("\t");
      return { what, index: Number(index) };
    });
}

function crossing({ types, variables }: ProbePairs, what: string, index: number): ProbeResult["crossings"] {
  const pair = what === "variable" ? variables[index] : types[index];
  if (pair === undefined || (what !== "variable" && what !== "cast" && what !== "catch"))
    throw failed("the probe said what is not known", `${what} ${index}`);
  return [{ kind: what, name: pair.name, symbols: [pair.one, pair.other] }];
}

function failed(message: string, detail: string): UnforkError {
  return new UnforkError("tool-failed", message, { hint: detail.trim().slice(0, 2000) || "run it again with --verbose" });
}
