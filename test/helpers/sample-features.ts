/** Owns the features of the sample report: one of each fate. */
import type { FeatureOutcome } from "../../src/model/feature.js";

const COMMON = { base: "M120", release: "M150", evidence: [], conflicts: [] };

export function sampleFeatures(): FeatureOutcome[] {
  return [
    {
      ...COMMON,
      name: "louder-limiter",
      purpose: "Lets the limiter reach -0.5 dBFS, as our loudspeakers allow.",
      owner: "audio-quality",
      status: "clean",
      detail: "applies as it is",
      files: ["modules/audio_processing/agc2/limiter.cc"],
      commit: "1f".repeat(20),
    },
    {
      ...COMMON,
      name: "static-trials",
      purpose: "Reads field trials from a table of ours instead of a generated header.",
      owner: "build",
      status: "clean",
      detail: "applies as it is",
      files: ["experiments/registered_field_trials.h", "system_wrappers/source/field_trial.cc"],
      commit: "2e".repeat(20),
    },
    {
      ...COMMON,
      name: "echo-floor",
      purpose: "Keeps a comfort-noise floor after echo suppression.",
      owner: "audio-quality",
      status: "auto",
      detail: "modules/audio_processing/include/audio_processing.h moved to api/audio/audio_processing.h; three-way merge",
      files: ["api/audio/audio_processing.h", "modules/audio_processing/aec3/suppression_gain.cc"],
      commit: "3d".repeat(20),
    },
    {
      ...COMMON,
      name: "quiet-speech-gain",
      purpose: "Raises quiet far-field speech before noise suppression.",
      owner: "meeting-rooms",
      status: "auto",
      detail: "recorded resolution for modules/audio_processing/gain_controller2.cc",
      files: ["modules/audio_processing/gain_controller2.cc"],
      commit: "4c".repeat(20),
    },
    {
      ...COMMON,
      name: "drop-transient-suppressor",
      purpose: "Removes the transient suppressor that we do not ship.",
      owner: "build",
      status: "upstreamed",
      detail: "upstream deleted modules/audio_processing/transient",
      files: [],
      commit: null,
      evidence: ["all 14 files that the feature deletes are gone in M150", "no reference to TransientSuppressor is left"],
    },
    {
      ...COMMON,
      name: "wind-guard",
      purpose: "Cuts wind below 120 Hz on headsets without a wind shield.",
      owner: "headsets",
      status: "conflict",
      detail: "1 of 3 changes overlaps with upstream's in modules/audio_processing/high_pass_filter.cc",
      files: ["modules/audio_processing/high_pass_filter.cc"],
      commit: null,
      conflicts: [
        {
          path: "modules/audio_processing/high_pass_filter.cc",
          workFile: ".unfork/conflicts/wind-guard/modules/audio_processing/high_pass_filter.cc",
        },
      ],
    },
  ];
}
