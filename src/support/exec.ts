/** Owns child processes: arguments as an array, a non-zero exit is data, every command is told on the bus. */
import type { ChildProcess, StdioOptions } from "node:child_process";
import type { Readable, Writable } from "node:stream";

import { emit } from "./bus.js";
import { killGroup, running } from "./children.js";
import { monotonicMs } from "./clock.js";
import { UnforkError, messageOf, systemCodeOf } from "./errors.js";
import { shellLine } from "./shell-line.js";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** After this many milliseconds the whole process group is killed. */
  readonly timeoutMs?: number;
  /** When stdout or stderr grows beyond this many bytes, the whole process group is killed; default 1 GiB. */
  readonly mostOutput?: number;
  /**
   * It ends when its own process does: what it left in its group is killed, and pipes that others still hold are closed a second later.
   * Default: it ends when nobody holds its pipes.
   */
  readonly leavesNothing?: boolean;
  readonly onStdoutLine?: (line: string) => void;
  readonly onStderrLine?: (line: string) => void;
}

export interface CommandResult {
  /** Exit code, or null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** It wrote more than `mostOutput` and was killed for it; what it wrote up to then is here. */
  readonly overflowed: boolean;
  readonly durationMs: number;
}

/** A running child with open pipes; `done` resolves when it has ended. */
export interface RunningCommand {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: () => string;
  readonly done: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly kill: () => void;
  /** Undefined when it could not be started; `done` rejects then. */
  readonly pid: number | undefined;
}

const MOST_OUTPUT = 2 ** 30;
const LAST_OUTPUT_MS = 1000;

const marker: { name?: string; value?: string } = {};
let nextId = 1;

/** Marks all further children (and theirs) in their environment, so that a later run can find those a killed run left. */
export function markChildren(name: string, value: string): void {
  marker.name = name;
  marker.value = value;
}

/** Runs to the end. Rejects (`tool-missing`, `tool-failed`) only when the command could not be started. */
export async function run(command: Command): Promise<CommandResult> {
  const started = begin(command, ["pipe", "pipe", "pipe"]);
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  const most = command.mostOutput ?? MOST_OUTPUT;
  const overflow = { happened: false };
  function tooMuch(): void {
    overflow.happened = true;
    killGroup(started.child, "SIGKILL");
  }
  collect(started.child.stdout, out, command.onStdoutLine, { most, tooMuch });
  collect(started.child.stderr, errors, command.onStderrLine, { most, tooMuch });
  feed(started.child, command.input);
  const timer = startTimer(started.child, command.timeoutMs);
  if (command.leavesNothing === true) endWithItself(started.child, timer);
  // A program that could not be started leaves no timer to wait for.
  const end = await started.ended.finally(timer);
  const timedOut = timer();
  const durationMs = started.finish(end.code);
  return {
    ...end,
    stdout: Buffer.concat(out),
    stderr: Buffer.concat(errors).toString("utf8"),
    timedOut,
    overflowed: overflow.happened,
    durationMs,
  };
}

/** Runs to the end and wants exit 0; else throws `tool-failed` with the end of what the command wrote. */
export async function runOk(command: Command): Promise<CommandResult> {
  const result = await run(command);
  if (result.code === 0) return result;
  throw failure(command, result);
}

/** The error for a command that ended badly, with its own last words. */
export function failure(command: Command, result: Pick<CommandResult, "code" | "signal" | "stderr">): UnforkError {
  const words = result.stderr.trim().split("\n").slice(-12).join("\n");
  const how = result.code === null ? `was ended by ${result.signal ?? "a signal"}` : `exited with ${result.code}`;
  return new UnforkError("tool-failed", `${command.command} ${how}${words === "" ? "" : `:\n${words}`}`, {
    context: { command: shellLine([command.command, ...command.args]), cwd: command.cwd ?? "." },
  });
}

/** Starts a child whose pipes the caller reads and writes as streams. */
export function start(command: Command): RunningCommand {
  const started = begin(command, ["pipe", "pipe", "pipe"]);
  const errors: Buffer[] = [];
  collect(started.child.stderr, errors, command.onStderrLine);
  const { stdin, stdout } = started.child;
  if (stdin === null || stdout === null) throw new Error("pipes were asked for and not given");
  stdin.on("error", () => undefined);
  const done = started.ended.then((end) => {
    started.finish(end.code);
    return end;
  });
  done.catch(() => undefined);
  const kill = () => killGroup(started.child, "SIGKILL");
  return { stdin, stdout, stderr: () => Buffer.concat(errors).toString("utf8"), done, kill, pid: started.child.pid };
}

function begin(command: Command, stdio: StdioOptions) {
  const id = nextId++;
  const line = [command.command, ...command.args];
  const since = monotonicMs();
  emit({ type: "command:start", id, command: line, cwd: command.cwd ?? "." });
  // Loaded here: not every run starts a process, and the module brings sockets with it.
  const child = process.getBuiltinModule("node:child_process").spawn(command.command, command.args, {
    cwd: command.cwd,
    env: childEnvironment(command.env),
    stdio,
    detached: true,
  });
  running.add(child);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once("error", (error) => {
      running.delete(child);
      reject(notStarted(command, error));
    });
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  function finish(code: number | null): number {
    running.delete(child);
    const durationMs = monotonicMs() - since;
    emit({ type: "command:end", id, command: line, cwd: command.cwd ?? ".", code, durationMs });
    return durationMs;
  }
  return { child, ended, finish };
}

function childEnvironment(extra: Command["env"]): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C.UTF-8" };
  if (marker.name !== undefined) environment[marker.name] = marker.value;
  for (const [name, value] of Object.entries(extra ?? {})) {
    if (value === undefined) delete environment[name];
    else environment[name] = value;
  }
  return environment;
}

function notStarted(command: Command, error: Error): UnforkError {
  const missing = systemCodeOf(error) === "ENOENT";
  return new UnforkError(
    missing ? "tool-missing" : "tool-failed",
    missing ? `cannot start ${command.command}: not found` : `cannot start ${command.command}: ${messageOf(error)}`,
    {
      hint: "run `unfork doctor`: it names what is missing and the command that installs it",
      context: { command: shellLine([command.command, ...command.args]), cwd: command.cwd ?? "." },
      cause: error,
    },
  );
}

interface Limit {
  readonly most: number;
  readonly tooMuch: () => void;
}

function collect(stream: Readable | null, chunks: Buffer[], onLine: ((line: string) => void) | undefined, limit?: Limit): void {
  if (stream === null) return;
  let rest = "";
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (limit !== undefined && size > limit.most) return limit.tooMuch();
    chunks.push(chunk);
    if (onLine === undefined) return;
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (onLine !== undefined && rest !== "") onLine(rest);
  });
}

/** The time that counts is its own; a process that left the group with the pipes in its hands is not waited for. */
function endWithItself(child: ChildProcess, stopTimer: () => boolean): void {
  child.once("exit", () => {
    stopTimer();
    killGroup(child, "SIGKILL");
    const closing = setTimeout(() => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
    }, LAST_OUTPUT_MS);
    child.once("close", () => clearTimeout(closing));
  });
}

function feed(child: ChildProcess, input: string | Uint8Array | undefined): void {
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
}

function startTimer(child: ChildProcess, timeoutMs: number | undefined): () => boolean {
  if (timeoutMs === undefined) return () => false;
  let fired = false;
  const timer = setTimeout(() => {
    fired = true;
    killGroup(child, "SIGKILL");
  }, timeoutMs);
  return () => {
    clearTimeout(timer);
    return fired;
  };
}
