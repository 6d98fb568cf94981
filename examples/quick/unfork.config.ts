// Two releases of a small level-meter library in one program: the shortest complete project.
import { defineConfig } from "unfork";

/** Both releases are built alike. Paths are relative to the release's tree. */
const library = {
  includeRoots: ["include", "src"],
  flags: ["-O1", "-ffunction-sections", "-fdata-sections"],
  cflags: ["-std=c11"],
  cxxflags: ["-std=c++20"],
  units: [{ sources: ["src/**/*.cc", "src/**/*.c"] }],
};

/** The namespace, the C names and the class at global scope: all that both releases define. */
const isolate = {
  namespaces: ["meter"],
  rename: ["meter_*", "MeterSession"],
};

export default defineConfig({
  library: "meter",
  upstream: {
    releases: [
      { id: "v1", date: "2024-02-01", sources: [{ kind: "folder", path: "upstream/v1" }] },
      { id: "v2", date: "2025-03-01", sources: [{ kind: "folder", path: "upstream/v2" }] },
    ],
  },
  flavors: {
    legacy: { release: "v1", isolate },
    latest: { release: "v2", isolate },
  },
  build: {
    system: "own",
    flavors: { legacy: library, latest: library },
    program: {
      name: "quick_meter",
      sources: ["program/main.cc", "program/flavors.cc", "program/judge.cc", "program/run.cc", "program/signal_file.cc"],
      adapters: { legacy: ["program/adapter_legacy.cc"], latest: ["program/adapter_latest.cc"] },
      includeRoots: ["program"],
      flags: ["-O1", "-ffunction-sections", "-fdata-sections"],
      cxxflags: ["-std=c++20"],
      linkFlags: ["-Wl,--gc-sections"],
    },
  },
  features: "features",
  useCases: { dir: "use-cases", repeat: 5 },
});
