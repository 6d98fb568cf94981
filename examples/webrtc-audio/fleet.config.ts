// The program of the devices in `npm run demo -- --full`: the dual program with the client of experiments linked in, and the experiments
// that are made for it. Archives and shim are those of the plain demo.
import { defineConfig } from "unfork";

import base from "./unfork.config.ts";

if (base.build.system !== "own") throw new Error("the base configuration builds by itself");
const { program } = base.build;
const client = "../../runtime/experiment";

/** Few devices, and a demo cannot wait for days: two stages with a control, without a time to wait. */
const stages = [
  { percent: 30, minExposures: 100, minHours: 0 },
  { percent: 50, minExposures: 150, minHours: 0 },
  { percent: 100, minExposures: 0, minHours: 0 },
];
const fleet = { stages, unitsPerDay: 400, fleet: 400 };

export default defineConfig({
  ...base,
  ...(base.useCases === undefined
    ? {}
    : { useCases: { ...base.useCases, only: ["bluetooth-narrowband", "cafe-babble", "car-cabin", "headset-wind"] } }),
  experiments: {
    metrics: {
      // In dB; what devices tell of each call.
      "echo-loss": { kind: "mean", better: "higher", margin: 5, expects: { deviation: 4 } },
      "near-over-noise": { kind: "mean", better: "higher", margin: 2, role: "primary", expects: { deviation: 0.5 } },
      intelligibility: { kind: "mean", better: "higher", margin: 0.05, expects: { deviation: 0.02 } },
      crash: { kind: "rare", margin: 0.1, expects: { rate: 0.005 } },
    },
    templates: [
      { useCases: ["bluetooth-*", "car-*"], metrics: ["near-over-noise", "echo-loss", "intelligibility", "crash"], ...fleet },
      { metrics: ["near-over-noise", "intelligibility", "crash"], ...fleet },
    ],
  },
  build: {
    ...base.build,
    program: {
      ...program,
      name: "webrtc-device",
      sources: [
        ...program.sources.filter((source) => source !== "program/main.cc"),
        "fleet/device.cc",
        "fleet/device_main.cc",
        "fleet/http.cc",
        ...[
          "assigner",
          "bucket",
          "client",
          "encoding",
          "events",
          "files",
          "json",
          "judge_seed",
          "openssl_check",
          "read_seed",
          "seed_store",
          "spool",
          "telemetry_log",
        ].map((name) => `${client}/${name}.cc`),
      ],
      includeRoots: [...(program.includeRoots ?? []), "fleet"],
      linkFlags: [...(program.linkFlags ?? []), "-lcrypto"],
    },
  },
});
