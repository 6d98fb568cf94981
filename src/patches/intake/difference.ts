/** Owns the downstream difference: base tree to fork tree, file by file, what counts and what is only noise. */
import type { ByteString } from "../../git/bytes.js";
import type { IntakeNoiseKind } from "../../model/patch-intake.js";
import { byText } from "../../support/order.js";
import type { Placed } from "./base/place-files.js";
import { isTaken } from "./base/layout.js";
import type { ForkFile, ForkFiles } from "./fork-file.js";
import { isGenerated, isVendoring } from "./generated.js";
import type { JoinedRepository } from "./joined-repository.js";
import { type LineDiff, lineDiffs } from "./line-diffs.js";
import { equalIn } from "./line-forms.js";
import { findMoves } from "./moves.js";

export interface ChangedFile {
  /** Upstream's path; for a moved file the new one. */
  readonly path: ByteString;
  readonly change: "modified" | "added" | "removed" | "moved";
  /** Upstream's path of a moved file. */
  readonly from: ByteString | null;
  readonly before: ForkFile | null;
  readonly after: ForkFile | null;
  readonly diff: LineDiff;
}

export interface NoiseFile {
  readonly path: ByteString;
  readonly kind: IntakeNoiseKind;
}

export interface Difference {
  readonly identical: number;
  /** Files that both have. */
  readonly common: number;
  /** In byte order. */
  readonly changed: readonly ChangedFile[];
  readonly noise: readonly NoiseFile[];
}

export interface DifferenceRequest {
  readonly joined: JoinedRepository;
  readonly fork: ForkFiles;
  readonly placed: Placed;
  readonly baseFiles: readonly ForkFile[];
  /** Folders in which the base has other repositories, each ending in `/`. */
  readonly submodules: readonly ByteString[];
  /** Whether a file that only the base has, by upstream's path, was removed on purpose; else it counts as left out at vendoring. */
  readonly isRemoval: (path: ByteString) => boolean;
}

type Unsized = Omit<ChangedFile, "diff">;

export async function differenceOf(request: DifferenceRequest): Promise<Difference> {
  const { joined, fork, placed, baseFiles } = request;
  const base = new Map(baseFiles.map((file) => [file.path, file]));
  const noise: NoiseFile[] = placed.beside.map(({ path }) => ({ path, kind: "beside" }));
  const changed: Unsized[] = [];
  let [identical, common] = [0, 0];
  for (const [path, after] of placed.files) {
    const before = base.get(path);
    if (before !== undefined) common += 1;
    if (before?.id === after.id) identical += 1;
    if (before?.id === after.id && before.mode === after.mode) continue;
    const kind = await noiseKind(request, path, before, after);
    if (kind === undefined)
      changed.push({ path, change: before === undefined ? "added" : "modified", from: null, before: before ?? null, after });
    else noise.push({ path, kind });
  }
  const removed = baseFiles.filter(({ path }) => !placed.files.has(path) && isTaken(path, placed.rules));
  const moves = await findMoves(
    joined.objects,
    fork,
    changed.filter(({ change }) => change === "added"),
    removed,
  );
  const moved = new Set([...moves.values()].map(({ path }) => path));
  for (const before of removed.filter(({ path }) => !moved.has(path))) {
    if (request.isRemoval(before.path)) changed.push({ path: before.path, change: "removed", from: null, before, after: null });
    else noise.push({ path: before.path, kind: "removed" });
  }
  const settled = changed.map((file) => movedFrom(file, moves.get(file.path)));
  return { identical, common, changed: await sized(request, settled), noise: noise.toSorted((a, b) => byText(a.path, b.path)) };
}

function movedFrom(file: Unsized, before: ForkFile | undefined): Unsized {
  return before === undefined || file.change !== "added" ? file : { ...file, change: "moved", from: before.path, before };
}

function withDiff(file: Unsized, diff: LineDiff): ChangedFile {
  return { ...file, diff };
}

async function noiseKind(
  { joined, fork, submodules }: DifferenceRequest,
  path: ByteString,
  before: ForkFile | undefined,
  after: ForkFile,
): Promise<IntakeNoiseKind | undefined> {
  if (before === undefined && submodules.some((folder) => path.startsWith(folder))) return "submodule";
  if (before === undefined && isVendoring(path)) return "vendoring";
  if (before?.id === after.id) return isFile(before.mode) && isFile(after.mode) ? "mode" : undefined;
  if (!isFile(after.mode)) return undefined;
  const content = await fork.read(after);
  if (isGenerated(path, content)) return "generated";
  const old = before === undefined || !isFile(before.mode) ? undefined : await joined.objects.find(before.id);
  return old === undefined ? undefined : equalIn(old.content, content);
}

function isFile(mode: string): boolean {
  return mode.startsWith("100");
}

/** Adds the lines; contents that only the fork's folder has are shown to git first. */
async function sized({ joined, fork }: DifferenceRequest, files: readonly Unsized[]): Promise<ChangedFile[]> {
  const sorted = files.toSorted((a, b) => byText(a.path, b.path));
  const contents: Buffer[] = [];
  for (const { after } of sorted) if (after !== null) contents.push(await fork.read(after));
  joined.addBlobs(contents);
  const diffs = await lineDiffs(
    joined,
    sorted.map(({ before, after }) => ({ before: before?.id ?? null, after: after?.id ?? null })),
  );
  return sorted.map((file, at) => withDiff(file, diffs[at] ?? { added: [], removed: [] }));
}
