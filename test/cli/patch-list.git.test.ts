/** In a project the patch commands find its repository and its folder of features by themselves. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { quickProject } from "../helpers/quick-project.js";

describe("unfork patch list in a project", () => {
  it("tells of a folder's feature when it came, what it conflicted, and that upstream or nobody has it on the newest release", () => {
    const project = quickProject();
    const git = (...args: string[]) => {
      const env = { ...process.env, GIT_AUTHOR_DATE: "2026-01-05T10:00:00Z", GIT_COMMITTER_DATE: "2026-01-05T10:00:00Z" };
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", "-C", project.root, ...args], { env });
    };
    git("init", "-q");
    git("add", "features/lamp-colours", "features/silence-guard");
    git("commit", "-q", "-m", "Features");
    project.unfork("patch", "port", "--to", "v2");
    project.unfork("patch", "skip", "longer-hold", "--reason", "no panel");
    const list = JSON.parse(project.unfork("patch", "list", "--json").out) as {
      features: {
        name: string;
        created: string | null;
        conflicts: number;
        upstream: object;
        releases: { state: string }[];
        stale: string[];
      }[];
    };
    const told = list.features.map(({ name, created, conflicts, upstream, releases }) => [
      name,
      created,
      conflicts,
      upstream,
      releases.at(-1)?.state,
    ]);
    expect(told).toEqual([
      ["lamp-colours", "2026-01-05", 0, { state: "never" }, "there"],
      ["longer-hold", null, 0, { state: "never" }, "dropped"],
      ["silence-guard", "2026-01-05", 0, { state: "in-upstream", commit: null, release: "v2", from: "port" }, "upstreamed"],
      ["studio-scale", null, 1, { state: "never" }, "there"],
    ]);
    expect(list.features.find(({ name }) => name === "longer-hold")?.stale).toEqual([]);
    expect(project.unfork("patch", "list").out).toContain("⊘ dropped");
    const file = join(project.root, "features/studio-scale/feature.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^resolutions:[^]*$/m, ""));
    expect(project.unfork("patch", "port", "--to", "v2").code).toBe(4);
    expect(project.unfork("patch", "show", "studio-scale").out).toMatch(/1 conflict so far \(1 open\)/);
  });

  it("shows the features of the folder, and takes one that upstream has for no stale one", () => {
    const project = quickProject();
    expect(project.unfork("patch", "list").err).toContain("unfork upgrade --until features");
    expect(project.unfork("upgrade", "--until", "features").code).toBe(0);
    const list = JSON.parse(project.unfork("patch", "list", "--json").out);
    const states = list.features.map((one: { name: string; kind: string; releases: { state: string }[] }) => [
      one.name,
      one.kind,
      one.releases.map(({ state }) => state).join(" "),
    ]);
    expect(states).toEqual([
      ["lamp-colours", "folder", "there there"],
      ["longer-hold", "folder", "there there"],
      ["silence-guard", "folder", "there upstreamed"],
      ["studio-scale", "folder", "there there"],
    ]);
    expect(project.unfork("patch", "list", "--stale").code).toBe(0);
    expect(project.unfork("patch", "card", "studio-scale", "--set", "owner=x").err).toContain("stands in its feature.yaml");
  });
});
