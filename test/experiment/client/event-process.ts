/** Owns programs of their own that log events by the compiled client, to be killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { TrustedKey } from "../../../src/model/seed.js";
import { packageRoot } from "../../../src/support/version.js";
import { temporaryFolder } from "../../helpers/temp.js";

const CLIENT = pathToFileURL(join(packageRoot(), "dist/experiment/client/index.js")).href;

export interface ProgramOptions {
  readonly folder: string;
  /** Of seeds. */
  readonly seedUrl: string;
  readonly key: TrustedKey;
  readonly now: number;
  /** What it does once it has its flavor; `events`, `client`, `fields` are there. Then it waits. */
  readonly code: string;
}

/** Starts one; resolves when it did what it was told, or ended by that. */
export async function startProgram({ folder, seedUrl, key, now, code }: ProgramOptions): Promise<ChildProcess> {
  const file = join(temporaryFolder(), "program.mjs");
  const options = { project: "webrtc", keys: [key], url: seedUrl, folder, defaultFlavor: "legacy", pollSeconds: 0 };
  writeFileSync(
    file,
    `import { openClient, openEvents } from ${JSON.stringify(CLIENT)};
const events = await openEvents({ folder: ${JSON.stringify(folder)} });
const client = await openClient({ ...${JSON.stringify(options)}, events, now: () => ${now} });
const fields = client.eventFields(await client.flavorFor("laptop-call"));
setTimeout(() => process.exit(9), 60_000);
${code}
process.stdout.write("done\\n");
`,
  );
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise<void>((resolve) => {
    child.stdout.once("data", () => resolve());
    child.once("close", () => resolve());
  });
  return child;
}

export async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  const closed =
    child.exitCode === null && child.signalCode === null ? new Promise((resolve) => void child.once("close", resolve)) : undefined;
  if (signal !== undefined) child.kill(signal);
  await closed;
}
