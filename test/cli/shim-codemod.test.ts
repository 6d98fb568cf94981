/** Holds `unfork shim codemod` at the command line: a diff first, --apply writes, exit codes. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();

function codemod(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "shim", "codemod", "app", ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("unfork shim codemod", () => {
  beforeAll(() => {
    cpSync(join(packageRoot(), "test/fixtures/codemod/names/shim.json"), join(root, "shim.json"));
    writeTree(join(root, "app"), { "a.cc": "meter::Gauge* g;\n", "b.cc": "meter::Printer* p;\n" });
  });

  it("prints a unified diff that patch takes, and writes nothing", () => {
    const { status, stdout, stderr } = codemod("--manifest", "shim.json", "--target", "a.cc");
    expect(stdout).toBe("--- a/a.cc\n+++ b/a.cc\n@@ -1,1 +1,1 @@\n-meter::Gauge* g;\n+meter_shim::Gauge* g;\n");
    expect(stderr).toContain("1 of 1 call site would move (100 %)");
    expect(status).toBe(0);
    expect(readFileSync(join(root, "app/a.cc"), "utf8")).toBe("meter::Gauge* g;\n");
  });

  it("exits with 1 where something stays, and names it with reason and place", () => {
    const { status, stderr } = codemod("--manifest", "shim.json");
    expect(status).toBe(1);
    expect(stderr).toContain("meter::Printer: it writes to a stream of the library's own");
    expect(stderr).toContain("b.cc:1");
  });

  it("writes under --apply, and reports as JSON under --json", () => {
    const { stdout } = codemod("--manifest", "shim.json", "--apply", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ applied: true, sites: { all: 2, kept: 1, left: 1, percent: 50 } });
    expect(readFileSync(join(root, "app/a.cc"), "utf8")).toBe("meter_shim::Gauge* g;\n");
  });

  it("says what is wrong with a manifest, a target, and a number of jobs", () => {
    expect(codemod("--manifest", "none.json")).toMatchObject({ status: 2 });
    expect(codemod("--manifest", "app/a.cc").stderr).toContain("is no manifest of a shim");
    expect(codemod("--manifest", "shim.json", "--target", "nowhere").stderr).toContain("--target nowhere");
    expect(codemod("--manifest", "shim.json", "--jobs", "two")).toMatchObject({ status: 2 });
  });
});
