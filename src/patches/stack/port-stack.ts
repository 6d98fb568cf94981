/** Owns the porting of a stack of patches from its old base onto a new one, in memory: no work tree, no index, no ref. */
import { type ByteString, shownBytes } from "../../git/bytes.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { ExistingRepository } from "../../git/open-existing.js";
import { patchTexts } from "../../git/patch-texts.js";
import type { PatchOutcome } from "../../model/patch.js";
import { conflictWords } from "../triage/conflict-words.js";
import { plainPath } from "../triage/favoured.js";
import { triaged } from "../triage/outcome.js";
import { type Triage, triageStack } from "../triage/triage.js";
import type { UpstreamHistory } from "../upstreamed/find-upstreamed.js";
import { LEAVE_NOTHING_OUT, leaveOut } from "../upstreamed/leave-out.js";
import { fetchAhead } from "./fetch-ahead.js";
import { type Settle, placeStack } from "./place-stack.js";
import type { Placement } from "./placement.js";
import { openContext } from "./port-context.js";
import { plainOnes } from "./plain.js";
import { type StackPatch, readStack } from "./stack-patch.js";
import { type Onto, writeStack } from "./write-stack.js";

export interface StackPort {
  readonly pool: ObjectPool;
  /** Commits of the stack, oldest first. */
  readonly commits: readonly string[];
  readonly onto: Onto;
  /** Answers conflicts; without it they stay. */
  readonly settle?: Settle;
  /** Patches that a person left out, with the reason. */
  readonly skipped?: ReadonlyMap<string, string>;
  /** The old base and the tip of the stack: given, conflicts are told apart and their culprits looked for. */
  readonly known?: readonly string[];
  /** Where upstream's history is looked into for patches that it has already; without it, it is not. */
  readonly upstream?: UpstreamHistory;
  /** A partial clone: what it lacks is fetched, and stays there. */
  readonly partial?: ExistingRepository;
}

export interface PortedStack {
  readonly patches: readonly PatchOutcome[];
  readonly tip: string;
  readonly tree: string;
}

/** Ports the stack; its objects are in the pool, not yet in the repository. */
export async function portStack({
  pool,
  commits,
  onto,
  settle,
  known,
  skipped = new Map(),
  upstream,
  partial,
}: StackPort): Promise<PortedStack> {
  const context = openContext(pool);
  const { readTree } = context;
  try {
    const texts = earlyTexts(pool);
    const stack = await readStack(pool, readTree, commits);
    if (partial !== undefined) await fetchAhead(partial, readTree, stack, onto.tree);
    const wanted = stack.filter(({ commit }) => !skipped.has(commit));
    const out = upstream === undefined ? LEAVE_NOTHING_OUT : await leaveOut(context, upstream, wanted);
    const patches = wanted.filter((patch) => !out.outcomes.has(patch));
    const placements = await placeStack({ ...context, settle: out.settling(settle), merging: texts.wanted }, patches, onto.tree);
    const written = await writeStack(pool, readTree, patches, placements, onto);
    const plain = await plainOnes({ pool }, written.merged, await texts.all());
    const placed = patches.map((patch, at) => ({ patch, placement: placements[at] as Placement, commit: written.commits[at] ?? null }));
    const { gone, rest } = await out.afterwards(placed);
    const inConflict = rest.some(({ placement }) => placement.status === "conflict");
    const ported = { patches: rest.map(({ patch }) => patch), placements: rest.map(({ placement }) => placement) };
    const triage = inConflict && known !== undefined ? await triageStack(context, ported, { onto, known }) : undefined;
    const outcomes = rest.map(({ patch, placement, commit, evidence }) => {
      const outcome = outcomeOf(patch, placement, { commit, plain, triage });
      outcome.evidence.push(...evidence);
      return outcome;
    });
    return { patches: withLeftOut(stack, [...outcomes, ...out.outcomes.values(), ...gone], skipped), tip: written.tip, tree: written.tree };
  } finally {
    await context.merger.close();
  }
}

interface EarlyTexts {
  readonly wanted: (patches: readonly StackPatch[]) => void;
  readonly all: () => Promise<ReadonlyMap<string, ByteString>>;
}

/** Diffs that are asked for as soon as it is known that they are needed, while the patches are being merged. */
function earlyTexts(pool: ObjectPool): EarlyTexts {
  const asked: Promise<ReadonlyMap<string, ByteString>>[] = [];
  return {
    wanted: (patches) => {
      const texts = patchTexts(
        pool.repository,
        patches.map(({ commit }) => commit),
      );
      // Whoever needs them is told of a failure.
      texts.catch(() => undefined);
      asked.push(texts);
    },
    all: async () => new Map((await Promise.all(asked)).flatMap((texts) => Array.from(texts))),
  };
}

interface Written {
  readonly commit: string | null;
  /** Commits that a plain apply would have placed alike. */
  readonly plain: ReadonlySet<string>;
  readonly triage: Triage | undefined;
}

function outcomeOf(patch: StackPatch, placement: Placement, { commit, plain, triage }: Written): PatchOutcome {
  const blank = { patch: patch.commit, subject: patch.subject, commit, culprits: [], evidence: [], root: null };
  if (placement.status === "conflict") {
    const files = [...new Set(placement.conflicts.map(({ path }) => shownBytes(plainPath(path))))];
    const { conflicts, messages } = placement;
    const told =
      triage === undefined ? { status: "conflict" as const, evidence: conflictWords(conflicts, messages, null) } : triaged(triage, patch);
    return { ...blank, files, ...told, evidence: [...told.evidence, ...(placement.told ?? [])] };
  }
  const files = (placement.changes.size > 0 ? [...placement.changes.keys()] : patch.changes.map(({ path }) => path)).map(shownBytes);
  if (placement.changes.size === 0) return { ...blank, status: "empty", files, evidence: [emptyReason(patch)] };
  if (placement.way === "exact" || plain.has(patch.commit)) return { ...blank, status: "clean", files };
  return { ...blank, status: "auto", files, evidence: autoReasons(placement) };
}

/** All in the order of the stack. */
function withLeftOut(
  stack: readonly StackPatch[],
  outcomes: readonly PatchOutcome[],
  skipped: ReadonlyMap<string, string>,
): PatchOutcome[] {
  const known = new Map(outcomes.map((outcome) => [outcome.patch, outcome]));
  return stack.map(({ commit, subject, changes }) => {
    const files = changes.map(({ path }) => shownBytes(path));
    const evidence = [`left out by hand: ${skipped.get(commit) ?? "no reason given"}`];
    return known.get(commit) ?? { patch: commit, subject, status: "empty", commit: null, files, culprits: [], evidence, root: null };
  });
}

function emptyReason(patch: StackPatch): string {
  return patch.changes.length === 0
    ? "it changes nothing, and stays as it is"
    : "merged in its place in the stack, nothing of it is left over";
}

function autoReasons({ way, moved, resolved = [], told = [] }: Extract<Placement, { status: "placed" }>): string[] {
  const moves = [...moved].map(([before, after]) => `${shownBytes(before)} moved to ${shownBytes(after)}`);
  if (resolved.length > 0) return [...moves, ...resolved];
  return [
    ...moves,
    ...told,
    way === "whole" ? "whole trees merged on three sides" : "merged on three sides, where a plain apply fails or puts it elsewhere",
  ];
}
