/** Owns the isolation part of the sample report. */
import type { RunReport } from "../../src/model/report.js";

type Isolation = RunReport["isolation"][number];

export function sampleIsolation(): Isolation[] {
  return [
    isolationOf("legacy", "M120", ["webrtc", "rtc", "cricket", "absl"], 21_318),
    isolationOf("latest", "M150", ["webrtc", "absl"], 19_886),
  ];
}

function isolationOf(flavor: string, release: string, namespaces: readonly string[], edits: number): Isolation {
  return {
    flavor,
    release,
    digest: (flavor === "legacy" ? "c3" : "d4").repeat(32),
    files: 2_912,
    changedFiles: 1_480,
    bytes: 31_204_112,
    edits,
    namespaces: namespaces.map((from, index) => ({ from, to: `${from}_${flavor}`, edits: Math.floor(edits / (index * 3 + 2)) })),
    names: NAMES.map((from, index) => ({ from, to: `${from}_${flavor}`, edits: 4 + ((index * 7) % 23), kind: "function" })),
    strings: 0,
    patches: 0,
    decided: [],
    found: [],
    exposed: [],
    skipped: [],
    warnings: [],
    undecided:
      flavor === "legacy"
        ? [{ file: "rtc_base/checks.h", line: 214, token: "rtc_FatalMessage", why: "built by a macro's paste operator" }]
        : [],
  };
}

const NAMES: readonly string[] = ["WebRtcSpl_", "WebRtcVad_", "WebRtc_", "ooura_", "pffft_"].flatMap((prefix) =>
  ["Init", "Create", "Free", "Process", "AutoCorrelation", "ComplexFFT", "DownBy2", "GetScaling", "MaxAbsValueW16", "Sqrt"].map(
    (name) => prefix + name,
  ),
);
