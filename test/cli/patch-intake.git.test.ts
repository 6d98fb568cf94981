/** `unfork patch intake` as a user calls it: what it prints first, its exit code, its document. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { patchIntakeSchema } from "../../src/model/patch-intake.js";
import { temporaryFolder } from "../helpers/temp.js";
import { madeFolder, madeHistory, source } from "../patches/intake/made-history.js";

const BIN = fileURLToPath(new URL("../../bin/unfork.js", import.meta.url));

function unfork(...args: string[]) {
  const env = { ...process.env, NO_COLOR: "1" };
  return spawnSync(process.execPath, [BIN, "patch", "intake", ...args], { encoding: "utf8", env });
}

function sides() {
  const files = { "a/x.c": source("x"), "a/y.c": source("y"), "a/z.c": source("z") };
  const { path, commits } = madeHistory([
    { files, message: "release one", tag: "v1" },
    { files: { ...files, "a/x.c": source("x", { 1: "" }) } },
  ]);
  const fork = madeFolder({ ...files, "a/y.c": source("y", { 4: "int ours;" }), "a/z.c": String(files["a/z.c"]).replaceAll("\n", "\r\n") });
  return { upstream: path, fork, base: commits[0] };
}

describe("unfork patch intake", () => {
  it("says first how much there is and on what, then how sure, what is folded, and the next command", () => {
    const { fork, upstream } = sides();
    const { status, stdout } = unfork(fork, "--upstream", upstream);
    expect(status).toBe(0);
    expect(stdout.split("\n")[0]).toContain(": 1 feature, 1 file, +1 −1 on v1 (");
    expect(stdout).toContain("≈ base");
    expect(stdout).toMatch(/likely +the nearest tree: 2 of 3 files/);
    expect(stdout).toContain("only line ends changed");
    expect(stdout).toContain(`$ unfork patch intake ${fork} --upstream ${upstream} --out features`);
  });

  it("prints one document of the published shape", () => {
    const { fork, upstream, base } = sides();
    const told = patchIntakeSchema.parse(JSON.parse(unfork(fork, "--upstream", upstream, "--json").stdout));
    expect(told.base?.commit).toBe(base);
  });

  it("names the file to edit once it is written", () => {
    const { fork, upstream } = sides();
    const out = join(temporaryFolder(), "features");
    const { status, stdout } = unfork(fork, "--upstream", upstream, "--out", out);
    expect([status, stdout.includes(`next: edit ${join(out, "features.yaml")}: 1 feature without purpose or owner`)]).toEqual([0, true]);
    expect(readFileSync(join(out, "series"), "utf8")).toBe("a-y.c.patch\n");
  });

  it("exits 1 for what is no fork of that, and 2 for what cannot be read", () => {
    const { upstream, fork } = sides();
    const other = unfork(madeFolder({ "b.c": "int b;\n" }), "--upstream", upstream);
    expect([other.status, other.stdout.includes("is no fork of")]).toEqual([1, true]);
    expect(unfork(join(fork, "gone"), "--upstream", upstream).status).toBe(2);
    expect(unfork(fork, "--upstream", fork).status).toBe(2);
    expect(unfork(fork).stderr).toContain("--upstream is wanted");
  });
});
