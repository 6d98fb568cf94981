/** Owns one call of somebody's resolver: a packet in, what it wrote out, or what was wrong with the call. */
import { withoutGit } from "../../git/git.js";
import { run } from "../../support/exec.js";
import type { Refused } from "./record-try.js";

export interface ResolverCommand {
  /** A shell's command line: a packet on stdin, an answer on stdout. */
  readonly command: string;
  /** Tries per conflict. */
  readonly tries: number;
  /** Milliseconds per try. */
  readonly timeoutMs: number;
}

export type Asked = { readonly status: "answered"; readonly stdout: Buffer } | Refused;

const MOST_OUTPUT = 64 * 2 ** 20;

export async function askResolver({ command, timeoutMs }: ResolverCommand, packet: string): Promise<Asked> {
  const limits = { timeoutMs, mostOutput: MOST_OUTPUT, leavesNothing: true };
  const result = await run({ command: "sh", args: ["-c", command], env: withoutGit(), input: packet, ...limits });
  if (result.timedOut) return { status: "refused", why: `it took longer than ${timeoutMs / 1000} s and was ended` };
  if (result.overflowed) return { status: "refused", why: `it wrote more than ${MOST_OUTPUT / 2 ** 20} MiB and was ended` };
  if (result.code === 0) return { status: "answered", stdout: result.stdout };
  const kept = `it ended with ${result.code ?? result.signal}`;
  return { status: "refused", why: `${kept}: ${result.stderr.trim().slice(-500)}`, kept };
}

/** What a resolver is told of lines that its answer loses. */
export function lostFault(lost: readonly string[]): string {
  return `it leaves out lines of the patch that upstream does not have; keep them, or say why in "explain":\n${lost.slice(0, 20).join("\n")}`;
}
