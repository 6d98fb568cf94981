/** Owns `unfork serve` as a process of its own for tests: started, killed, started again on the same folder. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";

import { packageRoot } from "../../src/support/version.js";

const BIN = join(packageRoot(), "bin/unfork.js");

/** These processes end before what the engine would optimise of PGlite is used. */
const NODE = ["--liftoff-only"];

export interface ServeProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has said until now, on both streams. */
  said(): string;
  /** Resolves to the exit code, null for a signal. */
  readonly ended: Promise<number | null>;
}

/** Starts one and waits for its address; rejects with what it said when it ends before. */
export async function startServe(
  dir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServeProcess> {
  const child = spawn(process.execPath, [...NODE, BIN, "serve", "--dir", dir, "--port", "0", "--look-every", "0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let said = "";
  const ended = new Promise<number | null>((resolve) => void child.on("close", resolve));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^https?:\/\/\S+/m.exec(said);
      if (found !== null) resolve(found[0]);
    });
    void ended.then((code) => reject(new Error(`it ended with ${code}:\n${said}`)));
  });
  return { url, child, said: () => said, ended };
}

/** `unfork …` to its end. */
export function unfork(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...NODE, BIN, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout: stdout.trim(), stderr };
}
