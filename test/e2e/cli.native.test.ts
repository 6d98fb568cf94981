/** The command line as a user meets it: the built program in a process of its own. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { temporaryFolder } from "../helpers/temp.js";
import { validConfig } from "../helpers/valid-config.js";
import { packageRoot } from "../../src/support/version.js";

const BIN = join(packageRoot(), "bin/unfork.js");

function unfork(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const result = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, UNFORK_CACHE: join(cwd, ".cache"), ...env },
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

describe("unfork on the command line", () => {
  it("prints help with examples first, and ends with 0", () => {
    const { code, out } = unfork(["upgrade", "--help"], temporaryFolder());
    expect(code).toBe(0);
    expect(out.startsWith("Examples:\n  $ unfork upgrade")).toBe(true);
  });

  it("refuses an unknown flag with exit 2 and the nearest known one", () => {
    const { code, err } = unfork(["upgrade", "--dryrun"], temporaryFolder());
    expect(code).toBe(2);
    expect(err).toContain("Did you mean --dry-run?");
  });

  it("refuses an unknown command with exit 2 and the nearest known one", () => {
    const { code, err } = unfork(["upgade"], temporaryFolder());
    expect(code).toBe(2);
    expect(err).toContain("Did you mean upgrade?");
  });

  it("says with exit 2 that there is no configuration, and how to get one", () => {
    const { code, err } = unfork(["upgrade"], temporaryFolder());
    expect(code).toBe(2);
    expect(err).toContain("unfork init");
  });

  it("tells a wrong key with exit 2, and under --json as one document on stdout", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "unfork.config.json"), JSON.stringify({ ...validConfig(), outputs: "x" }));
    const { code, out } = unfork(["config", "--json"], folder);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      error: { code: "config-invalid", message: expect.stringContaining("did you mean 'output'?") },
    });
  });

  it("shows each effective value with its origin", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "unfork.config.json"), JSON.stringify(validConfig()));
    const { code, out } = unfork(["config", "--show"], folder);
    expect(code).toBe(0);
    expect(out).toMatch(/library\s+meter\s+unfork\.config\.json/);
    expect(out).toMatch(/output\s+\.unfork\s+default/);
    expect(out).toMatch(/\(cache\).*UNFORK_CACHE/);
  });

  it("plans a dry run without writing anything", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "unfork.config.json"), JSON.stringify(validConfig()));
    const { code, out } = unfork(["upgrade", "--dry-run"], folder);
    expect(code).toBe(0);
    expect(out).toContain("fetch v1 (legacy)");
    expect(readdirSync(folder)).toEqual(["unfork.config.json"]);
  });

  it("writes a configuration from flags, refuses to replace one, and the result is valid", () => {
    const folder = temporaryFolder();
    const args = ["init", "--yes", "--library", "zlib", "--url", "https://example.org/z", "--from", "v1.2", "--to", "v1.3"];
    expect(unfork(args, folder).code).toBe(0);
    const written = readFileSync(join(folder, "unfork.config.ts"), "utf8");
    const again = unfork(args, folder);
    expect(again.code).toBe(2);
    expect(again.err).toContain("--force");
    expect(readFileSync(join(folder, "unfork.config.ts"), "utf8")).toBe(written);
    expect(unfork(["config"], folder).code).toBe(0);
  });

  it("names the missing answers when it cannot ask", () => {
    const { code, err } = unfork(["init", "--library", "x"], temporaryFolder());
    expect(code).toBe(2);
    expect(err).toContain("--url, --from, --to");
  });

  it("lists the tools with versions, as text and as JSON", () => {
    const { out } = unfork(["doctor", "--json"], temporaryFolder());
    const { tools } = JSON.parse(out) as { tools: { id: string; status: string; version: string | null }[] };
    expect(tools.find((tool) => tool.id === "git")).toMatchObject({ status: "found", version: expect.stringMatching(/^\d+\.\d+/) });
    expect(unfork(["doctor"], temporaryFolder()).out).toContain("✔ found");
  });

  it("ends with 3 and the exact command when a needed tool is missing", () => {
    const { code, out } = unfork(["doctor"], temporaryFolder(), { PATH: temporaryFolder() });
    expect(code).toBe(3);
    expect(out).toMatch(/needed: (sudo )?apt-get install -y binutils .*g\+\+.* ninja-build/);
  });

  it("gives no colours off a terminal, colours when forced, none under NO_COLOR", () => {
    const folder = temporaryFolder();
    expect(unfork(["doctor"], folder).out).not.toContain("\u001B[");
    expect(unfork(["doctor"], folder, { FORCE_COLOR: "1" }).out).toContain("\u001B[");
    expect(unfork(["doctor"], folder, { FORCE_COLOR: "1", NO_COLOR: "1" }).out).not.toContain("\u001B[");
    expect(unfork(["doctor", "--no-color"], folder, { FORCE_COLOR: "1" }).out).not.toContain("\u001B[");
  });

  it("makes completion scripts that bash accepts and that know the stages", () => {
    const folder = temporaryFolder();
    const { out } = unfork(["completion", "bash"], folder);
    const script = `${out}\nCOMP_WORDS=(unfork upgrade --from f); COMP_CWORD=3; _unfork; echo "\${COMPREPLY[*]}"`;
    const bash = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect(bash.stdout.trim()).toBe("fetch features");
    expect(existsSync(join(folder, ".unfork"))).toBe(false);
  });

  it.each([
    ["isolate sc", "scan"],
    ["isolate scan --pol", "--policy"],
    ["isolate src --fla", "--flavor"],
    ["isolate --mode ", "rewrite overlay"],
    ["isolate revert --ou", "--out"],
  ])("completes inside a group of commands: %s", (line, words) => {
    const { out } = unfork(["completion", "bash"], temporaryFolder());
    const script = `${out}\nCOMP_WORDS=(unfork "$@"); COMP_CWORD=$#; _unfork; echo "\${COMPREPLY[*]}"`;
    const bash = spawnSync("bash", ["-c", script, "bash", ...line.split(" ")], { encoding: "utf8" });
    expect(bash.stdout.trim()).toBe(words);
  });

  it("says with exit 2 that there is nothing to continue or to abort", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "unfork.config.json"), JSON.stringify(validConfig()));
    expect(unfork(["upgrade", "--continue"], folder)).toMatchObject({ code: 2, err: expect.stringContaining("no run to continue") });
    expect(unfork(["upgrade", "--abort"], folder)).toMatchObject({ code: 2, err: expect.stringContaining("no run to abort") });
  });
});
