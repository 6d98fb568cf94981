import { describe, expect, it } from "vitest";

import type { RunEvent } from "../../src/model/events.js";
import { listen } from "../../src/support/bus.js";
import { run, runOk } from "../../src/support/exec.js";
import { startOf } from "../../src/support/process-start.js";
import { shellLine } from "../../src/support/shell-line.js";

function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;
}

describe("child processes", () => {
  it("give a non-zero exit back as data", async () => {
    const result = await run({ command: "sh", args: ["-c", "echo out; echo err >&2; exit 7"] });
    expect(result).toMatchObject({ code: 7, signal: null, stderr: "err\n" });
    expect(result.stdout.toString()).toBe("out\n");
  });

  it("reject only when the command could not be started, with the way to mend it", async () => {
    await expect(run({ command: "no-such-program-here", args: [] })).rejects.toMatchObject({
      code: "tool-missing",
      hint: expect.stringContaining("unfork doctor"),
    });
  });

  it("tell the command's own last words when exit 0 was wanted", async () => {
    await expect(runOk({ command: "sh", args: ["-c", "echo broken >&2; exit 1"] })).rejects.toMatchObject({
      code: "tool-failed",
      message: expect.stringContaining("broken"),
    });
  });

  it("are killed with all their children when the time is over", async () => {
    const result = await run({ command: "sh", args: ["-c", "sleep 60 & sleep 60"], timeoutMs: 100 });
    expect(result).toMatchObject({ timedOut: true, signal: "SIGKILL" });
  });

  it.each([
    ["that left its group", "echo out; setsid sleep 20 & exit 0", 60_000],
    ["in its group", "echo out; sleep 20 & exit 0", 500],
    ["without its pipes", "echo out; sleep 20 >/dev/null 2>&1 & exit 0", 60_000],
  ])("that leave nothing end when they exit, with what they wrote, though they started one %s", async (_what, line, timeoutMs) => {
    const result = await run({ command: "sh", args: ["-c", line], timeoutMs, leavesNothing: true });
    expect(result).toMatchObject({ code: 0, timedOut: false });
    expect(result.stdout.toString()).toBe("out\n");
    expect(result.durationMs).toBeLessThan(15_000);
  });

  it("that cannot be started leave no timer to wait for", async () => {
    const before = activeTimers();
    await expect(run({ command: "no-such-program", args: [], timeoutMs: 60_000 })).rejects.toMatchObject({ code: "tool-missing" });
    expect(activeTimers()).toBe(before);
  });

  it("that leave nothing keep the limit of time, though a process outside of their group holds their pipes", async () => {
    const result = await run({ command: "sh", args: ["-c", "setsid sleep 20 & sleep 20"], timeoutMs: 300, leavesNothing: true });
    expect(result).toMatchObject({ timedOut: true, signal: "SIGKILL" });
    expect(result.durationMs).toBeLessThan(15_000);
  });

  it("that leave nothing take those of their group with them", async () => {
    const line = "sleep 20 >/dev/null 2>&1 & echo $!";
    const { stdout } = await run({ command: "sh", args: ["-c", line], leavesNothing: true });
    const pid = Number(stdout.toString());
    await expect.poll(() => startOf(pid), { timeout: 10_000 }).toBeUndefined();
  });

  it("are killed when they write without end, and what they wrote is kept up to the limit", async () => {
    const result = await run({ command: "yes", args: [], mostOutput: 1_000_000 });
    expect(result).toMatchObject({ overflowed: true, signal: "SIGKILL" });
    expect(result.stdout.length).toBeLessThanOrEqual(1_000_000);
  });

  it("take their input and hand on whole lines", async () => {
    const lines: string[] = [];
    await run({ command: "cat", args: [], input: "a\nb\nc", onStdoutLine: (line) => lines.push(line) });
    expect(lines).toEqual(["a", "b", "c"]);
  });

  it("tell the bus their start and their end", async () => {
    const events: RunEvent[] = [];
    const stop = listen((event) => events.push(event));
    await run({ command: "true", args: [] });
    stop();
    expect(events.map((event) => event.type)).toEqual(["command:start", "command:end"]);
  });

  it("never reach a shell: arguments stay as they are", async () => {
    const result = await run({ command: "printf", args: ["%s", "$(id) `id` ; rm"] });
    expect(result.stdout.toString()).toBe("$(id) `id` ; rm");
  });
});

describe("a command line for people", () => {
  it("quotes what a shell would take apart", () => {
    expect(shellLine(["g++", "-DX=1", "a b", "it's"])).toBe(`g++ -DX=1 'a b' 'it'\\''s'`);
  });
});
