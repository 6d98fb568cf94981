/** Owns the way from a place in an object to source lines: the unit compiled again with line tables, read by `addr2line`. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { ObjectFile } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import { sectionAt } from "../../objects/sections.js";
import { run } from "../../support/exec.js";
import { UnforkError } from "../../support/errors.js";
import type { BareNames } from "./bare-names.js";
import { compareObjects } from "./compare-object.js";
import { type CompileStep, objectArguments } from "./compile-arguments.js";
import { runStep } from "./compile-step.js";

export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

export interface Place {
  /** The section's index in the object without line tables. */
  readonly section: number;
  readonly offset: number;
}

export interface LineRequest {
  readonly unit: string;
  readonly step: CompileStep;
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly folder: string;
  readonly bare: BareNames;
  /** The unit's object without line tables. */
  readonly object: ObjectFile;
  readonly places: readonly Place[];
}

/** Per place its line and the lines it was inlined into, innermost first; none in sections that line tables change. */
export async function sourceLines(request: LineRequest): Promise<SourceLine[][]> {
  const none = request.places.map(() => []);
  if (request.places.length === 0) return none;
  const output = join(request.folder, "lines.o");
  const args = objectArguments(request.step, request.unit, request.flags, output, "-g1");
  if ((await runStep(request.step, request.compiler, args)).status === "failed") return none;
  const [object] = objectsOf(output);
  if (object === undefined) return none;
  const compared = compareObjects(request.object, object, request.bare);
  const changed = new Set(
    compared.differences.filter(({ kind }) => kind === "bytes" || kind === "relocation").map(({ sections }) => sections.before),
  );
  const lines: SourceLine[][] = [];
  for (const place of request.places) {
    const pair = compared.sections.ofBefore.get(place.section);
    lines.push(
      pair !== undefined && !changed.has(place.section)
        ? await addressLines(output, pair.after.index, pair.after.name, place.offset, object)
        : [],
    );
  }
  await rm(output, { force: true });
  return lines;
}

/** binutils finds a place by its section's name; of several sections of one name it takes the first. */
async function addressLines(path: string, index: number, name: string, offset: number, object: ObjectFile): Promise<SourceLine[]> {
  const first = firstOfName(object, name);
  if (first !== index) return [];
  try {
    const { code, stdout } = await run({ command: "addr2line", args: ["-i", "-e", path, "-j", name, `0x${offset.toString(16)}`] });
    return code === 0 ? linesOf(stdout.toString("utf8")) : [];
  } catch (error) {
    if (error instanceof UnforkError && error.code === "tool-missing") return [];
    throw error;
  }
}

function firstOfName(object: ObjectFile, name: string): number {
  const { sections } = object;
  for (let index = 1; index < sections.count; index++) {
    if (sectionAt(object.view, sections, index).name === name) return index;
  }
  return -1;
}

function linesOf(text: string): SourceLine[] {
  return text.split("\n").flatMap((line) => {
    const [, file, number] = /^(.+):(\d+)(?: \(discriminator \d+\))?$/.exec(line) ?? [];
    return file === undefined || file === "??" || number === "0" || number === undefined ? [] : [{ file, line: Number(number) }];
  });
}
