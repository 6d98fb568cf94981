/**
 * Owns sums over many units at once. Units are drawn one by one into blocks of 256 that are kept; a day's many units are put together of
 * these. Both arms draw from the same blocks, so that what is true of their difference stays true; tails are those of a million units.
 */
import { type Uniform, drawPoisson, normalStream, uniformStream } from "./draws.js";

const BLOCK = 256;
const BLOCKS = 4096;

/** value: v has mean 1; sessions: v is the sum over x sessions; before: x is the unit's value before; events: v events, x whether any. */
export type UnitKind = "value" | "sessions" | "before" | "events";

/** Sums over units of v, v², x, x², v·x. */
export type UnitSums = Float64Array;

export interface UnitDraws {
  readonly uniform: Uniform;
  readonly normal: () => number;
}

/** Adds one unit. */
type AddUnit = (sums: UnitSums, draws: UnitDraws) => void;

interface UnitPool {
  readonly blocks: readonly UnitSums[];
  readonly addUnit: AddUnit;
}

const known = new Map<string, UnitPool>();

/** The units of a kind; `shape` is the logarithm's standard deviation, for events their mean. Always the same ones. */
function poolOf(kind: UnitKind, shape: number): UnitPool {
  const key = `${kind} ${shape}`;
  const found = known.get(key) ?? makePool(UNITS[kind](shape));
  known.set(key, found);
  return found;
}

function makePool(addUnit: AddUnit): UnitPool {
  const uniform = uniformStream(1);
  const draws = { uniform, normal: normalStream(uniform) };
  const blocks = Array.from({ length: BLOCKS }, () => addUnits(emptySums(), BLOCK, addUnit, draws));
  return { blocks, addUnit };
}

/** Sums over so many units: whole blocks by chance, and the rest one by one. */
export function drawSums(kind: UnitKind, shape: number, units: number, draws: UnitDraws): UnitSums {
  const { blocks, addUnit } = poolOf(kind, shape);
  const sums = emptySums();
  const whole = Math.floor(units / BLOCK);
  for (let block = 0; block < whole; block++) {
    const drawn = blocks[Math.floor(draws.uniform() * BLOCKS)] as UnitSums;
    for (let each = 0; each < sums.length; each++) sums[each] = (sums[each] as number) + (drawn[each] as number);
  }
  return addUnits(sums, units - whole * BLOCK, addUnit, draws);
}

function emptySums(): UnitSums {
  return new Float64Array(5);
}

function addUnits(sums: UnitSums, units: number, addUnit: AddUnit, draws: UnitDraws): UnitSums {
  for (let unit = 0; unit < units; unit++) addUnit(sums, draws);
  return sums;
}

/** A unit's sessions beyond the first. */
const MORE_SESSIONS = 4;
/** The part of a unit's scatter that it had before its exposure, too: what CUPED takes off. */
const LASTING = 0.8;
const OWN = Math.sqrt(1 - LASTING * LASTING);

const UNITS: Readonly<Record<UnitKind, (shape: number) => AddUnit>> = {
  value:
    (spread) =>
    (sums, { normal }) =>
      add(sums, lognormal(spread, normal()), 0),
  sessions:
    (spread) =>
    (sums, { uniform, normal }) => {
      const sessions = 1 + drawPoisson(uniform, MORE_SESSIONS);
      add(sums, lognormal(spread, normal()) * sessions, sessions);
    },
  before:
    (spread) =>
    (sums, { normal }) => {
      const lasting = LASTING * normal();
      add(sums, lognormal(spread, lasting + OWN * normal()), lognormal(spread, lasting + OWN * normal()));
    },
  // Poisson with a gamma's scatter between units (shape 1).
  events:
    (mean) =>
    (sums, { uniform }) => {
      const events = drawPoisson(uniform, -mean * Math.log(uniform()));
      add(sums, events, events > 0 ? 1 : 0);
    },
};

/** With mean 1. */
function lognormal(spread: number, normal: number): number {
  return Math.exp(spread * normal - (spread * spread) / 2);
}

function add(sums: UnitSums, v: number, x: number): void {
  sums[0] = (sums[0] as number) + v;
  sums[1] = (sums[1] as number) + v * v;
  sums[2] = (sums[2] as number) + x;
  sums[3] = (sums[3] as number) + x * x;
  sums[4] = (sums[4] as number) + v * x;
}
