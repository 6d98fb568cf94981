/** Owns how git is called for a fetch: never asks, gives up on a dead line, and its failures get our names. */
import { connect } from "node:net";

import { type ErrorCode, UnforkError, messageOf } from "../support/errors.js";
import { type Command, type CommandResult, failure, run } from "../support/exec.js";
import { proxyFor } from "./proxy.js";

/** Less than this many bytes a second for so many seconds ends a transfer. */
const SLOWEST = 1000;
const PATIENCE_S = 20;

/** A call of git in a bare repository, with the environment of a fetch. */
export function gitCommand(repository: string, args: readonly string[]): Command {
  const limits = [
    "-c",
    `http.lowSpeedLimit=${SLOWEST}`,
    "-c",
    `http.lowSpeedTime=${PATIENCE_S}`,
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
  ];
  return { command: "git", args: [...limits, "--git-dir", repository, ...args], env: environment() };
}

/** Runs git and gives what it wrote; throws by what its words say: `network`, `input-invalid`, `input-missing`, `tool-failed`. */
export async function git(repository: string, args: readonly string[], input?: string): Promise<string> {
  const command = gitCommand(repository, args);
  const result = await run(input === undefined ? command : { ...command, input });
  if (result.code === 0) return result.stdout.toString("utf8");
  throw gitFailure(command, result);
}

function environment(): Record<string, string | undefined> {
  return {
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: undefined,
    SSH_ASKPASS: undefined,
    GIT_SSH_COMMAND: process.env["GIT_SSH_COMMAND"] ?? `ssh -o BatchMode=yes -o ConnectTimeout=${PATIENCE_S}`,
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
    GIT_OBJECT_DIRECTORY: undefined,
    GIT_NAMESPACE: undefined,
  };
}

const KINDS: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [
    /couldn't find remote ref|not our ref|unadvertised object/i,
    "input-invalid",
    "correct the source's 'ref': the repository has no such tag, branch or commit",
  ],
  [/not appear to be a git repository|repository .*not found|not a git repository/i, "input-missing", "correct the source's 'url'"],
  [
    /could not resolve|connection refused|failed to connect|timed out|operation too slow|unable to access|network is unreachable|could not read from remote|early EOF|hung up/i,
    "network",
    "check the network (git obeys http_proxy and https_proxy), then start again",
  ],
  [/no space left|disk quota/i, "disk", "the disk is full: free some space and start again"],
];

export function gitFailure(command: Command, result: Pick<CommandResult, "code" | "signal" | "stderr">): UnforkError {
  const plain = failure(command, result);
  const kind = KINDS.find(([pattern]) => pattern.test(result.stderr));
  if (kind === undefined) return plain;
  const words = result.stderr
    .trim()
    .split("\n")
    .filter((line) => /^(fatal|error|remote)/.test(line));
  const message = words.length === 0 ? plain.message : words.join("; ");
  return new UnforkError(kind[1], message, { hint: kind[2], context: plain.context });
}

/**
 * Gives up early when nobody listens at a repository's address: git itself would wait for minutes. Ways that
 * do not begin with a plain connection (files, proxies, host aliases of ssh) are left to git. Throws `network`.
 */
export async function assertReachable(url: string): Promise<void> {
  if (!/^(https?|git):\/\//i.test(url) || !URL.canParse(url)) return;
  const address = new URL(url);
  if (proxyFor(address) !== undefined) return;
  const port = address.port === "" ? ({ "http:": 80, "git:": 9418 }[address.protocol] ?? 443) : Number(address.port);
  try {
    await connectOnce(address.hostname.replace(/^\[|\]$/g, ""), port);
  } catch (error) {
    throw new UnforkError("network", `cannot reach ${url}: ${messageOf(error)}`, {
      hint: "check the network (http_proxy and https_proxy are obeyed), then start again",
      context: { url },
      cause: error,
    });
  }
}

function connectOnce(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.setTimeout(PATIENCE_S * 1000, () => socket.destroy(new Error(`no connection within ${PATIENCE_S} s`)));
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
  });
}
