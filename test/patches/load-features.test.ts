/** Features are read with every problem named by file and key. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { loadFeatures } from "../../src/patches/load-features.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { type Files, writeFiles } from "./patch-project.js";

const GOOD = {
  name: "tweak",
  purpose: "Show that a good feature is read",
  owner: "test team",
  base: "M1",
  files: [{ path: "a.cc", base: "0".repeat(64), script: "a.ed" }],
};

function folderWith(description: unknown, files: Files = { "a.ed": "1d\n" }, name = "tweak"): string {
  const root = temporaryFolder();
  writeFiles(join(root, name), { "feature.yaml": typeof description === "string" ? description : JSON.stringify(description), ...files });
  return root;
}

describe("a feature's folder", () => {
  it("is read with its scripts", async () => {
    const root = folderWith(GOOD);
    expect(await loadFeatures(root)).toEqual([
      {
        feature: { ...GOOD, dependsOn: [], resolutions: [], skipped: [] },
        folder: join(root, "tweak"),
        changes: [
          {
            kind: "edit",
            path: "a.cc",
            script: join(root, "tweak/a.ed"),
            base: "0".repeat(64),
            edits: { edits: [{ op: "delete", from: 1, to: 1, lines: [] }], unterminated: false },
          },
        ],
        resolutions: [],
      },
    ]);
  });

  it.each([
    ["no purpose", { ...GOOD, purpose: undefined }, "feature.yaml:purpose: "],
    ["no owner", { ...GOOD, owner: "" }, 'feature.yaml:owner: "": a feature without an owner is refused'],
    ["a missing key", { ...GOOD, owner: undefined }, "feature.yaml:owner: is missing: a string is wanted"],
    ["an unknown key", { ...GOOD, dependson: [] }, "feature.yaml:dependson: is not a known key (did you mean 'dependsOn'?)"],
    [
      "an unknown key of a file",
      { ...GOOD, files: [{ ...GOOD.files[0], sript: "x" }] },
      "feature.yaml:files[0].sript: is not a known key (did you mean 'script'?)",
    ],
    ["another name than its folder", { ...GOOD, name: "other" }, "feature.yaml:name: 'other' must be the folder's name 'tweak'"],
    ["a file twice", { ...GOOD, files: [GOOD.files[0], GOOD.files[0]] }, "feature.yaml:files: lists 'a.cc' twice"],
    [
      "a path that climbs out",
      { ...GOOD, files: [{ ...GOOD.files[0], path: "../a.cc" }] },
      "feature.yaml:files.0.path: '../a.cc' must be a relative path without '..' and '.'",
    ],
    [
      "a script that climbs out",
      { ...GOOD, files: [{ ...GOOD.files[0], script: "../a.ed" }] },
      "feature.yaml:files.0.script: '../a.ed' must be",
    ],
    ["no YAML", "name: [tweak", "feature.yaml:1: "],
    ["nothing", "", "feature.yaml:name: "],
  ])("with %s is refused", async (_what, description, message) => {
    await expect(loadFeatures(folderWith(description))).rejects.toThrow(
      expect.objectContaining({ code: "config-invalid", message: expect.stringContaining(message) }),
    );
  });

  it("names every problem at once", async () => {
    const problems = await loadFeatures(folderWith({ name: "tweak" })).catch((error: Error) => error.message);
    expect(String(problems).split("\n")).toHaveLength(4);
  });

  it.each(["base", "r120", "r7-1"])("named %s is refused: the engine's own branches have such names", async (name) => {
    await expect(loadFeatures(folderWith({ ...GOOD, name }, undefined, name))).rejects.toThrow(
      `name: '${name}' is taken by the engine's own branches`,
    );
  });

  it("with a script that is not there is refused", async () => {
    await expect(loadFeatures(folderWith(GOOD, {}))).rejects.toThrow(expect.objectContaining({ code: "input-missing" }));
  });

  it("with a wrong script is refused with file and line", async () => {
    await expect(loadFeatures(folderWith(GOOD, { "a.ed": "1d\nnonsense\n" }))).rejects.toThrow("tweak/a.ed:2: 'nonsense' is no command");
  });

  it("with an empty script is refused", async () => {
    await expect(loadFeatures(folderWith(GOOD, { "a.ed": "" }))).rejects.toThrow("the script is empty and changes nothing");
  });

  it("without feature.yaml is refused", async () => {
    const root = temporaryFolder();
    writeFiles(join(root, "tweak"), { "a.ed": "1d\n" });
    await expect(loadFeatures(root)).rejects.toThrow("has no feature.yaml");
  });
});

describe("the demo's features", () => {
  it("are all well-formed, each with a team as owner", async () => {
    const features = await loadFeatures(join(packageRoot(), "examples/webrtc-audio/features"));
    expect(features.length).toBeGreaterThanOrEqual(5);
    for (const { feature, changes } of features) {
      expect(feature.owner).toMatch(/ team$/);
      expect(changes.length).toBeGreaterThan(0);
    }
    expect(features.some((each) => each.resolutions.length > 0)).toBe(true);
    expect(features.some((each) => each.feature.dependsOn.length > 0)).toBe(true);
  });
});
