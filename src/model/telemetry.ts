/** Owns the events that devices send, and what the server answers them. */
import { z } from "zod";

import { armSchema, experimentIdSchema } from "./experiment.js";

/** `exposure`: a unit uses a flavor under an experiment; `metric`: a value; `crash`: a process ended without its end mark; `end`: it ended with it. */
export const EVENT_TYPES = ["exposure", "metric", "crash", "end"] as const;

/** The same id is the same event: it is counted once, however often it is sent. */
export const EVENT_ID = /^[A-Za-z0-9._:-]{8,64}$/;
/** A pseudonym: 128 bits; see docs/experiments/assignment.md. */
export const EVENT_UNIT = /^[0-9a-f]{32}$/;
/** Names of use cases, flavors and metrics. */
export const EVENT_NAME = /^[A-Za-z0-9][A-Za-z0-9_.:/+@-]{0,99}$/;
export const EVENT_SIGNAL = /^[A-Za-z0-9_+-]{1,32}$/;
/** RFC 3339 in UTC or with an offset, to the millisecond at most. */
export const EVENT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
export const MOST_PHASE = 1023;

/** Values beyond are the garbage of a client: one of them would drown the sums, and with them the proof of any harm. */
export const MOST_VALUE = 1e30;
const amount = z.number().min(-MOST_VALUE).max(MOST_VALUE);

const common = {
  id: z.string().regex(EVENT_ID),
  /** When it happened by the device's clock: ms since 1970, or ISO 8601. */
  time: z.union([z.number().int().min(0), z.string().regex(EVENT_TIME)]),
  experiment: experimentIdSchema,
  useCase: z.string().regex(EVENT_NAME),
  phase: z.number().int().min(1).max(MOST_PHASE),
  arm: armSchema,
  unit: z.string().regex(EVENT_UNIT),
  /** The flavor that was used. */
  flavor: z.string().regex(EVENT_NAME),
  /** Version of the seed that assigned it. */
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Units that are calls: whether both ends ran the same flavor. */
  pair: z.enum(["same", "mixed"]).optional(),
};

/** One event, a line of `POST /v1/events`. */
export const telemetryEventSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("exposure"), ...common }),
  z.strictObject({
    type: z.literal("metric"),
    ...common,
    metric: z.string().regex(EVENT_NAME),
    value: amount,
    /** Ratio metrics: what the value is divided by; 1 where left out. */
    denominator: amount.optional(),
    /** `before`: measured before the unit's first exposure; serves as covariate (CUPED) and as nothing else. */
    period: z.literal("before").optional(),
  }),
  z.strictObject({
    type: z.literal("crash"),
    ...common,
    /** `startup`: before the process said that it runs. */
    stage: z.enum(["startup", "running"]),
    signal: z.string().regex(EVENT_SIGNAL).optional(),
  }),
  z.strictObject({ type: z.literal("end"), ...common }),
]);
export type TelemetryEvent = Readonly<z.infer<typeof telemetryEventSchema>>;

/** A line that was not taken, from 1 on. It will not be taken when it is sent again. */
export interface RejectedLine {
  readonly line: number;
  readonly reason: string;
}

/** The answer to a batch: `accepted` lines are on the disk. Only the first rejected ones are listed. */
export interface IngestReply {
  readonly accepted: number;
  readonly rejectedLines: number;
  readonly rejected: readonly RejectedLine[];
}

/** Not now: nothing of the batch was taken. `queue`: too much waits for the disk; `behind`: the log outgrows compaction; `disk-full`, `disk`: a write failed. */
export type BusyReason = "queue" | "behind" | "disk-full" | "disk" | "closing";

/** What became of a batch. */
export type IngestOutcome =
  | ({ readonly status: "accepted" } & IngestReply)
  | { readonly status: "busy"; readonly reason: BusyReason; readonly retryAfterSeconds: number };

/** How an ingest goes. Sizes in bytes. */
export interface TelemetryStats {
  /** Since it was opened. */
  readonly accepted: number;
  readonly rejected: number;
  readonly commits: number;
  readonly busy: number;
  /** Waiting for the disk. */
  readonly pendingBytes: number;
  /** In the log, not yet in Parquet. */
  readonly logBytes: number;
  /** In Parquet, each id once. */
  readonly events: number;
  readonly duplicates: number;
  /** Parquet files of events and of device-days. */
  readonly files: number;
  /** Bytes cut from the end of the log when it was opened: a write that was never acknowledged. */
  readonly cutBytes: number;
  /** The last failed compaction, in words; undefined when the last one went well. */
  readonly trouble: string | undefined;
}
