/** Bad input at the command line: a clear message, the right exit code, and nothing of an earlier run lost. */
import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { projectState } from "../helpers/project-state.js";
import { type QuickProject, quickProject } from "../helpers/quick-project.js";

let project: QuickProject;
let config: string;
let before: Record<string, string>;

beforeAll(() => {
  project = quickProject();
  config = readFileSync(join(project.root, "unfork.config.ts"), "utf8");
  expect(project.unfork("upgrade").code).toBe(0);
  before = projectState(project.output);
}, 300_000);

function withConfig(change: (text: string) => string): ReturnType<QuickProject["unfork"]> {
  const changed = change(config);
  expect(changed).not.toBe(config);
  writeFileSync(join(project.root, "unfork.config.ts"), changed);
  const result = project.unfork("upgrade");
  writeFileSync(join(project.root, "unfork.config.ts"), config);
  return result;
}

describe("a report", () => {
  it("is written to each --output, and a device stays a device", () => {
    const { code } = project.unfork("report", "--reporter", "markdown", "junit", "--output", "upgrade.md", "/dev/null");
    expect(code).toBe(0);
    expect(readFileSync(join(project.root, "upgrade.md"), "utf8")).toContain("meter");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});

describe("an upgrade that cannot be", () => {
  it("names a namespace that does not occur, with the nearest that does, and leaves the isolated trees", () => {
    const { code, err } = withConfig((text) => text.replace('namespaces: ["meter"]', 'namespaces: ["metre"]'));
    expect(err).toContain("metre");
    expect(err).toContain("meter");
    expect(code).toBe(2);
    expect(projectState(project.output)).toEqual(before);
  });

  it("names a missing compiler and the command that installs it, with exit 3", () => {
    const { code, err } = withConfig((text) => text.replace('system: "own",', 'system: "own", cxx: "g++-99",'));
    expect(err).toContain("g++-99");
    expect(code).toBe(3);
    expect(projectState(project.output)).toEqual(before);
  });

  it("names a wrong key before anything runs", () => {
    const { code, err } = withConfig((text) => text.replace("isolate }", "isolated: isolate }"));
    expect(err).toContain("flavors.");
    expect(code).toBe(2);
    expect(projectState(project.output)).toEqual(before);
  });

  it("names program sources that are not there before the first stage", () => {
    const { code, err } = withConfig((text) => text.replace("program/adapter_latest.cc", "program/adapter_newest.cc"));
    expect(err).toContain("build.program.adapters.latest[0]: program/adapter_newest.cc matches no file");
    expect(err).not.toContain("fetch");
    expect(code).toBe(2);
  });

  it("shows a compile error at its place in the original source, also when no report is written", () => {
    const file = join(project.root, "upstream/v2/src/broken.cc");
    writeFileSync(file, '#include "none.h"\nint meter_broken() { return 1 }\n');
    const { code, err } = project.unfork("upgrade", "--until", "build");
    writeFileSync(file, "");
    expect(err).toMatch(/src\/broken\.cc:1:\d+: .*none\.h/);
    expect(code).toBe(1);
  });

  it("is refused while another run works on the project, and the other one ends well", async () => {
    const child = spawn(process.execPath, [join(packageRoot(), "bin/unfork.js"), "upgrade", "--new"], {
      cwd: project.root,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await new Promise<void>((resolve) => child.stderr.on("data", (text: Buffer) => void (text.toString().includes("▸") && resolve())));
    const second = project.unfork("upgrade");
    expect(second.err).toContain(`another run works on this project: process ${child.pid}`);
    expect(second.code).toBe(3);
    expect(await ended).toBe(0);
  }, 300_000);
});
