/** Owns the ingest server of tests: a process of its own, which can be killed. */
import { fileURLToPath } from "node:url";

import { type RunningCommand, start } from "../../../src/support/exec.js";

export interface IngestServer {
  readonly url: string;
  readonly pid: number;
  /** Ends it as a crash of the machine's processes would. */
  kill(): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("ingest-process.mjs", import.meta.url));

/** Starts it on a folder; rejects with what it wrote when it does not come up. */
export async function startIngest(dir: string, wrap: readonly string[] = [], minFreeBytes = 0): Promise<IngestServer> {
  const [command = "", ...args] = [...wrap, process.execPath, PROGRAM, dir, String(minFreeBytes)];
  const child = start({ command, args });
  const url = await firstLine(child);
  const end = async (signal: NodeJS.Signals) => {
    process.kill(child.pid ?? Number.NaN, signal);
    await child.done;
  };
  return { url, pid: child.pid ?? Number.NaN, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

async function firstLine(child: RunningCommand): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  if (!text.includes("\n")) throw new Error(`the ingest server did not start:\n${child.stderr()}`);
  child.stdout.resume();
  return text.slice(0, text.indexOf("\n"));
}

/** Sends a batch; true when it was acknowledged, false when the server was not there or could not take it. */
export async function send(url: string, body: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/events`, { method: "POST", body, headers: { "content-type": "application/x-ndjson" } });
    const reply = (await response.json()) as { readonly rejectedLines?: number };
    return response.status === 200 && reply.rejectedLines === 0;
  } catch {
    return false;
  }
}
