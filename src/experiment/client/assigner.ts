/** Owns the answers of a client: an assignment, logged before it is told, and what its events carry. */
import { type Assignment, type Units, assign } from "../assignment/assign.js";
import { pseudonymOf } from "../assignment/pseudonym.js";
import { wallClockIso } from "../../support/clock.js";
import { randomId } from "../../support/random.js";
import type { AssignmentLog } from "./assignment-log.js";
import type { Installation } from "./installation.js";
import type { ClientOptions } from "./options.js";
import type { SeedOrReason } from "./seed-in-force.js";
import type { Refreshed } from "./seed-keeper.js";

/** What every event of an assigned unit carries. */
export interface EventFields {
  readonly experiment: string;
  readonly useCase: string;
  readonly phase: number;
  readonly arm: "treatment" | "control";
  /** The unit's pseudonym. */
  readonly unit: string;
  readonly flavor: "legacy" | "latest";
  /** Version of the seed. */
  readonly seed: number;
  /** Of units that are calls, where the program knows it: whether both ends run the same flavor. The first exposure's counts. */
  readonly pair?: "same" | "mixed" | undefined;
}

export interface SeedClient {
  /** The flavor of a use case. Resolves when the assignment is in the log on disk, and in that of events. `device` is the installation's own id unless it is given. `told`: of its exposure. */
  readonly flavorFor: (useCase: string, units?: Units, told?: Pick<EventFields, "pair">) => Promise<Assignment>;
  /** The same answer at once, without the log. */
  readonly peek: (useCase: string, units?: Units) => Assignment;
  /** For events of that assignment; undefined where the unit is in no arm. */
  readonly eventFields: (assignment: Assignment, units?: Units) => EventFields | undefined;
  /** Looks for a new seed now. */
  readonly refresh: () => Promise<Refreshed>;
  /** Of the seed that assignments of this process go by; 0 without one. */
  readonly version: () => number;
  readonly close: () => Promise<void>;
}

/** A unit's assignment is logged once; so many are remembered. */
const LOGGED_AT_MOST = 100_000;

type Assigner = Pick<SeedClient, "flavorFor" | "peek" | "eventFields">;

/** Answers by the seed that `inForce` gives at each call. */
export function assigner(options: ClientOptions, own: Installation, inForce: () => SeedOrReason, log: AssignmentLog | undefined): Assigner {
  const run = randomId();
  const logged = new Map<string, Promise<void>>();

  function all(units: Units): Units {
    return units.device === undefined ? { ...units, device: own.id } : units;
  }
  function peek(useCase: string, units: Units = {}): Assignment {
    const { seed, reason } = inForce();
    if (seed !== undefined) return assign(seed.prepared, useCase, all(units), options.defaultFlavor);
    return { useCase, flavor: options.defaultFlavor, arm: null, reason, seed: 0 };
  }
  function eventFields(assignment: Assignment, units: Units = {}): EventFields | undefined {
    const { useCase, experiment, phase, arm, flavor, unit, seed } = assignment;
    const id = unit === undefined ? undefined : all(units)[unit];
    const salt = inForce().seed?.base.useCases[useCase]?.salt;
    if (arm === null || experiment === undefined || phase === undefined || id === undefined || salt === undefined) return undefined;
    const secret = unit === "device" ? own.secret : (options.joinSecret ?? own.secret);
    return { experiment, useCase, phase, arm, unit: pseudonymOf(secret, salt, id), flavor, seed };
  }
  async function flavorFor(useCase: string, units: Units = {}, told: Pick<EventFields, "pair"> = {}): Promise<Assignment> {
    const assignment = peek(useCase, units);
    const fields = eventFields(assignment, units);
    await Promise.all([logOnce(assignment, fields), fields === undefined ? undefined : options.events?.assigned({ ...fields, ...told })]);
    return assignment;
  }
  async function logOnce({ useCase, flavor, reason, seed }: Assignment, fields: EventFields | undefined): Promise<void> {
    if (log === undefined) return;
    const line = fields ?? { useCase, flavor, reason, seed };
    const key = JSON.stringify(line);
    if (logged.size >= LOGGED_AT_MOST) logged.clear();
    const known = logged.get(key) ?? log.add({ time: wallClockIso(), run, ...line });
    logged.set(key, known);
    await known;
  }
  return { flavorFor, peek, eventFields };
}
