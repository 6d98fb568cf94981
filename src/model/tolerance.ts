/** Owns how far an output of the latest flavor may lie from that of the legacy one. */
import { z } from "zod";

export const toleranceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("exact") }),
  z.strictObject({
    kind: z.literal("bytes"),
    /** Ranges of offsets that do not count: a date, a version. `to` is the first offset behind. */
    ignore: z.array(z.strictObject({ from: z.number().int().nonnegative(), to: z.number().int().positive() })).min(1),
  }),
  z.strictObject({
    kind: z.literal("numbers"),
    /** A number is near enough when any of these holds. */
    absolute: z.number().nonnegative().optional(),
    /** Part of the legacy number: 0.01 is one percent. */
    relative: z.number().nonnegative().optional(),
    /** Double-precision numbers between both. */
    ulp: z.number().int().nonnegative().optional(),
  }),
  z.strictObject({
    kind: z.literal("audio"),
    /** Least ratio of the legacy signal to the difference of both, over the whole file, in dB. */
    snrDb: z.number(),
  }),
  z.strictObject({
    kind: z.literal("command"),
    /** Placeholders {legacy} {latest} {root}. Exit code 0: near enough; 1: not; stdout's last line says why. */
    run: z.array(z.string()).min(1),
  }),
]);
export type Tolerance = z.infer<typeof toleranceSchema>;

/** What came of comparing one output. */
export const outputComparisonSchema = z.strictObject({
  file: z.string(),
  status: z.enum(["equal", "within", "beyond", "unreadable"]),
  /** How far apart, and where first: "SNR 38.2 dB, 60 wanted; first in frame 4,800 (0.100 s), channel 1: 120 → 96". */
  detail: z.string(),
});
export type OutputComparison = z.infer<typeof outputComparisonSchema>;
