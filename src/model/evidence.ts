/** Owns what a verdict on a use case can be looked up in: the files both flavors wrote, and sounds as curves. */
import { z } from "zod";

/** Levels in dB relative to full scale, to a tenth. */
const soundCurvesSchema = z.strictObject({
  /** Over the time, in equal steps. */
  levels: z.array(z.number()),
  /** Over the frequency: one per band of `hertz`. */
  bands: z.array(z.number()),
});
export type SoundCurves = z.infer<typeof soundCurvesSchema>;

export const soundEvidenceSchema = z.strictObject({
  file: z.string(),
  seconds: z.number(),
  /** Centres of the third-octave bands. */
  hertz: z.array(z.number()),
  legacy: soundCurvesSchema,
  latest: soundCurvesSchema,
});
export type SoundEvidence = z.infer<typeof soundEvidenceSchema>;

/** A path from the report's folder, percent-encoded: it can leave neither the disk nor the attribute it stands in. */
export const RELATIVE_HREF = /^(?!\/)[A-Za-z0-9\-_.!~*'()%/]+$/;

export const evidenceSchema = z.strictObject({
  /** The use case. */
  id: z.string(),
  /** What each flavor wrote; `href` from the report's folder. */
  files: z.array(z.strictObject({ flavor: z.string(), file: z.string(), href: z.string().regex(RELATIVE_HREF) })),
  /** Those of the outputs that are WAVE files of both flavors, of one length and rate. */
  sounds: z.array(soundEvidenceSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;
