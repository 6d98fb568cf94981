import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { effectiveValues } from "../../src/config/effective.js";
import { checkConfig, loadConfig } from "../../src/config/load-config.js";
import { configTemplate } from "../../src/config/template.js";
import type { UnforkError } from "../../src/support/errors.js";
import { temporaryFolder } from "../helpers/temp.js";
import { validConfig } from "../helpers/valid-config.js";

/** What is said of a valid configuration in which these keys have these values (undefined removes the key). */
function problemsOf(changes: Readonly<Record<string, unknown>>): string {
  const config: unknown = validConfig();
  for (const [path, value] of Object.entries(changes)) setAt(config, path.split("."), value);
  try {
    checkConfig(config, "unfork.config.ts");
  } catch (error) {
    return (error as UnforkError).message;
  }
  throw new Error("the configuration was accepted");
}

function setAt(target: unknown, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  const place = target as Record<string, unknown>;
  if (rest.length > 0) setAt(place[key], rest, value);
  else if (value === undefined) delete place[key];
  else place[key] = value;
}

describe("checking a configuration", () => {
  it("fills in the defaults", () => {
    const config = checkConfig(validConfig(), "unfork.config.ts");
    expect(config.output).toBe(".unfork");
    expect(config.build.system === "own" && config.build.cxx).toBe("g++");
  });

  it("names an unknown key, the nearest valid one and all that are known there", () => {
    const message = problemsOf({ "flavors.legacy.isolate.namespace": ["meter"] });
    expect(message).toContain("flavors.legacy.isolate.namespace: is not a known key (did you mean 'namespaces'?)");
    expect(message).toContain("known here: $schema, ");
  });

  it("wants an adapter for each flavor, unless a shim is generated", () => {
    const none = { "build.program.adapters": undefined };
    expect(problemsOf(none)).toContain(
      "build.program.adapters.legacy: names no file: each flavor needs an adapter, unless 'shim' generates it",
    );
    const shim = { surface: "shim/surface.yaml", headers: { legacy: ["a.h"], latest: ["a.h"] } };
    const config = validConfig();
    setAt(config, ["build", "program", "adapters"], undefined);
    expect(checkConfig({ ...config, shim }, "unfork.config.ts").shim).toMatchObject({ language: "c++", flags: { legacy: [], latest: [] } });
  });

  it("names an unknown key of the shim and the nearest valid one", () => {
    const shim = { surfaces: "s.yaml", headers: { legacy: ["a.h"], latest: ["a.h"] } };
    expect(problemsOf({ shim })).toContain("shim.surfaces: is not a known key (did you mean 'surface'?)");
  });

  it("names an unknown key at the top level", () => {
    expect(problemsOf({ flavours: {} })).toContain("flavours: is not a known key (did you mean 'flavors'?)");
  });

  it("names an unknown key of a list's element, inside a union", () => {
    const message = problemsOf({ "upstream.releases.1.sources.0.pth": "x" });
    expect(message).toContain("upstream.releases[1].sources[0].pth: is not a known key (did you mean 'path'?)");
  });

  it("names the wrong kind of a source with the nearest valid kind", () => {
    const message = problemsOf({ "upstream.releases.0.sources.0.kind": "debain" });
    expect(message).toContain(
      "upstream.releases[0].sources[0].kind: \"debain\" is not one of 'git', 'archive', 'debian', 'folder' (did you mean 'debian'?)",
    );
  });

  it("names a missing value and what is wanted", () => {
    expect(problemsOf({ library: undefined })).toContain("library: is missing: a string is wanted");
  });

  it("names a value of the wrong type", () => {
    expect(problemsOf({ features: 7 })).toContain("features: 7 is not what is wanted: a string is wanted");
  });

  it("names a flavor's release that is not listed, with the nearest one", () => {
    expect(problemsOf({ "flavors.latest.release": "V2" })).toContain(
      "flavors.latest.release: names the release 'V2', which upstream.releases does not list (did you mean 'v2'?)",
    );
  });

  it("refuses a checksum that is not SHA-256 and a shared pattern that covers everything", () => {
    expect(problemsOf({ "upstream.releases.0.sources.0": { kind: "archive", file: "a.tar", sha256: "abc" } })).toContain(
      "64 lower-case hexadecimal digits",
    );
    expect(problemsOf({ shared: { symbols: [{ pattern: "*", reason: "all" }] } })).toContain("covers everything");
  });

  it("refuses a path that leaves the tree", () => {
    expect(problemsOf({ "upstream.releases.0.keep": ["../x"] })).toContain("without '..'");
  });

  it("tells all problems at once", () => {
    const message = problemsOf({ library: undefined, output: 1 });
    expect(message).toContain("has 2 problems");
  });
});

describe("loading a configuration", () => {
  it("finds a TypeScript file above the folder and resolves `unfork` to this package", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a/b"), { recursive: true });
    writeFileSync(
      join(folder, "unfork.config.ts"),
      `import { defineConfig } from "unfork";\nexport default defineConfig(${JSON.stringify(validConfig())});\n`,
    );
    const loaded = await loadConfig(undefined, join(folder, "a/b"));
    expect(loaded.root).toBe(folder);
    expect(loaded.config.library).toBe("meter");
  });

  it("reads JSON and .mjs alike", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "x.json"), JSON.stringify(validConfig()));
    writeFileSync(join(folder, "x.mjs"), `export default ${JSON.stringify(validConfig())};\n`);
    const [json, mjs] = await Promise.all([loadConfig("x.json", folder), loadConfig("x.mjs", folder)]);
    expect(json.config).toEqual(mjs.config);
  });

  it("says where it looked when there is none", async () => {
    const folder = temporaryFolder();
    await expect(loadConfig(undefined, folder)).rejects.toMatchObject({
      code: "config-not-found",
      hint: expect.stringContaining("unfork init"),
    });
  });

  it("tells a syntax error as a problem of the file, not as a bug", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "unfork.config.ts"), "export default {");
    await expect(loadConfig(undefined, folder)).rejects.toMatchObject({ code: "config-invalid" });
  });

  it("tells a missing default export", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "unfork.config.mjs"), "export const config = {};\n");
    await expect(loadConfig(undefined, folder)).rejects.toMatchObject({ code: "config-invalid" });
  });
});

describe("effective values", () => {
  it("tells for each value whether the file or a default gave it", () => {
    const raw = validConfig();
    const values = effectiveValues({ raw, config: checkConfig(raw, "c") }, "unfork.config.ts");
    expect(values).toContainEqual({ key: "library", value: "meter", from: "unfork.config.ts" });
    expect(values).toContainEqual({ key: "output", value: ".unfork", from: "default" });
    expect(values).toContainEqual({ key: "flavors.legacy.isolate.rename", value: "[]", from: "default" });
  });
});

describe("the template of `unfork init`", () => {
  it("passes the schema as it is", async () => {
    const folder = temporaryFolder();
    const text = configTemplate({
      library: "zlib",
      fromRelease: "v1.2.13",
      toRelease: "v1.3.1",
      url: "https://example.org/z.git",
      fromRef: "v1.2.13",
      toRef: "v1.3.1",
      namespaces: ['a"b'.slice(0, 1)],
      compiler: "clang++",
    });
    writeFileSync(join(folder, "unfork.config.ts"), text);
    const { config } = await loadConfig(undefined, folder);
    expect(config.flavors.latest.release).toBe("v1.3.1");
    expect(config.build.system === "own" && [config.build.cc, config.build.cxx]).toEqual(["clang", "clang++"]);
  });
});
