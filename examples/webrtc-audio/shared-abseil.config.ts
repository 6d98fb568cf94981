// The other way to treat abseil: one copy, M150's, for both releases. Compiles only what the linker takes, because eight
// files of M120 outside of it name absl::Nonnull, which M150's abseil no longer has.
import { defineConfig } from "unfork";

import latest from "./build/m150-closure.json";
import legacy from "./build/m120-closure.json";
import base from "./unfork.config.ts";

if (base.build.system !== "own") throw new Error("the base configuration builds by globs");

/** Sizes are what this way is compared on; the use cases run with the base configuration. */
const { useCases: _useCases, ...rest } = base;

export default defineConfig({
  ...rest,
  shared: {
    modules: [{ path: "third_party/abseil-cpp", namespaces: ["absl"], from: "latest", reason: "one abseil for both releases" }],
  },
  build: { ...base.build, flavors: { legacy, latest } },
  sizeVariants: [],
  output: ".unfork/shared-abseil",
});
