/** Owns a job for a lab: use cases compared or bisected on a machine that has what it takes, and what came of it. */
import { z } from "zod";

/** What a machine can do, as `android` or `arm64`: a job goes to a worker that has all of its labels. */
export const labelSchema = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,39}$/, "must be a label like arm64");

/** Never taken for an option of a command line. */
const word = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.:/+@-]{0,127}$/, "must be a name like laptop-call");

const common = {
  labels: z.array(labelSchema).max(10).default([]),
  /** The experiment that it was made for; its result becomes part of what explains the halt. */
  experiment: z.string().min(1).max(128).optional(),
};

/** Nothing else runs on a worker: a server cannot make it run a command of its own. */
export const labJobSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("compare"),
    ...common,
    useCases: z.array(word).min(1).max(100),
    repeat: z.number().int().min(1).max(1000).optional(),
    callgrind: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("bisect"),
    ...common,
    useCase: word,
    metric: word,
    callgrind: z.boolean().optional(),
    function: word.optional(),
  }),
]);
export type LabJob = Readonly<z.infer<typeof labJobSchema>>;

/** What a worker gets. */
export const leasedJobSchema = z.strictObject({
  id: z.string(),
  /** To be told with every word about the job: only its holder may speak. */
  lease: z.string(),
  /** The lease ends so many seconds after the last sign of life. */
  seconds: z.number(),
  job: labJobSchema,
});
export type LeasedJob = Readonly<z.infer<typeof leasedJobSchema>>;

/** What a worker gives back. */
export const labResultSchema = z.strictObject({
  /** `failed`: it could not be run; another worker may try. Verdicts, also bad ones, are `done`. */
  status: z.enum(["done", "failed"]),
  exitCode: z.number().int().nullable(),
  /** The command's own document, as `--json` prints it. */
  document: z.unknown().optional(),
  /** The end of what it said. */
  log: z.string().max(20_000),
});
export type LabResult = Readonly<z.infer<typeof labResultSchema>>;
