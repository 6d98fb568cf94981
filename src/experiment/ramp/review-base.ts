/** Owns what a signer must see of a base before signing it: everything that it changes, told apart from what the server says of it. */
import { type BasePayload, BUCKETS, type Cap, type SeedUseCase } from "../../model/seed.js";

export interface UseCaseChange {
  readonly useCase: string;
  /** Share of all units that get `latest`, before and after, in percent. */
  readonly from: number;
  readonly to: number;
}

export interface BaseReview {
  readonly version: number;
  readonly expires: string;
  /** Use cases whose exposure changes. */
  readonly changes: readonly UseCaseChange[];
  /** Keys that are trusted from this base on and were not before, and those that are not any more. */
  readonly keysAdded: readonly string[];
  readonly keysGone: readonly string[];
  /** Keys that it revokes and the one before did not: they are trusted never again. */
  readonly revoked: readonly string[];
  /** Releases that the flavors stand for, where they change: "latest: M140 → M150". */
  readonly releases: readonly string[];
  /** Use cases that get another experiment, whose units are drawn by its own salt: "call: call-m140 → call-m150". An A/A experiment changes no exposure. */
  readonly experiments: readonly string[];
  /** Use cases whose units are drawn anew or are other ones, though their experiment stays. */
  readonly redrawn: readonly string[];
  /** The version before, where this one leaves out more than a server does: nothing below it can follow. */
  readonly jumpsFrom?: number | undefined;
}

/** Versions that a base leaves out at most when nobody has touched it: one for each halt. */
const MOST_SKIPPED = 1000;

/** A base that nobody looks at before it is signed holds so long at most, by the signer's clock. */
const LONGEST_UNSEEN_MS = 60 * 86_400_000;

/** Compares a proposed base with the one that is served and what its halt took away (`caps`); without one everything is new. */
export function reviewBase(before: BasePayload | undefined, after: BasePayload, caps: Readonly<Record<string, Cap>> = {}): BaseReview {
  const names = [...new Set([...Object.keys(before?.useCases ?? {}), ...Object.keys(after.useCases)])].toSorted();
  const changes = names.map((useCase) => {
    return { useCase, from: latestPercent(before?.useCases[useCase], caps[useCase]?.cap), to: latestPercent(after.useCases[useCase]) };
  });
  const [old, now] = [keysOf(before), keysOf(after)];
  return {
    version: after.version,
    expires: after.expires,
    changes: changes.filter(({ from, to }) => from !== to),
    keysAdded: now.filter((key) => !old.includes(key)),
    keysGone: old.filter((key) => !now.includes(key)),
    revoked: after.revoked.filter((id) => before?.revoked.includes(id) !== true),
    experiments: names.flatMap((useCase) => {
      const [was, is] = [armedBy(before?.useCases[useCase]), armedBy(after.useCases[useCase])];
      return was === is ? [] : [`${useCase}: ${was ?? "none"} → ${is ?? "none"}`];
    }),
    redrawn: names.filter((useCase) => isRedrawn(before?.useCases[useCase], after.useCases[useCase])),
    ...(before !== undefined && after.version > before.version + MOST_SKIPPED ? { jumpsFrom: before.version } : {}),
    releases: (["legacy", "latest"] as const).flatMap((flavor) => {
      const [was, is] = [before?.flavors[flavor].release, after.flavors[flavor].release];
      return was === is ? [] : [`${flavor}: ${was ?? "none"} → ${is}`];
    }),
  };
}

/** Share of the buckets that get `latest`, by an arm or by the default; beyond `cap` a treatment has the default. */
function latestPercent(useCase: SeedUseCase | undefined, cap: number = BUCKETS): number {
  if (useCase === undefined) return 0;
  const parts = useCase.arms.map(({ arm, flavor, from, to }) => ({
    flavor,
    size: arm === "treatment" ? Math.min(to - from, cap) : to - from,
  }));
  const armed = parts.reduce((sum, { size }) => sum + size, 0);
  const latest = parts.reduce((sum, { flavor, size }) => sum + (flavor === "latest" ? size : 0), 0);
  return ((latest + (useCase.default === "latest" ? BUCKETS - armed : 0)) / BUCKETS) * 100;
}

/** The experiment that has units in its arms. */
function armedBy(useCase: SeedUseCase | undefined): string | undefined {
  return useCase === undefined || useCase.arms.length === 0 ? undefined : useCase.experiment;
}

/** The same experiment with another salt, another kind of unit or moved arms: a server makes a new experiment instead. */
function isRedrawn(before: SeedUseCase | undefined, after: SeedUseCase | undefined): boolean {
  if (before === undefined || after === undefined || before.experiment !== after.experiment) return false;
  const moved = before.arms.some((arm) =>
    after.arms.some((other) => other.arm === arm.arm && (other.from !== arm.from || other.flavor !== arm.flavor)),
  );
  return before.salt !== after.salt || before.unit !== after.unit || moved;
}

function keysOf(base: BasePayload | undefined): string[] {
  return (base?.keys ?? []).map(({ id, role, publicKey }) => `${role} ${id} ${publicKey}`);
}

/** Why it may not be signed without a person: only raises up to a share may, with the keys and releases of the base before. */
export function exceeds(review: BaseReview, upToPercent: number, nowMs: number): string[] {
  const { changes, keysAdded, keysGone, revoked, releases, redrawn, jumpsFrom, expires, version } = review;
  const far = changes.filter(({ from, to }) => to > from && to > upToPercent);
  return [
    ...far.map(({ useCase, to }) => `${useCase} would go to ${String(to)} %, beyond ${String(upToPercent)} %`),
    ...(keysAdded.length + keysGone.length === 0 ? [] : ["the keys change"]),
    ...(revoked.length === 0 ? [] : ["keys are revoked"]),
    ...(releases.length === 0 ? [] : ["the releases change"]),
    ...redrawn.map((useCase) => `the units of ${useCase} would be drawn anew`),
    ...(jumpsFrom === undefined ? [] : [`the version would jump from ${String(jumpsFrom)} to ${String(version)}`]),
    ...(Date.parse(expires) > nowMs + LONGEST_UNSEEN_MS ? ["it would hold for more than 60 days"] : []),
  ];
}
