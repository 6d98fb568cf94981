/** Owns the use cases of the sample report: every verdict at least once. */
import type { RunReport } from "../../src/model/report.js";
import type { MetricResult, UseCaseResult } from "../../src/model/use-case.js";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly purpose: string;
  readonly verdict: UseCaseResult["verdict"];
  /** Legacy and latest of: level (dBFS), echo return loss enhancement (dB), noise reduction (dB), CPU (ns), memory (KiB). */
  readonly figures: readonly (readonly [number | null, number | null])[];
}

const ROWS: readonly Row[] = [
  row("laptop-call", "1:1 call on a laptop", "calls", "better", [
    [-21.4, -21.2],
    [31.2, 34.9],
    [12.1, 12.4],
    [98_400, 86_200],
    [18_240, 17_904],
  ]),
  row("speaker-phone", "Speaker phone with echo", "calls", "no worse", [
    [-20.9, -20.9],
    [38.6, 38.2],
    [10.8, 10.9],
    [112_300, 99_700],
    [18_304, 17_968],
  ]),
  row("headset-in-wind", "Headset in wind", "headsets", "worse", [
    [-24.1, -24.6],
    [22.7, 22.5],
    [14.8, 12.9],
    [97_100, 88_800],
    [18_176, 17_840],
  ]),
  row("double-talk", "Meeting room with double talk", "meeting-rooms", "no worse", [
    [-19.8, -19.7],
    [27.3, 27.1],
    [9.4, 9.4],
    [121_000, 130_900],
    [19_008, 18_416],
  ]),
  row("music-on-hold", "Music on hold stays music", "calls", "no worse", [
    [-18.2, -18.3],
    [30.4, 30.4],
    [2.1, 2.0],
    [96_700, 85_000],
    [18_112, 17_776],
  ]),
  row("far-quiet-speech", "Quiet speech far away", "meeting-rooms", "better", [
    [-32.6, -29.8],
    [25.1, 25.6],
    [11.7, 13.3],
    [99_900, 91_200],
    [18_304, 17_968],
  ]),
  row("clipped-microphone", "Clipped microphone", "devices", "no worse", [
    [-12.4, -12.4],
    [20.3, 20.6],
    [8.8, 8.8],
    [98_700, 87_600],
    [18_240, 17_904],
  ]),
  row("cafe-noise", "Café noise behind the speaker", "calls", "better", [
    [-22.8, -22.6],
    [29.8, 30.2],
    [13.6, 15.1],
    [101_200, 90_400],
    [18_240, 17_904],
  ]),
  row("keyboard-clicks", "Typing during a call", "calls", "no worse", [
    [-22.1, -22.3],
    [28.4, 28.3],
    [7.9, 7.7],
    [98_100, 86_900],
    [18_240, 17_904],
  ]),
  row("car-hands-free", "Hands-free in a car", "devices", "no worse", [
    [-23.3, -23.1],
    [26.2, 26.9],
    [16.0, 16.1],
    [103_500, 93_300],
    [18_304, 17_968],
  ]),
  row("long-silence", "Ten seconds of silence, then speech", "calls", "no worse", [
    [-27.5, -27.5],
    [null, null],
    [18.2, 18.4],
    [84_300, 75_100],
    [18_112, 17_776],
  ]),
  row("sample-rate-44100", "44.1 kHz sound card", "devices", "no worse", [
    [-21.7, -21.6],
    [30.9, 31.0],
    [12.0, 12.2],
    [140_200, 127_700],
    [18_560, 18_112],
  ]),
];

function row(id: string, name: string, owner: string, verdict: Row["verdict"], figures: Row["figures"]): Row {
  return { id, name, owner, purpose: `${name}: must sound at least as good as before.`, verdict, figures };
}

type Definition = Pick<MetricResult, "id" | "name" | "unit" | "direction" | "margin" | "relative">;

const STEADY: readonly Definition[] = [
  { id: "level", name: "Output level", unit: "dBFS", direction: "target", margin: 1, relative: false },
  { id: "erle", name: "Echo return loss enhancement", unit: "dB", direction: "higher", margin: 1, relative: false },
  { id: "noiseReduction", name: "Noise reduction", unit: "dB", direction: "higher", margin: 1, relative: false },
];

const MEASURED: readonly Definition[] = [
  { id: "cpu.p50", name: "CPU per 10 ms", unit: "ns", direction: "lower", margin: 5, relative: true },
  { id: "memory", name: "Peak memory", unit: "KiB", direction: "lower", margin: 10, relative: true },
];

export function sampleUseCases(): UseCaseResult[] {
  return ROWS.map((entry) => ({
    id: entry.id,
    name: entry.name,
    owner: entry.owner,
    purpose: entry.purpose,
    verdict: entry.verdict,
    detail: "",
    metrics: STEADY.map((definition, index) => metricOf(definition, entry.figures[index])),
    outputs: ["legacy", "latest"].map((flavor) => ({ flavor, file: "out.wav", sha256: (flavor === "legacy" ? "e5" : "f6").repeat(32) })),
    stack: [],
    compared: [],
    commands: ["legacy", "latest"].map(
      (flavor) => `.unfork/build/dual/audio-demo --flavor ${flavor} --capture .unfork/inputs/${entry.id}/capture.wav --out ${flavor}.wav`,
    ),
  }));
}

export function sampleMeasurements(): RunReport["measured"]["useCases"] {
  return ROWS.map((entry) => {
    const metrics = MEASURED.map((definition, index) => metricOf(definition, entry.figures[STEADY.length + index]));
    const worse = metrics.some((metric) => metric.verdict === "worse");
    return { id: entry.id, repeats: 5, metrics, verdict: worse ? "worse" : entry.verdict };
  });
}

function metricOf(definition: Definition, figures: Row["figures"][number] | undefined): MetricResult {
  const [legacy, latest] = figures ?? [null, null];
  return { ...definition, legacy, latest, verdict: verdictOf(definition, legacy, latest) };
}

function verdictOf(definition: Definition, legacy: number | null, latest: number | null): MetricResult["verdict"] {
  if (legacy === null || latest === null) return "not measured";
  const gain = definition.direction === "lower" ? legacy - latest : latest - legacy;
  const margin = definition.relative ? (Math.abs(legacy) * definition.margin) / 100 : definition.margin;
  if (gain < -margin) return "worse";
  return gain > margin && definition.direction !== "target" ? "better" : "no worse";
}
