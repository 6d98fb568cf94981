/** Owns a small valid configuration that tests change one key of. */
import type { UnforkConfigInput } from "../../src/model/config.js";

/** A new value on every call. */
export function validConfig(): UnforkConfigInput {
  const units = [{ sources: ["src/*.cc"] }];
  return {
    library: "meter",
    upstream: {
      releases: [
        { id: "v1", sources: [{ kind: "folder", path: "upstream/v1" }] },
        { id: "v2", sources: [{ kind: "folder", path: "upstream/v2" }] },
      ],
    },
    flavors: {
      legacy: { release: "v1", isolate: { namespaces: ["meter"] } },
      latest: { release: "v2", isolate: { namespaces: ["meter"] } },
    },
    build: {
      system: "own",
      flavors: { legacy: { units }, latest: { units } },
      program: { name: "meter", sources: ["main.cc"], adapters: { legacy: ["legacy.cc"], latest: ["latest.cc"] } },
    },
  };
}
