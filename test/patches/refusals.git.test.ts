/** Input that does not hold is refused with what and where, and the repository stays as it was. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { sha256 } from "../../src/support/hash.js";
import { type PatchProject, numbered, patchProject, writeFiles } from "./patch-project.js";

function simple(): PatchProject {
  return patchProject({
    from: { "a.cc": numbered(9) },
    to: { "a.cc": numbered(9) },
    features: [{ name: "tweak", files: { "a.cc": numbered(9, { 5: "ours" }) } }],
  });
}

function describeFeature(project: PatchProject, change: Record<string, unknown>): void {
  const description = {
    name: "tweak",
    purpose: "Show what is refused",
    owner: "test team",
    base: "M1",
    files: [{ path: "a.cc", base: sha256(numbered(9)), script: "0.ed" }],
    ...change,
  };
  writeFiles(join(project.features, "tweak"), { "feature.yaml": JSON.stringify(description) });
}

async function messageFrom(project: PatchProject): Promise<string> {
  return project.run().then(
    () => "nothing was refused",
    (error: Error) => error.message,
  );
}

describe("a feature is refused", () => {
  it("when its base file has another content, with both hashes and the file", async () => {
    const project = simple();
    await project.run();
    const before = project.git("for-each-ref");
    describeFeature(project, { files: [{ path: "a.cc", base: "f".repeat(64), script: "0.ed" }] });
    expect(await messageFrom(project)).toBe(
      `feature tweak: a.cc on M1 is not the file this script was written for: feature.yaml says SHA-256 ${"f".repeat(64)}, the file has ${sha256(numbered(9))}`,
    );
    expect(project.git("for-each-ref")).toBe(before);
  });

  it("when its base release has no such file", async () => {
    const project = simple();
    describeFeature(project, { files: [{ path: "b.cc", base: "f".repeat(64), script: "0.ed" }] });
    expect(await messageFrom(project)).toBe("feature tweak: M1 has no file b.cc");
  });

  it("when the file it adds is there already", async () => {
    const project = simple();
    describeFeature(project, { files: [{ path: "a.cc", base: null, script: "0.ed" }] });
    expect(await messageFrom(project)).toBe("feature tweak: a.cc is there already on M1");
  });

  it("when it was written on another release", async () => {
    const project = simple();
    describeFeature(project, { base: "M0" });
    expect(await messageFrom(project)).toContain("feature.yaml:base: the feature is written on M0, but the base release is M1");
  });

  it("when its script changes nothing", async () => {
    const project = simple();
    writeFileSync(join(project.features, "tweak/0.ed"), "5c\nline 5\n.\n");
    expect(await messageFrom(project)).toBe("feature tweak changes nothing on M1");
  });

  it("when features build on each other in a circle", async () => {
    const project = simple();
    describeFeature(project, { dependsOn: ["tweak"] });
    expect(await messageFrom(project)).toBe("features depend on each other in a circle: tweak → tweak");
  });
});

describe("a repository is refused", () => {
  it("when the folder at its path is something else, which stays", async () => {
    const project = simple();
    mkdirSync(project.repository);
    writeFileSync(join(project.repository, "mine.txt"), "mine");
    expect(await messageFrom(project)).toContain("not a git repository");
    expect(existsSync(join(project.repository, "mine.txt"))).toBe(true);
  });

  it("when an object is missing, by name", async () => {
    const project = simple();
    await project.run();
    const id = project.git("rev-parse", "base/M1").trim();
    rmSync(join(project.repository, "objects", id.slice(0, 2), id.slice(2)));
    expect(await messageFrom(project)).toMatch(new RegExp(`${id} is missing|bad object|missing object`));
  });
});

describe("the settings of the user and the machine", () => {
  it("change nothing: not the configuration, not the environment", async () => {
    const [plain, odd] = [simple(), simple()];
    await plain.run();
    const home = join(odd.root, "home");
    writeFiles(home, {
      ".gitconfig": "[user]\n\tname = Somebody\n[core]\n\tautocrlf = true\n[merge]\n\trenames = false\n[commit]\n\tgpgsign = true\n",
    });
    const saved = { ...process.env };
    Object.assign(process.env, {
      HOME: home,
      XDG_CONFIG_HOME: home,
      GIT_DIR: "/nowhere",
      GIT_INDEX_FILE: "/nowhere",
      GIT_AUTHOR_NAME: "Somebody",
    });
    try {
      await odd.run();
    } finally {
      process.env = saved;
    }
    expect(odd.git("for-each-ref")).toBe(plain.git("for-each-ref"));
  });
});
