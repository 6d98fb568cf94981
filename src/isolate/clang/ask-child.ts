/** Owns asking a child process about one unit: a crash or a hang of libclang costs that unit's answer and nothing else. */
import { run } from "../../support/exec.js";
import { ownFile } from "../../support/own-files.js";
import type { UnitAnswer, UnitQuestion } from "./model.js";

/** A unit that libclang cannot parse in this time does not count. */
const TIMEOUT_MS = 120_000;

/** Sources run through a loader of TypeScript, compiled files as they are. */
const COMPILED = import.meta.url.endsWith(".js");

export async function askChild(question: UnitQuestion): Promise<UnitAnswer> {
  const entry = ownFile(`isolate/clang/child.${COMPILED ? "js" : "ts"}`);
  const loader = COMPILED ? [] : ["--import", import.meta.resolve("jiti/register")];
  const result = await run({
    command: process.execPath,
    args: [...loader, entry],
    cwd: question.directory,
    input: JSON.stringify(question),
    timeoutMs: TIMEOUT_MS,
  });
  if (result.timedOut) return { status: "failed", reason: `libclang took more than ${TIMEOUT_MS / 1000} s` };
  if (result.code !== 0) return { status: "failed", reason: lastWords(result.stderr, result.signal) };
  return JSON.parse(result.stdout.toString("utf8")) as UnitAnswer;
}

function lastWords(stderr: string, signal: string | null): string {
  const line = stderr.split("\n").find((one) => /error/i.test(one)) ?? stderr.trim().split("\n").at(-1) ?? "";
  return signal === null ? `libclang's process failed: ${line.trim()}` : `libclang's process was ended by ${signal}`;
}
