import { describe, expect, it } from "vitest";

import { checkConfig } from "../../src/config/load-config.js";
import type { UnforkConfig } from "../../src/model/config.js";
import { buildOf, isolationPlanOf, sharedModuleNames } from "../../src/pipeline/shared-modules.js";
import { validConfig } from "../helpers/valid-config.js";

function config(): UnforkConfig {
  const raw = validConfig();
  const library = { includeRoots: ["src", "third_party/base"], units: [{ sources: ["src/*.cc"] }, { sources: ["third_party/base/*.cc"] }] };
  if (raw.build.system !== "own") throw new Error("the valid configuration builds by globs");
  return checkConfig(
    {
      ...raw,
      flavors: {
        legacy: { release: "v1", isolate: { namespaces: ["meter", "base"] } },
        latest: { release: "v2", isolate: { namespaces: ["meter", "base"], exclude: ["docs/**"] } },
      },
      build: { ...raw.build, flavors: { legacy: library, latest: library } },
      shared: { modules: [{ path: "third_party/base", namespaces: ["base"], from: "latest", reason: "one base for both" }] },
    },
    "c",
  );
}

describe("a module that both flavors share", () => {
  it("keeps its names: neither its namespaces nor its files are renamed", () => {
    const share = [{ path: "third_party/base", namespaces: ["base"], reason: "one base for both" }];
    expect(isolationPlanOf(config(), "legacy")).toMatchObject({ namespaces: ["meter"], exclude: [], share });
    expect(isolationPlanOf(config(), "latest")).toMatchObject({ namespaces: ["meter"], exclude: ["docs/**"], share });
  });

  it("is built by its owner alone, and the other flavor sees the owner's headers", () => {
    const build = buildOf(config());
    if (build.system !== "own") throw new Error("not built by globs");
    expect(build.flavors.legacy.units.map((unit) => unit.sources)).toEqual([["src/*.cc"]]);
    expect(build.flavors.legacy.includeRoots).toEqual(["src", "../latest/third_party/base"]);
    expect(build.flavors.latest).toEqual(config().build.system === "own" ? (config().build as typeof build).flavors.latest : undefined);
  });

  it("is excluded from globs that reach into it", () => {
    const build = buildOf(config());
    expect(build.system === "own" && build.flavors.legacy.units[0]?.exclude).toEqual(["third_party/base/**"]);
  });

  it("is declared to the audit with its reason", () => {
    expect(sharedModuleNames(config().shared.modules)).toEqual([{ pattern: "base::*", reason: "one base for both" }]);
  });

  it("is refused where the user's own build system builds, because only that could share it", () => {
    const raw = validConfig();
    const commands = { commands: [["make"]] };
    const build = { system: "commands" as const, flavor: { ...commands, archives: ["a.a"] }, program: { ...commands, executable: "p" } };
    const shared = { modules: [{ path: "base", namespaces: ["base"], from: "latest" as const, reason: "one" }] };
    expect(() => checkConfig({ ...raw, build, shared }, "c")).toThrow(/shared.modules: needs build.system 'own'/);
  });
});
