/** Owns the assignment of a unit to a flavor by the buckets of a seed, less what a halt takes away. */
import { type Arm, BUCKETS, type BasePayload, type HaltPayload, type SeedFlavor, type UnitKind } from "../../model/seed.js";
import { bucketOf } from "./bucket.js";
import { type SipKey, sipKeyOfHex } from "./sip-hash.js";

/** The ids of whom the library works for; each is optional, a use case needs the one that it is assigned by. */
export type Units = Readonly<Partial<Record<UnitKind, string>>>;

/**
 * Why a unit has its flavor: its bucket lies in an arm; outside of all; in a part of the treatment that a halt took away; no id of the
 * needed kind was given; the seed does not have the use case; or no seed is in force: none yet, an expired one, or one about other
 * releases than the program has.
 */
export type AssignmentReason = "arm" | "outside" | "capped" | "no-unit" | "unknown-use-case" | "no-seed" | "expired" | "other-releases";

export interface Assignment {
  readonly useCase: string;
  readonly flavor: SeedFlavor;
  /** Units outside the arms are not analysed. */
  readonly arm: Arm | null;
  readonly reason: AssignmentReason;
  /** Of the seed; absent where the reason is that it has no say. */
  readonly experiment?: string;
  readonly phase?: number;
  readonly unit?: UnitKind;
  readonly bucket?: number;
  /** Version of the seed in force, 0 without one. */
  readonly seed: number;
}

interface PreparedRange {
  readonly arm: Arm;
  readonly flavor: SeedFlavor;
  readonly from: number;
  readonly to: number;
  /** Buckets from here on get the default. */
  readonly kept: number;
}

export interface PreparedUseCase {
  readonly name: string;
  readonly experiment: string;
  readonly phase: number;
  readonly unit: UnitKind;
  readonly salt: string;
  readonly key: SipKey;
  readonly default: SeedFlavor;
  readonly ranges: readonly PreparedRange[];
}

/** A seed ready for many assignments. */
export interface PreparedSeed {
  readonly version: number;
  readonly useCases: ReadonlyMap<string, PreparedUseCase>;
}

/** Reads the salts and applies the caps. */
export function prepareSeed(base: BasePayload, halt?: HaltPayload): PreparedSeed {
  const names = Object.keys(base.useCases);
  const prepared = names.map((name) => [name, prepareUseCase(name, base, halt?.caps[name]?.cap ?? BUCKETS)] as const);
  return { version: halt?.version ?? base.version, useCases: new Map(prepared) };
}

function prepareUseCase(name: string, base: BasePayload, cap: number): PreparedUseCase {
  const useCase = base.useCases[name];
  if (useCase === undefined) throw new RangeError(`no use case ${name}`);
  const { arms, salt, ...rest } = useCase;
  const ranges = arms.map(({ arm, flavor, from, to }) => ({
    arm,
    flavor,
    from,
    to,
    kept: arm === "treatment" ? Math.min(to, from + cap) : to,
  }));
  return { ...rest, name, salt, key: sipKeyOfHex(salt), ranges };
}

/** The flavor of a unit. `fallback` is the flavor of the program's own configuration, for what the seed has no say in. */
export function assign(seed: PreparedSeed, useCase: string, units: Units, fallback: SeedFlavor): Assignment {
  const found = seed.useCases.get(useCase);
  if (found === undefined) return { useCase, flavor: fallback, arm: null, reason: "unknown-use-case", seed: seed.version };
  const id = units[found.unit];
  const { experiment, phase, unit } = found;
  if (id === undefined || id === "")
    return { useCase, flavor: found.default, arm: null, reason: "no-unit", experiment, phase, unit, seed: seed.version };
  const bucket = bucketOf(found.key, id);
  const range = rangeOf(found.ranges, bucket);
  const capped = range !== undefined && bucket >= range.kept;
  if (range === undefined || capped) {
    const reason = capped ? "capped" : "outside";
    return { useCase, flavor: found.default, arm: null, reason, experiment, phase, unit, bucket, seed: seed.version };
  }
  return { useCase, flavor: range.flavor, arm: range.arm, reason: "arm", experiment, phase, unit, bucket, seed: seed.version };
}

function rangeOf(ranges: readonly PreparedRange[], bucket: number): PreparedRange | undefined {
  for (const range of ranges) if (bucket >= range.from && bucket < range.to) return range;
  return undefined;
}

/** The arms of a ramp stage: equal concurrent arms up to 50 %, everybody at 100 %. Between them there is no stage. */
export function stageArms(
  percent: number,
  flavor: SeedFlavor,
  control: SeedFlavor,
): { arm: Arm; flavor: SeedFlavor; from: number; to: number }[] {
  if (percent === 100) return [{ arm: "treatment", flavor, from: 0, to: BUCKETS }];
  if (!(percent >= 0 && percent <= 50)) throw new RangeError(`a stage has 0 to 50, or 100 percent, not ${percent}`);
  const size = Math.round((percent * BUCKETS) / 100);
  return [
    { arm: "treatment", flavor, from: 0, to: size },
    { arm: "control", flavor: control, from: BUCKETS / 2, to: BUCKETS / 2 + size },
  ];
}
