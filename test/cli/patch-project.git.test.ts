/** The patch commands in a project as a user calls them: who settles a conflict, what each prints, and exit 4 while something waits. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { type QuickProject, quickProject } from "../helpers/quick-project.js";

/** Without the recorded answer of its feature studio-scale. */
function inConflict(): QuickProject {
  const project = quickProject();
  const file = join(project.root, "features/studio-scale/feature.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^resolutions:[^]*$/m, ""));
  return project;
}

function workFile({ output }: QuickProject, feature = "studio-scale", path = "src/text.cc"): string {
  return join(output, "conflicts", feature, "v2", path);
}

function settled({ root }: QuickProject): string {
  const upstream = readFileSync(join(root, "upstream/v2/src/text.cc"), "utf8");
  return upstream.replace('%.1f dB"', '%.1f dBFS"');
}

function resolver(project: QuickProject): string {
  const file = join(project.root, "resolver.cjs");
  const answer = JSON.stringify({ files: [{ path: "src/text.cc", text: settled(project) }], explain: "one decimal, as upstream" });
  writeFileSync(file, `process.stdin.resume().on("end", () => console.log(${JSON.stringify(answer)}));`);
  return `node ${file}`;
}

const COMPILES = "g++ -std=c++20 -Iinclude -fsyntax-only src/text.cc";

describe("in a project", () => {
  it("port --to takes a resolver and what verifies it, and tells each feature's fate", () => {
    const project = inConflict();
    const waits = project.unfork("patch", "port", "--to", "v2");
    expect(waits.code).toBe(4);
    expect(waits.out).toContain(
      "✖ conflict      studio-scale (studio team): upstream and this feature changed the same lines: src/text.cc",
    );
    expect(waits.err).toContain("$ unfork patch continue   (or unfork patch edit | skip | abort)");
    expect(project.unfork("patch", "port", "--to", "v2")).toMatchObject({ code: 4, err: expect.stringContaining("waits for you") });
    const done = project.unfork("patch", "continue", "--resolver", resolver(project), "--tries", "1", "--verify", COMPILES);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining("leaves out lines: one decimal, as upstream")]);
    expect(readFileSync(join(project.root, "features/studio-scale/feature.yaml"), "utf8")).toContain("why: one decimal, as upstream");
  });

  it("the configuration may name all of that, for upgrade as well; verified is also what a person answers, unless --no-verify", () => {
    const project = inConflict();
    const config = join(project.root, "unfork.config.ts");
    const patches = `patches: { verify: [["sh", "-c", "echo {feature} on {release}; ! grep -n broken src/text.cc"]] },`;
    writeFileSync(config, readFileSync(config, "utf8").replace('  features: "features",', `  features: "features",\n  ${patches}`));
    expect(project.unfork("upgrade", "--until", "features").code).toBe(4);
    writeFileSync(workFile(project), settled(project).replace("// Levels", "// broken"));
    const refused = project.unfork("upgrade", "--until", "features", "--continue");
    expect(refused.code).toBe(4);
    expect(refused.err).toContain("feature studio-scale (studio team): the result does not pass");
    const log = join(project.output, "verify/studio-scale/v2.log");
    expect(refused.err).toContain(log);
    expect(readFileSync(log, "utf8")).toContain("studio-scale on v2\n1:// broken");
    const taken = project.unfork("patch", "continue", "--no-verify", "--explain", "as upstream");
    expect([taken.code, existsSync(workFile(project))]).toEqual([0, false]);
  });

  it("edit lays a settled feature out again and waits; continue takes it, abort lets it be", () => {
    const project = quickProject();
    const edit = project.unfork("patch", "edit", "studio-scale");
    expect([edit.code, edit.err]).toEqual([4, expect.stringContaining(workFile(project))]);
    expect(readFileSync(workFile(project), "utf8")).toContain("dBFS");
    expect(project.unfork("patch", "abort").code).toBe(0);
    expect(existsSync(workFile(project))).toBe(false);
    expect(project.unfork("patch", "port", "--to", "v2").code).toBe(0);
    expect(project.unfork("patch", "edit", "lamp-colours").code).toBe(4);
    const file = workFile(project, "lamp-colours", "src/bar.c");
    writeFileSync(file, `${readFileSync(file, "utf8")}/* by hand */\n`);
    const done = project.unfork("patch", "continue");
    expect([done.code, done.out]).toEqual([0, expect.stringContaining("lamp-colours (panel team): recorded resolution used")]);
    expect(readFileSync(join(project.output, "trees/v2/src/bar.c"), "utf8")).toContain("/* by hand */");
    const nothing = project.unfork("patch", "edit", "silence-guard");
    expect([nothing.code, nothing.err]).toEqual([
      2,
      expect.stringContaining("nothing of silence-guard can be edited on v2: v2 has all of it; dropped"),
    ]);
  });

  it("skip leaves a feature out of the release from then on, with the reason in the report and the status", () => {
    const project = inConflict();
    project.unfork("patch", "port", "--to", "v2");
    const done = project.unfork("patch", "skip", "--reason", "the studio is sold");
    expect([done.code, done.out]).toEqual([
      0,
      expect.stringContaining("⊘ dropped       studio-scale (studio team): left out of v2: the studio is sold"),
    ]);
    expect(project.unfork("patch", "port", "--to", "v2", "--json")).toMatchObject({
      code: 0,
      out: expect.stringContaining('"status": "dropped"'),
    });
    expect(project.unfork("status").out).toContain("left out of v2: the studio is sold");
    expect(project.unfork("patch", "skip", "studio-scal", "--reason", "x")).toMatchObject({
      code: 2,
      err: expect.stringContaining("did you mean 'studio-scale'?"),
    });
    expect(project.unfork("patch", "skip", "--reason", "x")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no feature is in conflict"),
    });
    expect(project.unfork("patch", "continue")).toMatchObject({ code: 2, err: expect.stringContaining("there is no run to continue") });
    expect(project.unfork("patch", "abort")).toMatchObject({ code: 2, err: expect.stringContaining("there is no run to abort") });
  });

  it("continue goes to the release of the run that waits, whatever the configuration says", () => {
    const project = inConflict();
    const config = join(project.root, "unfork.config.ts");
    const v3 = `{ id: "v3", date: "2025-04-01", sources: [{ kind: "folder", path: "upstream/v2" }] },`;
    writeFileSync(config, readFileSync(config, "utf8").replace("    releases: [\n", `    releases: [\n      ${v3}\n`));
    expect(project.unfork("patch", "port", "--to", "v3").code).toBe(4);
    const file = join(project.output, "conflicts/studio-scale/v3/src/text.cc");
    writeFileSync(file, settled(project));
    const done = project.unfork("patch", "continue");
    expect([done.code, done.out]).toEqual([0, expect.stringContaining("4 features on v3")]);
    expect(existsSync(join(project.root, "features/studio-scale/resolutions/v3"))).toBe(true);
  });
});
