/** Owns what must hold of any bytes given as an object or archive: read, or refused with offset and field; in bounded time. */
import { type BodyReader, bodyDigest, bodyReader } from "../../src/objects/body.js";
import { plainDigest, plainReader } from "../../src/objects/body-digest.js";
import { versionsOf } from "../../src/objects/elf-versions.js";
import { bytesSource } from "../../src/objects/file.js";
import type { ObjectFile } from "../../src/objects/model.js";
import { objectsIn } from "../../src/objects/open.js";
import { sectionContents } from "../../src/objects/section-contents.js";
import { sectionAt } from "../../src/objects/sections.js";
import { symbolAt } from "../../src/objects/symbols.js";
import { UnforkError } from "../../src/support/errors.js";

/** Longest time that one input may take, in ms of processor time. */
const BUDGET_MS = 2_000;
/** Largest section that is inflated. */
const LARGEST_SECTION = 2 ** 20;

export interface ObjectOutcome {
  /** Objects whose tables were read. */
  readonly objects: number;
  readonly symbols: number;
  /** Fields of the refusals; none for an input that is accepted as a whole. */
  readonly refused: readonly string[];
}

/** Reads all there is. Throws on anything that must not happen. */
export function checkObject(bytes: Buffer): ObjectOutcome {
  const started = performance.now();
  const outcome = readInput(bytes);
  if (performance.now() - started > BUDGET_MS) checkTime(bytes);
  return outcome;
}

/** On a busy machine the clock may run on while others work. */
function checkTime(bytes: Buffer): void {
  const started = process.cpuUsage();
  readInput(bytes);
  const { user, system } = process.cpuUsage(started);
  if ((user + system) / 1000 > BUDGET_MS) throw new Error(`took ${(user + system) / 1000} ms of processor time`);
}

function readInput(bytes: Buffer): ObjectOutcome {
  const outcome = { objects: 0, symbols: 0, refused: [] as string[] };
  const open = (path: string) => bytesSource(path, bytes.subarray(0, bytes.length >> 1));
  attempt(outcome.refused, () => {
    for (const object of objectsIn(bytesSource("x", bytes), { wanted: () => true, open })) {
      outcome.objects++;
      outcome.symbols += readAll(object, outcome.refused);
    }
  });
  return outcome;
}

function readAll(object: ObjectFile, refused: string[]): number {
  for (let index = 1; index < object.symbols.count; index++) attempt(refused, () => symbolAt(object, index));
  attempt(refused, () => object.groups());
  attempt(refused, () => versionsOf(object));
  for (let index = 1; index < object.sections.count; index++) {
    attempt(refused, () => sectionContents(object, sectionAt(object.view, object.sections, index), LARGEST_SECTION));
  }
  attempt(refused, () => {
    const reader = bodyReader(object);
    for (let index = 1; index < object.symbols.count; index++) attempt(refused, () => checkBody(reader, index));
  });
  return Math.max(object.symbols.count - 1, 0);
}

/** What the module compiled ahead says of a body is what the other reader says. */
function checkBody(reader: BodyReader, index: number): void {
  const digest = bodyDigest(reader, index);
  if (reader.native === undefined) return;
  reader.plain ??= plainReader(reader.object);
  let other = "refused";
  attempt([], () => (other = plainDigest(reader.plain as never, index)));
  if (other !== digest) throw new Error(`two digests of the body of symbol ${index}`);
}

function attempt(refused: string[], read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UnforkError) || error.code !== "object-invalid") throw error;
    const { offset, field } = error.context;
    if (typeof offset !== "number" || typeof field !== "string")
      throw new Error(`a refusal without offset or field: ${error.message}`, { cause: error });
    refused.push(field);
  }
}
