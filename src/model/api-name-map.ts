/** Owns the name map between two releases of an API: which names of either mean the same. */
import { z } from "zod";

const renames = z.record(z.string(), z.string());

/**
 * The file of `--map`. Keys are names as one release spells them (without a flavor's suffix), values the common name, which
 * is the newer release's. Several may have one value: `rtc` and `cricket` became `webrtc`.
 */
export const apiNameMapSchema = z.strictObject({
  /** Namespaces, as in `rtc: webrtc`; nested ones as `a::b`. The longest that fits counts. */
  namespaces: renames.default({}),
  /** Single names, with what is nested in them: `webrtc::AudioProcessingBuilder: webrtc::BuiltinAudioProcessingBuilder`. They count before namespaces. */
  names: renames.default({}),
  /** Headers that moved, as `#include` names them. */
  headers: renames.default({}),
  /** Names (with what is nested in them) that the comparison leaves out, `*` for any part of a word. */
  ignore: z.array(z.string()).default([]),
});
export type ApiNameMap = z.infer<typeof apiNameMapSchema>;

export const EMPTY_NAME_MAP: ApiNameMap = { namespaces: {}, names: {}, headers: {}, ignore: [] };
