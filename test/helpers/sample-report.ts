/** Owns realistic run reports for tests: an audio library's upgrade that waits for a person, and one that is clean. */
import type { AuditResult, Finding } from "../../src/model/audit.js";
import type { RunReport } from "../../src/model/report.js";
import { headline } from "../../src/report/headline.js";
import { sampleEvidence } from "./sample-evidence.js";
import { sampleFeatures } from "./sample-features.js";
import { sampleIsolation } from "./sample-isolation.js";
import { sampleMeasurements, sampleUseCases } from "./sample-use-cases.js";

/** An upgrade with one conflict left, one use case worse, one finding: everything a report must show. */
export function sampleReport(changes: Partial<RunReport> = {}): RunReport {
  const report: RunReport = {
    schema: 1,
    tool: { name: "unfork", version: "0.1.0" },
    library: "webrtc",
    from: "M120",
    to: "M150",
    headline: "",
    gate: "waiting",
    needsYou: [
      { what: "feature wind-guard conflicts in modules/audio_processing/high_pass_filter.cc", command: "unfork upgrade --continue" },
      { what: "use case headset-in-wind: noise reduction is worse by 1.9 dB (margin 1 dB)", command: "unfork usecase run headset-in-wind" },
    ],
    next: "unfork upgrade --continue",
    trees: sampleTrees(),
    features: sampleFeatures(),
    isolation: sampleIsolation(),
    audit: sampleAudit(),
    shim: sampleShim(),
    security: SECURITY,
    dependencies: DEPENDENCIES,
    sizes: [
      { mode: "legacy", raw: 1_402_376, stripped: 1_071_432, gzip: 498_112 },
      { mode: "latest", raw: 1_366_800, stripped: 1_030_144, gzip: 476_930 },
      { mode: "dual", raw: 2_566_016, stripped: 1_904_640, gzip: 861_207 },
    ],
    sizeVariants: [
      { name: "abseil isolated twice", mode: "dual", raw: 2_566_016, gzip: 861_207, how: "measured: this run's own way" },
      {
        name: "abseil shared (M150's copy)",
        mode: "dual",
        raw: 2_391_552,
        gzip: 803_840,
        how: "estimated: less the legacy copy's sections",
      },
    ],
    useCases: sampleUseCases(),
    evidence: sampleEvidence(),
    joint: [
      { id: "laptop-call", status: "equal", files: 2, detail: "" },
      { id: "speakerphone-echo", status: "equal", files: 2, detail: "" },
    ],
    commands: sampleCommands(),
    notChecked: [
      "macros that both releases define in headers: no unit includes both",
      "AVX2 paths on machines without AVX2",
      "type information compared by name between the flavors (typeinfo strings)",
    ],
    measured: {
      startedAt: "2026-01-15T09:30:00.000Z",
      machine: "x86_64, 2 cores, Debian 12, g++ 12.2.0",
      stages: sampleStages(),
      useCases: sampleMeasurements(),
      sourcesFailed: [{ release: "M120", provider: "git", why: "branch-heads/6099: could not resolve host" }],
    },
    ...changes,
  };
  return { ...report, headline: changes.headline ?? headline(report) };
}

/** The same upgrade with nothing left to do. */
export function cleanReport(): RunReport {
  const sample = sampleReport();
  return sampleReport({
    gate: "passed",
    needsYou: [],
    next: "unfork report --open",
    features: sample.features.map((feature) =>
      feature.status === "conflict"
        ? { ...feature, status: "auto", detail: "three-way merge with a recorded resolution", conflicts: [], commit: "8f".repeat(20) }
        : feature,
    ),
    useCases: sample.useCases.filter((useCase) => useCase.verdict !== "worse"),
    audit: { ...sampleAudit(), clashes: 0, findings: [], summary: {} },
    measured: {
      ...sample.measured,
      stages: sample.measured.stages.map((stage) => Object.assign({}, stage, { status: "done" })),
      sourcesFailed: [],
    },
  });
}

/** A run that stopped at its first stages: nothing isolated, built or compared. */
export function earlyReport(): RunReport {
  const sample = sampleReport();
  return sampleReport({
    isolation: [],
    audit: null,
    shim: null,
    security: null,
    dependencies: null,
    sizes: [],
    sizeVariants: [],
    useCases: [],
    joint: [],
    evidence: [],
    measured: { ...sample.measured, stages: sample.measured.stages.slice(0, 2), useCases: [] },
  });
}

function sampleTrees(): RunReport["trees"] {
  return [
    {
      release: "M120",
      kind: "debian",
      origin: "chromium 120.0.6099.224 (bullseye-security)",
      checksum: "1d".repeat(32),
      digest: "a1".repeat(32),
      files: 6_204,
      bytes: 81_245_184,
    },
    {
      release: "M150",
      kind: "git",
      origin: "branch-heads/7871 at 5c0f2b7",
      checksum: "5c0f2b7".repeat(5) + "5c0f2",
      digest: "b2".repeat(32),
      files: 5_871,
      bytes: 79_101_952,
    },
  ];
}

const DEPENDENCIES: NonNullable<RunReport["dependencies"]> = {
  removed: [{ name: "third_party/old_resampler", how: "compiled", at: "7" }],
  added: [{ name: "third_party/rnnoise", how: "compiled", at: "3" }],
  rolled: [{ name: "src/third_party/abseil-cpp", from: "a".repeat(40), to: "b".repeat(40) }],
  kept: 4,
};

const SECURITY: NonNullable<RunReport["security"]> = {
  status: "told",
  from: "Debian's changelog of chromium 150.0.7871.181-1",
  above: "120.0.6099.224",
  upTo: "150.0.7871.181",
  components: ["WebRTC"],
  fixes: [
    { id: "CVE-2026-0003", what: "Use after free", component: "WebRTC", version: "150.0.7871.181-1" },
    { id: "CVE-2026-0002", what: "Use after free", component: "WebRTC", version: "149.0.7700.10-1" },
    { id: "CVE-2025-0001", what: "Heap buffer overflow", component: "WebRTC", version: "130.0.6700.10-1" },
  ],
};

/** Counts as of a shim over an audio library; one item of each state that is told. */
function sampleShim(): NonNullable<RunReport["shim"]> {
  return {
    namespace: "webrtc_shim",
    classes: 1,
    structs: 24,
    enums: 9,
    generated: 228,
    handWritten: 1,
    unsupported: 1,
    left: [
      {
        kind: "function",
        name: "webrtc_shim::CreateModule(const Config& config)",
        status: "hand-written",
        reason: "the releases differ too much: by hand",
        legacy: null,
        latest: null,
      },
      {
        kind: "method",
        name: "webrtc_shim::Module::AttachDump",
        status: "unsupported",
        reason: "parameter 1: std::unique_ptr to a class that is only declared, Dump",
        legacy: "api/module.h:120",
        latest: "api/module.h:131",
      },
    ],
  };
}

function sampleAudit(): AuditResult {
  const symbols = {
    strong: 4_102,
    weak: 6_871,
    unique: 3,
    common: 0,
    local: 2_950,
    undefined: 9_412,
    undefinedWeak: 12,
    section: 8_801,
    file: 502,
  };
  return {
    flavors: [
      { name: "legacy", objects: 502, symbols, definedNames: 8_214 },
      { name: "latest", objects: 489, symbols: { ...symbols, strong: 3_988, weak: 7_034, local: 3_010 }, definedNames: 8_090 },
    ],
    clashes: 1,
    clashesBefore: 2_412,
    shared: [
      { pattern: "std::*", reason: "the toolchain's own library", names: 1_310, differentBodies: 4, ofOne: 0 },
      { pattern: "__gnu_cxx::*", reason: "the toolchain's own library", names: 46, differentBodies: 0, ofOne: 0 },
      { pattern: "operator new*", reason: "one allocator per program", names: 4, differentBodies: 0, ofOne: 0 },
    ],
    findings: [sampleFinding(), sameFinding()],
    summary: { "strong-clash": 1, "weak-same": 1 },
  };
}

function sampleFinding(): Finding {
  return {
    id: "b5f1c0de12ab",
    category: "strong-clash",
    severity: "error",
    symbol: "WebRtcIsac_Spec2Poly",
    demangled: "WebRtcIsac_Spec2Poly",
    flavors: [
      {
        flavor: "legacy",
        file: ".unfork/build/legacy/libwebrtc_legacy.a",
        member: "modules/audio_coding/codecs/isac/main/source/filter_functions.o",
      },
      {
        flavor: "latest",
        file: ".unfork/build/latest/libwebrtc_latest.a",
        member: "modules/audio_coding/codecs/isac/main/source/filter_functions.o",
      },
    ],
    why: "both flavors define this function: the linker keeps one and drops the other without a word",
    fix: "add WebRtcIsac_* to flavors.*.isolate.rename",
  };
}

function sameFinding(): Finding {
  return {
    ...sampleFinding(),
    id: "0c11aa74e9d2",
    category: "weak-same",
    severity: "note",
    symbol: "_ZN4pffft9AlignmentEv",
    demangled: "pffft::Alignment()",
    why: "both flavors define it weakly with one body",
    fix: "declare it shared, or isolate the namespace pffft",
  };
}

function sampleCommands(): RunReport["commands"] {
  return [
    { stage: "fetch", command: "unfork source fetch M120 && unfork source fetch M150" },
    { stage: "features", command: "unfork upgrade --only features" },
    { stage: "isolate", command: "unfork isolate --flavor legacy --flavor latest" },
    { stage: "build", command: "ninja -C .unfork/build -j 2" },
    {
      stage: "audit",
      command:
        "unfork audit --flavor legacy=.unfork/build/legacy/libwebrtc_legacy.a --flavor latest=.unfork/build/latest/libwebrtc_latest.a",
    },
    { stage: "use-cases", command: "unfork usecase run" },
  ];
}

function sampleStages(): RunReport["measured"]["stages"] {
  return [
    { id: "fetch", title: "Fetch both releases", status: "done", durationMs: 61_204, summary: "2 trees, 12,075 files, 152.9 MiB" },
    { id: "features", title: "Carry the features", status: "waiting", durationMs: 2_310, summary: "6 features, 1 in conflict" },
    { id: "isolate", title: "Isolate both flavors", status: "done", durationMs: 1_870, summary: "41,204 edits in 1,480 files" },
    { id: "build", title: "Build legacy, latest, dual", status: "done", durationMs: 312_408, summary: "991 objects" },
    { id: "audit", title: "Audit the archives", status: "failed", durationMs: 640, summary: "1 name defined by both flavors" },
    { id: "link", title: "Link the dual program", status: "done", durationMs: 1_120, summary: "2.45 MiB" },
    { id: "use-cases", title: "Compare on use cases", status: "done", durationMs: 38_077, summary: "11 of 12 no worse" },
  ];
}
