/** Owns the claims about one measured run: what it costs, how it ends, and that nothing of it goes on. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type MeasuredCommand, measuredRun } from "../../src/usecases/measure/measured-run.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "unfork-measured-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function command(argv: string[], limits: Partial<MeasuredCommand["limits"]> = {}): MeasuredCommand {
  return { argv, cwd: folder, limits: { seconds: 20, outputBytes: 1e6, ...limits } };
}

async function alive(marker: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, marker), "utf8"));
  const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return state !== "" && !/\) [ZX] /.test(state);
}

describe("a measured run", () => {
  test("gives the processor time and the peak memory of the command, not of what started it", async () => {
    const busy = await measuredRun(command(["perl", "-e", 'my $x = "a" x 60_000_000; my $i = 0; $i += $_ for 1 .. 3_000_000; print $i']));
    const idle = await measuredRun(command(["perl", "-e", "sleep 1"]));
    expect(busy).toMatchObject({ code: 0, signal: null, timedOut: false, leftRunning: 0 });
    expect(busy.stdout.toString()).toBe("4500001500000");
    expect(busy.peakKiB).toBeGreaterThan(58_000);
    expect(idle.peakKiB).toBeLessThan(20_000);
    expect(busy.userNs).toBeGreaterThan(10 * idle.userNs);
    expect(idle.wallNs).toBeGreaterThan(1e9);
  });

  test("counts what children used, too", async () => {
    const run = await measuredRun(command(["sh", "-c", `perl -e '$i += $_ for 1 .. 3_000_000'; true`]));
    expect(run.userNs).toBeGreaterThan(2e7);
  });

  test("tells a signal by its name and an exit code as it is", async () => {
    expect(await measuredRun(command(["sh", "-c", "kill -SEGV $$"]))).toMatchObject({ code: null, signal: "SIGSEGV" });
    expect(await measuredRun(command(["sh", "-c", "exit 42"]))).toMatchObject({ code: 42, signal: null });
  });

  test("that does not end is killed with all it started, also what left its process group", async () => {
    const script = "setsid sh -c 'echo $$ > far; exec sleep 60' & sh -c 'echo $$ > near; exec sleep 60' & wait";
    const run = await measuredRun(command(["sh", "-c", script], { seconds: 1 }));
    expect(run).toMatchObject({ timedOut: true, signal: "SIGKILL", leftRunning: 2 });
    expect([await alive("near"), await alive("far")]).toEqual([false, false]);
  });

  test("that ends and leaves processes behind is told so, and they are gone", async () => {
    const script = "setsid sh -c 'echo $$ > far; exec sleep 60' & while [ ! -s far ]; do sleep 0.01; done";
    const run = await measuredRun(command(["sh", "-c", script]));
    expect(run).toMatchObject({ code: 0, leftRunning: 1 });
    expect(await alive("far")).toBe(false);
  });

  test("that says too much is killed with all it started", async () => {
    const script = "sh -c 'echo $$ > near; exec sleep 60' & while [ ! -s near ]; do sleep 0.01; done; yes";
    const run = await measuredRun(command(["sh", "-c", script], { outputBytes: 100_000 }));
    expect(run.overflowed).toBe(true);
    for (let i = 0; i < 100 && (await alive("near")); i++) await new Promise((done) => setTimeout(done, 20));
    expect(await alive("near")).toBe(false);
  });

  test("that writes a larger file than it may gets SIGXFSZ", async () => {
    const run = await measuredRun(command(["dd", "if=/dev/zero", "of=big", "bs=64k", "count=100"], { fileBytes: 1_000_000 }));
    expect(run.signal).toBe("SIGXFSZ");
  });

  test("of a program that is not there is refused by name", async () => {
    await writeFile(join(folder, "not-executable"), "");
    await expect(measuredRun(command(["no-such-program-here"]))).rejects.toMatchObject({ code: "tool-missing" });
    await expect(measuredRun(command([join(folder, "not-executable")]))).rejects.toThrow(/Permission denied/);
  });
});
