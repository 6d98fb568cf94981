/** `unfork patch` as a user calls it: what it prints, and what its exit code says. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { patchCandidateSchema } from "../../src/model/patch-candidate.js";
import { patchForecastSchema } from "../../src/model/patch-forecast.js";
import { patchPortSchema } from "../../src/model/patch.js";
import { quickProject } from "../helpers/quick-project.js";
import { stackRepository } from "../patches/stack/stack-repository.js";

const BIN = fileURLToPath(new URL("../../bin/unfork.js", import.meta.url));

function unfork(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

function inConflict() {
  return stackRepository({
    old: { "a.c": "one\n", "b.c": "one\n" },
    new: { "a.c": "upstream's\n", "b.c": "one\n" },
    stack: [
      { "a.c": "one\n", "b.c": "ours\n" },
      { "a.c": "ours\n", "b.c": "ours\n" },
    ],
  });
}

/** A patch that only a merge places: upstream changed a line beside it. */
function nearUpstream() {
  return stackRepository({
    old: { "a.c": "one\ntwo\nthree\nfour\nfive\n" },
    new: { "a.c": "ONE\ntwo\nthree\nfour\nfive\n" },
    stack: [{ "a.c": "one\ntwo\nthree\nfour, one\nfive\n" }],
  });
}

const SERIES = ["--series", "old..tip", "--onto", "new"];

describe("unfork patch port", () => {
  it("exits 1 with conflicts and 0 without, and names the next command", () => {
    const { path } = inConflict();
    const port = unfork(path, "patch", "port", "--repo", ".", ...SERIES);
    expect(port.status).toBe(1);
    expect(port.stdout).toContain("2 patches onto");
    expect(port.stdout).toMatch(/✔ clean .* patch 1\n/);
    expect(port.stdout).toMatch(/✖ conflict .* patch 2\n/);
    expect(port.stdout).toContain("next: unfork patch edit --repo .");
    expect(unfork(path, "patch", "port", "--repo", ".", "--series", "old..tip~1", "--onto", "new").status).toBe(0);
  });

  it("prints one JSON document of the published shape", () => {
    const { path } = inConflict();
    const port = patchPortSchema.parse(JSON.parse(unfork(path, "patch", "port", "--repo", ".", ...SERIES, "--json").stdout));
    expect(port.summary).toMatchObject({ clean: 1, conflict: 1 });
    expect(port.patches.map(({ status, root }) => [status, root])).toEqual([
      ["clean", null],
      ["conflict", null],
    ]);
  });

  it.each([
    [["--repo", "."]],
    [["--to", "M1", "--repo", "."]],
    [["--repo", ".", ...SERIES, "--verify", "true"]],
    [["--repo", ".", ...SERIES, "--fuzz"]],
  ])("exits 2 for %j", (args) => {
    expect(unfork(inConflict().path, "patch", "port", ...args).status).toBe(2);
  });
});

describe("what was merged without anybody", () => {
  it("is verified with --verify-auto: a merge that applies and does not build exits 1 and says why", () => {
    const { path } = nearUpstream();
    const verify = ["--verify", "! grep -q ONE a.c || { echo 'ONE: not declared'; exit 3; }", "--verify-auto"];
    expect(unfork(path, "patch", "port", "--repo", ".", ...SERIES).status).toBe(0);
    const port = unfork(path, "patch", "port", "--repo", ".", ...SERIES, ...verify);
    expect(port.status).toBe(1);
    expect(port.stdout).toMatch(/✖ broken .* patch 1\n/);
    expect(port.stdout).toContain("ONE: not declared");
    expect(port.stdout).toMatch(/unfork\/verify\/[0-9a-f]{12}\.log/);
    const { patches } = patchPortSchema.parse(
      JSON.parse(unfork(path, "patch", "port", "--repo", ".", ...SERIES, ...verify, "--json").stdout),
    );
    expect(patches[0]?.fault).toContain("it ended with 3");
  });
});

describe("an answer by hand", () => {
  it("is verified where continue is told how; one that fails is not recorded and stays", () => {
    const { path } = inConflict();
    unfork(path, "patch", "port", "--repo", ".", ...SERIES);
    const laid = JSON.parse(unfork(path, "patch", "edit", "--repo", ".", "--json").stdout) as { files: { workFile: string }[] };
    const file = laid.files[0]?.workFile ?? "";
    writeFileSync(file, "ours\nbroken\n");
    const verify = ["--verify", "! grep broken a.c", "--explain", "as wanted"];
    const refused = unfork(path, "patch", "continue", "--repo", ".", ...verify);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("the result does not pass")]);
    expect(readFileSync(file, "utf8")).toBe("ours\nbroken\n");
    writeFileSync(file, "ours\n");
    expect(unfork(path, "patch", "continue", "--repo", ".", ...verify).status).toBe(0);
  });
});

describe("unfork patch in a project", () => {
  it("ports all features to a release, shows the lag, and refuses a release that is not listed", () => {
    const { root } = quickProject();
    expect(unfork(root, "patch", "port", "--to", "v2").status).toBe(0);
    const status = unfork(root, "status").stdout;
    expect(status).toContain("lag: 1 release, 394 days (v1 → v2)");
    expect(status).toContain("⇄ auto-resolved longer-hold (studio team)");
    expect(unfork(root, "patch", "port", "--to", "v7")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("upstream.releases lists v1, v2"),
    });
  });

  it("keeps a repository whose branches the other commands take", () => {
    const { root } = quickProject();
    unfork(root, "patch", "port", "--to", "v2");
    const repo = ["--repo", ".unfork/patches.git", "--json"];
    const candidate = patchCandidateSchema.parse(JSON.parse(unfork(root, "patch", "candidate", "--to", "v2", "--dry-run", ...repo).stdout));
    expect(candidate.features.map(({ name, owner }) => [name, owner])).toContainEqual(["lamp-colours", "panel team"]);
    const forecast = unfork(root, "patch", "forecast", "--release", "v1", "--upstream", "base/v2", ...repo);
    expect(patchForecastSchema.parse(JSON.parse(forecast.stdout)).features.length).toBe(4);
  });
});
