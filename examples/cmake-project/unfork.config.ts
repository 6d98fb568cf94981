// The library of examples/quick, built by a build system of its own: CMake. unfork runs its commands
// and is told where the archives, the compile database and the program come out.
import { defineConfig } from "unfork";

const isolate = {
  namespaces: ["meter"],
  rename: ["meter_*", "MeterSession"],
};

export default defineConfig({
  library: "meter",
  upstream: {
    releases: [
      { id: "v1", date: "2024-02-01", sources: [{ kind: "folder", path: "../quick/upstream/v1" }] },
      { id: "v2", date: "2025-03-01", sources: [{ kind: "folder", path: "../quick/upstream/v2" }] },
    ],
  },
  flavors: {
    legacy: { release: "v1", isolate },
    latest: { release: "v2", isolate },
  },
  build: {
    system: "commands",
    // Once per flavor: {tree} is the isolated tree, {out} a folder of its own.
    flavor: {
      commands: [
        ["cmake", "-S", "{root}/library", "-B", "{out}", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DMETER_TREE={tree}"],
        ["cmake", "--build", "{out}", "--parallel", "{jobs}"],
      ],
      archives: ["{out}/libmeter.a"],
      compileDatabase: "{out}/compile_commands.json",
    },
    // Once per mode. A flavor that is not in the mode has an empty tree and no archives.
    program: {
      commands: [
        [
          "cmake",
          "-S",
          "{root}/program",
          "-B",
          "{out}/{mode}",
          "-G",
          "Ninja",
          "-DCMAKE_BUILD_TYPE=Release",
          "-DMETER_MODE={mode}",
          "-DLEGACY_TREE={tree:legacy}",
          "-DLATEST_TREE={tree:latest}",
          "-DLEGACY_ARCHIVES={archive:legacy}",
          "-DLATEST_ARCHIVES={archive:latest}",
        ],
        ["cmake", "--build", "{out}/{mode}", "--parallel", "{jobs}"],
      ],
      executable: "{out}/{mode}/quick_meter",
    },
  },
  features: "../quick/features",
  useCases: { dir: "use-cases", repeat: 3 },
});
