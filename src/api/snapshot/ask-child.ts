/** Owns asking a child process to read headers: a crash or a hang of libclang is an answer. */
import { run } from "../../support/exec.js";
import { ownFile } from "../../support/own-files.js";
import type { SnapshotAnswer, SnapshotQuestion } from "./model.js";

/** Headers that libclang cannot read in this time are given up. */
const TIMEOUT_MS = 300_000;

/** Sources run through a loader of TypeScript, compiled files as they are. */
const COMPILED = import.meta.url.endsWith(".js");

export type ChildAnswer = SnapshotAnswer | { readonly status: "crashed"; readonly reason: string };

export async function askChild(question: SnapshotQuestion, timeoutMs = TIMEOUT_MS): Promise<ChildAnswer> {
  const entry = ownFile(`api/snapshot/libclang/child.${COMPILED ? "js" : "ts"}`);
  const loader = COMPILED ? [] : ["--import", import.meta.resolve("jiti/register")];
  const result = await run({
    command: process.execPath,
    args: [...loader, entry],
    cwd: question.directory,
    input: JSON.stringify(question),
    timeoutMs,
  });
  if (result.timedOut) return { status: "crashed", reason: `libclang took more than ${timeoutMs / 1000} s` };
  if (result.code !== 0) return { status: "crashed", reason: lastWords(result.stderr, result.signal) };
  return JSON.parse(result.stdout.toString("utf8")) as SnapshotAnswer;
}

function lastWords(stderr: string, signal: string | null): string {
  if (signal !== null) return `libclang's process was ended by ${signal}`;
  const line = stderr.split("\n").find((one) => /error/i.test(one)) ?? stderr.trim().split("\n").at(-1) ?? "";
  return `libclang's process failed: ${line.trim()}`;
}
