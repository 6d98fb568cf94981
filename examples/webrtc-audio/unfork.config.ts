import { defineConfig } from "unfork";

import latest from "./build/m150.json";
import legacy from "./build/m120.json";

/** The sub-trees of Chromium's layout that the audio core needs. */
const keep = ["third_party/webrtc", "third_party/abseil-cpp", "third_party/pffft", "third_party/rnnoise"];

/**
 * Upstream's own repository, with what its DEPS file pins; Chromium's release archive as Debian keeps it where that does not
 * answer. Upstream's own archive is not listed: no checksum of it is known to us that a run could be held against.
 */
const webrtc = "https://webrtc.googlesource.com/src";
const deps = [{ path: "src/third_party", into: "third_party" }];

/** A third of the use cases, some of every kind: about 20 s on two cores. full.config.ts runs all. */
const quick = [
  "bluetooth-narrowband",
  "cafe-babble",
  "car-cabin",
  "clipped-microphone",
  "clock-drift",
  "echo-path-change",
  "headset-wind",
  "keyboard-typing",
  "laptop-call",
  "long-delay",
  "low-cost-mobile",
  "meeting-room-double-talk",
  "music-48k",
  "percussion-48k",
  "quiet-far-speech",
  "silent-room",
  "speakerphone-echo",
  "stereo-room",
];

export default defineConfig({
  library: "webrtc",
  upstream: {
    // Chromium's changelog in Debian names each CVE with its component; what of WebRTC's is told there lies in WebRTC's own repository.
    advisories: {
      kind: "debian-changelog",
      package: "chromium",
      suites: ["trixie-security", "trixie", "bookworm-security", "bookworm"],
      versions: { M120: "120.0.6099", M150: "150.0.7871" },
      components: ["WebRTC"],
    },
    releases: [
      {
        id: "M120",
        // Chrome 120 reached the stable channel.
        date: "2023-12-05",
        keep,
        sources: [
          { kind: "git", url: webrtc, ref: "branch-heads/6099", into: "third_party/webrtc", deps },
          { kind: "debian", package: "chromium", version: "120", suites: ["bullseye", "bullseye-security"] },
        ],
      },
      {
        id: "M150",
        // The first M150 in the changelog of Debian's chromium package (150.0.7871.46); M120's stood there four days after its release.
        date: "2026-07-04",
        keep,
        sources: [
          { kind: "git", url: webrtc, ref: "branch-heads/7871", into: "third_party/webrtc", deps },
          { kind: "debian", package: "chromium", version: "150", suites: ["trixie", "trixie-security", "bookworm", "bookworm-security"] },
        ],
      },
    ],
  },
  flavors: {
    legacy: { release: "M120", isolate: { namespaces: ["webrtc", "rtc", "cricket", "dcsctp", "sigslot", "absl", "rnnoise"] } },
    latest: { release: "M150", isolate: { namespaces: ["webrtc", "dcsctp", "absl", "rnnoise"] } },
  },
  build: {
    system: "own",
    flavors: { legacy, latest },
    program: {
      name: "webrtc-audio",
      sources: [
        "program/audio_processor.cc",
        "program/intelligibility.cc",
        "program/json.cc",
        "program/label_lines.cc",
        "program/latency.cc",
        "program/main.cc",
        "program/near_end.cc",
        "program/options.cc",
        "program/probe.cc",
        "program/quality.cc",
        "program/report.cc",
        "program/run.cc",
        "program/schedule.cc",
        "program/segments.cc",
        "program/settings_parser.cc",
        "program/spectral_distance.cc",
        "program/spectrum.cc",
        "program/speech_level.cc",
        "program/wav_reader.cc",
        "program/wav_writer.cc",
      ],
      includeRoots: ["program"],
      cxxflags: ["-std=c++20", "-O1", "-ffunction-sections", "-fdata-sections", "-Wall", "-Wextra"],
      linkFlags: ["-Wl,--gc-sections", "-lpthread"],
    },
  },
  shim: {
    surface: "shim/surface.yaml",
    headers: {
      legacy: ["modules/audio_processing/include/audio_processing.h"],
      latest: ["api/audio/audio_processing.h"],
    },
  },
  features: "features",
  useCases: { dir: "use-cases", only: quick, repeat: 3 },
  sizeVariants: [{ name: "one abseil for both (M150's)", config: "shared-abseil.config.ts" }],
});
