// The same upgrade with all of abseil compiled into both archives, not only what the audio core links: `npm run demo -- --all-abseil`.
import { defineConfig } from "unfork";

import abseilOfLatest from "./build/abseil-m150.json";
import abseilOfLegacy from "./build/abseil-m120.json";
import base from "./unfork.config.ts";

if (base.build.system !== "own") throw new Error("the base configuration builds by globs");
const { legacy, latest } = base.build.flavors;

/** The units of a release with all of abseil in the place of the few files that the audio core needs. */
function withAbseil(library: typeof legacy, abseil: (typeof legacy.units)[number]): typeof legacy {
  const others = library.units.filter((unit) => unit.title !== "abseil");
  return { ...library, units: [...others, abseil] };
}

export default defineConfig({
  ...base,
  build: { ...base.build, flavors: { legacy: withAbseil(legacy, abseilOfLegacy), latest: withAbseil(latest, abseilOfLatest) } },
  output: ".unfork/full",
});
