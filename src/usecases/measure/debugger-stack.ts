/** Owns the stack of a run that a plain signal ended: the same command once more under gdb. */
import { shellLine } from "../../support/shell-line.js";
import { findTool } from "../../toolchain/find-tool.js";
import { installHint } from "../../toolchain/packages.js";
import { type MeasuredCommand, measuredRun } from "./measured-run.js";

const MOST_FRAMES = 12;
const FRAME = /^#\d+\s+(?:0x[0-9a-f]+ in )?(.+)$/;
/** gdb is slower to start, and reads symbols. */
const MORE_SECONDS = 60;

/** Signals that a program's own fault brings. */
const FAULTS = /^signal SIG(?:SEGV|ABRT|BUS|FPE|ILL|TRAP|SYS)$/;

/** Whether a debugger may tell where this end ("signal SIGSEGV") came from. */
export function isFault(how: string): boolean {
  return FAULTS.test(how);
}

/** Frames, innermost first: "Wave levels.cc:19"; where there are none, one line that says why and what to do. */
export async function stackByDebugger(command: MeasuredCommand): Promise<string[]> {
  const gdb = await findTool("gdb");
  const byHand = shellLine(["gdb", "--batch", "-ex", "run", "-ex", "backtrace", "--args", ...command.argv]);
  if (gdb === undefined) return [`no stack: ${installHint(["gdb"])}, or run elsewhere: ${byHand}`];
  const script = ["set confirm off", "set debuginfod enabled off", "set print frame-arguments none", "run", `backtrace ${MOST_FRAMES}`];
  const argv = [gdb, "--quiet", "--batch", "--nx", ...script.flatMap((line) => ["-ex", line]), "--args", ...command.argv];
  const limits = { ...command.limits, seconds: command.limits.seconds + MORE_SECONDS };
  const { stdout } = await measuredRun({ ...command, argv, limits });
  const frames = framesIn(stdout.toString("utf8"));
  return frames.length > 0 ? frames : [`no stack: it did not crash again under gdb (${byHand})`];
}

/** "#1  0x… in levels::Wave (n=…) at /src/levels.cc:19" as "levels::Wave levels.cc:19". */
export function framesIn(text: string): string[] {
  const frames = text.split("\n").flatMap((line) => FRAME.exec(line)?.[1] ?? []);
  return frames.slice(0, MOST_FRAMES).map((frame) => {
    const [, called = frame, where = ""] = /^(.*?)(?: \((?:\.\.\.|[^()]*)\))?(?: at (?:.*\/)?([^/]+:\d+)| from .*)?$/.exec(frame) ?? [];
    return `${called.trim()} ${where}`.trim();
  });
}
