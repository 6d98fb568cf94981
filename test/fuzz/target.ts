/** Owns what must hold of every input: a small tree is isolated, isolated again, reverted, and compared byte by byte. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { dialectOf, languageOf } from "../../src/isolate/code-files.js";
import { createLocalPart } from "../../src/isolate/engine/part-local.js";
import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { revertTree } from "../../src/isolate/journal/revert-tree.js";
import { undoFile } from "../../src/isolate/journal/undo-file.js";
import { rewriteParts } from "../../src/isolate/rewrite-parts.js";
import { decodeUndo, type Undo } from "../../src/isolate/undo-record.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { UnforkError } from "../../src/support/errors.js";
import { IN_WORD } from "../../src/tokens/bytes.js";
import { createFastInterner, createInterner } from "../../src/tokens/interner.js";
import { KIND, PUNCTUATION } from "../../src/tokens/kinds.js";
import { scan } from "../../src/tokens/scan.js";
import { createStream, type TokenStream } from "../../src/tokens/stream.js";
import { type MemoryFiles, openMemoryFiles } from "./memory-files.js";
import type { Seed } from "./seeds.js";

const FLAVOR = "legacy";
const SUFFIX = Buffer.from(`_${FLAVOR}`);
const PLAN = isolationPlanSchema.parse({ namespaces: ["meter"] });

/** A tree that opens the namespace and defines a C name, so that each input has something to rename. */
const ANCHOR = Buffer.from('namespace meter { class Gauge; }\nextern "C" int meter_reset(int x) { return x; }\nint meter_state = 1;\n');

/** Longest time that one tree of inputs may take, in ms of processor time. */
export const BUDGET_MS = 5_000;

export interface Outcome {
  /** Refused with a clear error (the new name is taken, two flavors …), per tree. */
  readonly refused: string | undefined;
  /** Files that were accepted and changed. */
  readonly changed: number;
  readonly edits: number;
  readonly tokens: number;
}

/** What was broken, in one sentence. */
export class BrokenProperty extends Error {}

/** A second run does something again: kept apart, since it takes text that no compiler would. */
export class UnstableResult extends Error {}

export interface CheckOptions {
  /** By the commands themselves, on disk, with two threads and with one. */
  readonly onDisk?: boolean;
  /** In memory, also isolate the result again. */
  readonly again?: boolean;
}

export interface Target {
  readonly check: (inputs: readonly Seed[], options?: CheckOptions) => Promise<Outcome>;
  readonly close: () => void;
}

/** Where the trees that are in memory seem to lie. */
const MEMORY = "/unfork-fuzz-memory";

/** A target that works in an empty folder of its own, and mostly in memory. */
export function createTarget(folder: string): Target {
  const tokens = createTokenCheck();
  const memory = openMemoryFiles(`${MEMORY}/`);
  let run = 0;
  async function check(inputs: readonly Seed[], options: CheckOptions = {}): Promise<Outcome> {
    const root = join(folder, `run${run++}`);
    const names = inputs.map(({ ending }, index) => `f${index}.${ending}`);
    const files = new Map([["anchor.cc", ANCHOR], ...names.map((name, index): [string, Buffer] => [name, (inputs[index] as Seed).bytes])]);
    const isolate = options.onDisk === true ? isolateOnDisk(root) : isolateInMemory(memory, options.again === true);
    try {
      return await checked(files, isolate, tokens);
    } finally {
      memory.clear();
      if (options.onDisk === true) rmSync(root, { recursive: true, force: true });
    }
  }
  function close(): void {
    memory.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { check, close };
}

type Files = ReadonlyMap<string, Buffer>;

/** Gives the files that changed. */
type Isolate = (files: Files) => Promise<Files>;

async function checked(files: Files, isolate: Isolate, tokens: TokenCheck): Promise<Outcome> {
  const since = cpuClockMs();
  let outputs: Files;
  try {
    outputs = await isolate(files);
  } catch (error) {
    if (!(error instanceof UnforkError) || error.code !== "input-invalid") throw error;
    return {
      refused: error.message
        .replaceAll(/'[^']*'/g, "'…'")
        .replaceAll(/ \([^)]*\)/g, "")
        .slice(0, 80),
      changed: 0,
      edits: 0,
      tokens: 0,
    };
  }
  let [changed, edits, count] = [0, 0, 0];
  for (const [name, before] of files) {
    if (before === ANCHOR) continue;
    const after = outputs.get(name) ?? before;
    count += tokens(name, before, after);
    if (!after.equals(before)) changed++;
    edits += requireInsertions(name, before, after);
  }
  if (cpuClockMs() - since > BUDGET_MS) throw new BrokenProperty(`the tree took more than ${BUDGET_MS} ms`);
  return { refused: undefined, changed, edits, tokens: count };
}

/** Milliseconds of processor time of this process. */
function cpuClockMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The commands themselves: isolate, with two threads, and revert. */
function isolateOnDisk(root: string): Isolate {
  const [source, out, back] = ["in", "out", "back"].map((name) => join(root, name)) as [string, string, string];
  const request = { flavor: FLAVOR, release: "R1", plan: PLAN };
  return async (files) => {
    mkdirSync(source, { recursive: true });
    for (const [name, bytes] of files) writeFileSync(join(source, name), bytes);
    await isolateTree({ ...request, source, target: out, jobs: 2 });
    await revertTree({ source: out, target: back });
    const outputs = new Map<string, Buffer>();
    for (const [name, before] of files) {
      const after = readFileSync(join(out, name));
      if (!readFileSync(join(back, name)).equals(before)) throw new BrokenProperty(`${name}: revert gives other bytes`);
      outputs.set(name, after);
    }
    const plain = await recordsOf(source, [...files.keys()], () => false);
    for (const [name, { undo }] of plain) {
      const before = files.get(name) as Buffer;
      const alone = undo === undefined ? before : redone(before, undo);
      if (!alone.equals(outputs.get(name) as Buffer)) throw new BrokenProperty(`${name}: one thread gives other bytes than two`);
    }
    return outputs;
  };
}

/** The same course without files: the result's bytes come from the records by which revert works. */
function isolateInMemory(memory: MemoryFiles, again: boolean): Isolate {
  return async (files) => {
    const names = [...files.keys()];
    for (const [name, bytes] of files) memory.write(`${MEMORY}/${name}`, bytes);
    const outputs = new Map<string, Buffer>();
    for (const [name, { undo, sha256 }] of await recordsOf(MEMORY, names, () => false)) {
      if (undo === undefined) continue;
      const before = files.get(name) as Buffer;
      const after = redone(before, undo);
      if (createHash("sha256").update(after).digest("hex") !== sha256)
        throw new BrokenProperty(`${name}: what is written is not what is recorded`);
      if (undoFile(after, undo)?.equals(before) !== true) throw new BrokenProperty(`${name}: revert gives other bytes`);
      outputs.set(name, after);
    }
    for (const [name, after] of outputs) memory.write(`${MEMORY}/${name}`, after);
    if (again) await requireStable(names);
    return outputs;
  };
}

/** Isolating the result again changes nothing. */
async function requireStable(names: readonly string[]): Promise<void> {
  try {
    for (const [name, { undo }] of await recordsOf(MEMORY, names, () => true)) {
      if (undo !== undefined) throw new UnstableResult(`${name}: a second run changes it again`);
    }
  } catch (error) {
    throw error instanceof UnforkError ? new UnstableResult(`a second run is refused: ${error.message}`) : error;
  }
}

interface FileRecord {
  readonly undo: Undo | undefined;
  readonly sha256: string;
}

/** What one part, in this thread, does to the files. */
async function recordsOf(source: string, names: readonly string[], isKnown: () => boolean): Promise<Map<string, FileRecord>> {
  const files = names.toSorted();
  const listed = files.map((path, index) => ({ index, path, code: languageOf(path) !== undefined }));
  const part = createLocalPart(
    { source, suffix: SUFFIX.toString(), namespaces: PLAN.namespaces, names: [], files: listed },
    () => undefined,
  );
  try {
    const request = { plan: PLAN, flavor: FLAVOR, source, files, isOriginal: false, isKnown };
    const { results } = await rewriteParts(request, [part], { folder: undefined, earlier: undefined, created: false }, Promise.resolve());
    const written = results.flatMap((result) => result.files);
    return new Map(written.map(({ index, undo, sha256 }) => [files[index] as string, { undo: decoded(undo), sha256 }]));
  } finally {
    await part.close();
  }
}

function decoded(undo: Uint8Array | undefined): Undo | undefined {
  if (undo === undefined) return undefined;
  const record = decodeUndo(Buffer.from(undo), SUFFIX.toString());
  if (record === undefined) throw new BrokenProperty("a record cannot be read again");
  return record;
}

/** The bytes after the insertions of a record; without a policy there are no replacements. */
function redone(before: Buffer, { insertions, layers }: Undo): Buffer {
  if (layers.length > 0) throw new BrokenProperty("bytes were replaced, which no policy asked for");
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { offset, text } of insertions) {
    pieces.push(before.subarray(from, offset), Buffer.from(text, "latin1"));
    from = offset;
  }
  return Buffer.concat([...pieces, before.subarray(from)]);
}

/** Only the suffix was put in, and only behind words; `##` before it where a macro joins the name. Gives their number. */
function requireInsertions(name: string, before: Buffer, after: Buffer): number {
  if (after === before) return 0;
  let [at, count] = [0, 0];
  for (let i = 0; i < after.length;) {
    if (at < before.length && after[i] === before[at] && insertedAt(before, after, i, at) === 0) {
      i++;
      at++;
      continue;
    }
    const length = insertedAt(before, after, i, at);
    if (length === 0) throw new BrokenProperty(`${name}: byte ${at} of the input is changed or lost`);
    if (length === SUFFIX.length && (i === 0 || IN_WORD[after[i - 1] as number] !== 1))
      throw new BrokenProperty(`${name}: the suffix stands behind no word at byte ${at}`);
    i += length;
    count++;
  }
  if (at !== before.length) throw new BrokenProperty(`${name}: the end of the input is lost`);
  return count;
}

/** The length of what was put in at a place of the output; 0 where the input goes on. */
function insertedAt(before: Buffer, after: Buffer, i: number, at: number): number {
  const joined = after[i] === HASH && after[i + 1] === HASH && hasSuffix(after, i + 2);
  if (joined && !(before[at] === HASH && before[at + 1] === HASH && hasSuffix(before, at + 2))) return SUFFIX.length + 2;
  return hasSuffix(after, i) && !hasSuffix(before, at) ? SUFFIX.length : 0;
}

const HASH = 35;

function hasSuffix(bytes: Buffer, at: number): boolean {
  return bytes.subarray(at, at + SUFFIX.length).equals(SUFFIX);
}

/** Compares the tokens before and after; gives their number. */
type TokenCheck = (name: string, before: Buffer, after: Buffer) => number;

/** The scanner in TypeScript against its own result after renaming, and against the one that is compiled ahead, where there is one. */
function createTokenCheck(): TokenCheck {
  const interner = createInterner();
  const fast = createFastInterner();
  const [old, fresh, other] = [createStream(), createStream(), createStream()];
  return (name, before, after) => {
    const language = languageOf(name);
    if (language === undefined) return 0;
    const dialect = dialectOf(language);
    scan(before, interner, old, dialect);
    scan(after, interner, fresh, dialect);
    requireSameTokens(name, old, fresh, (id) => interner.name(id));
    if (fast.native !== undefined) {
      scan(before, fast, other, dialect);
      requireSameScan(
        name,
        old,
        other,
        (id) => interner.name(id),
        (id) => fast.name(id),
      );
    }
    return old.count;
  };
}

/** A macro that joins a name gets `##_<flavor>` at its end: two tokens more, which are passed over. */
function requireSameTokens(name: string, old: TokenStream, fresh: TokenStream, nameOf: (id: number) => string): void {
  const isJoined = (at: number): boolean =>
    fresh.kinds[at] === KIND.punctuation && fresh.values[at] === PUNCTUATION.paste && isSuffixWord(fresh, at + 1, nameOf);
  let at = 0;
  for (let i = 0; i < old.count; i++, at++) {
    if (isJoined(at) && !(old.kinds[i] === KIND.punctuation && old.values[i] === PUNCTUATION.paste && isSuffixWord(old, i + 1, nameOf)))
      at += 2;
    if (old.kinds[i] !== fresh.kinds[at]) throw new BrokenProperty(`${name}: token ${i} is of another kind after renaming`);
    const isSame = old.kinds[i] === KIND.identifier || old.values[i] === fresh.values[at];
    if (!isSame) throw new BrokenProperty(`${name}: token ${i} is another one after renaming`);
  }
  if (isJoined(at)) at += 2;
  if (fresh.count !== at) throw new BrokenProperty(`${name}: ${old.count} tokens before, ${fresh.count} after`);
}

function isSuffixWord({ kinds, values, count }: TokenStream, at: number, nameOf: (id: number) => string): boolean {
  return at < count && kinds[at] === KIND.identifier && nameOf(values[at] as number) === `_${FLAVOR}`;
}

function requireSameScan(name: string, a: TokenStream, b: TokenStream, nameA: (id: number) => string, nameB: (id: number) => string): void {
  if (a.count !== b.count) throw new BrokenProperty(`${name}: the scanners see ${a.count} and ${b.count} tokens`);
  for (let i = 0; i < a.count; i++) {
    const same = a.kinds[i] === b.kinds[i] && a.starts[i] === b.starts[i] && a.ends[i] === b.ends[i];
    const isWord = a.kinds[i] === KIND.identifier;
    const sameValue = isWord ? nameA(a.values[i] as number) === nameB(b.values[i] as number) : a.values[i] === b.values[i];
    if (!same || !sameValue) throw new BrokenProperty(`${name}: the scanners differ at token ${i}, byte ${a.starts[i]}`);
  }
}
