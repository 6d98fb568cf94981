/** Owns asking a child process that holds libclang: a crash or a hang of the library is an answer and costs nothing else. */
import { run } from "../../support/exec.js";
import { ownFile } from "../../support/own-files.js";

export type ProcessAnswer<T> = { readonly status: "answered"; readonly answer: T } | { readonly status: "failed"; readonly reason: string };

/** Sources run through a loader of TypeScript, compiled files as they are. */
const COMPILED = import.meta.url.endsWith(".js");

/** `entry`: the child's file below the package's code, without its ending; the question goes in as JSON, the answer comes back as JSON. */
export async function askProcess<T>(entry: string, question: { readonly directory: string }, timeoutMs: number): Promise<ProcessAnswer<T>> {
  const file = ownFile(`${entry}.${COMPILED ? "js" : "ts"}`);
  const loader = COMPILED ? [] : ["--import", import.meta.resolve("jiti/register")];
  const result = await run({
    command: process.execPath,
    args: [...loader, file],
    cwd: question.directory,
    input: JSON.stringify(question),
    timeoutMs,
  });
  if (result.timedOut) return { status: "failed", reason: `libclang took more than ${timeoutMs / 1000} s` };
  if (result.code !== 0) return { status: "failed", reason: lastWords(result.stderr, result.signal) };
  return { status: "answered", answer: JSON.parse(result.stdout.toString("utf8")) as T };
}

function lastWords(stderr: string, signal: string | null): string {
  if (signal !== null) return `libclang's process was ended by ${signal}`;
  const line = stderr.split("\n").find((one) => /error/i.test(one)) ?? stderr.trim().split("\n").at(-1) ?? "";
  return `libclang's process failed: ${line.trim()}`;
}
