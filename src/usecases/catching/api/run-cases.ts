/** Owns the talk with the driver: cases in, one answer each out; a case that ends the driver is told by how it ended. */
import { UnforkError } from "../../../support/errors.js";
import { run } from "../../../support/exec.js";

export const MODES = { both: 0, legacy: 1, latest: 2, describe: 3 } as const;

export interface ApiCase {
  /** Its place in the driver's table. */
  readonly function: number;
  readonly bytes: Buffer;
}

export type Answer =
  | { readonly kind: "same"; readonly result: string }
  | { readonly kind: "differs"; readonly legacy: string; readonly latest: string }
  | { readonly kind: "one"; readonly text: string }
  | { readonly kind: "ended"; readonly how: string };

/** Beside what each call may take, which the driver itself sees to. */
const BATCH_MS = 600_000;

/** In one process: all of them, or those up to the one that ended it. */
export async function runCases(driver: string, cases: readonly ApiCase[], mode: keyof typeof MODES, alone = false): Promise<Answer[]> {
  const input = Buffer.concat(cases.map((one) => framed(one, MODES[mode])));
  const args = [alone ? "alone" : "serve"];
  const { stdout, stderr, code, signal } = await run({ command: driver, args, input, timeoutMs: BATCH_MS, leavesNothing: true });
  const answers = stdout.toString("latin1").split("\n").slice(0, -1).map(answerIn);
  if (answers.length === cases.length) return answers;
  if (code === 0 || code === 3) throw new UnforkError("tool-failed", `${driver} stopped in the middle of its cases`);
  const [words = ""] = stderr.split("\n");
  return [...answers, { kind: "ended", how: endOf(code, signal) + (words === "" ? "" : `: ${words}`) }];
}

/** Under a tool that watches; without the driver's own limits. */
export async function runUnder(wrap: readonly string[], driver: string, cases: readonly ApiCase[]): Promise<void> {
  const [command = driver, ...args] = [...wrap, driver, "watched"];
  const input = Buffer.concat(cases.map((one) => framed(one, MODES.both)));
  await run({ command, args, input, timeoutMs: BATCH_MS, leavesNothing: true });
}

function endOf(code: number | null, signal: string | null): string {
  if (signal === "SIGALRM") return "hangs";
  return signal === null ? `ends the process with exit code ${code}` : `ends by ${signal}`;
}

function framed({ function: index, bytes }: ApiCase, mode: number): Buffer {
  const head = Buffer.alloc(7);
  head.writeUInt32LE(bytes.length + 3, 0);
  head.writeUInt16LE(index, 4);
  head.writeUInt8(mode, 6);
  return Buffer.concat([head, bytes]);
}

function answerIn(line: string): Answer {
  const [kind = "", first = "", second = ""] = line.split("\t");
  if (kind === "=") return { kind: "same", result: first };
  if (kind === "!") return { kind: "differs", legacy: first, latest: second };
  return { kind: "one", text: first };
}

/** Each flavor in a process of its own: what it gives, or how it ends. */
export async function flavorsAlone(driver: string, one: ApiCase): Promise<{ readonly legacy: string; readonly latest: string }> {
  const legacy = await runCases(driver, [one], "legacy", true);
  const latest = await runCases(driver, [one], "latest", true);
  return { legacy: textOf(legacy[0]), latest: textOf(latest[0]) };
}

/** The call as C++ that makes it. */
export async function describeCase(driver: string, one: ApiCase): Promise<string> {
  return textOf((await runCases(driver, [one], "describe"))[0]);
}

function textOf(answer: Answer | undefined): string {
  if (answer?.kind === "one") return answer.text;
  return answer?.kind === "ended" ? answer.how : "";
}
