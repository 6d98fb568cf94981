/** Owns `unfork seed verify`: a seed judged as a device judges it. */
import type { Command } from "commander";

import { judgeSeed } from "../../../experiment/assignment/judge-seed.js";
import { readTrustedKey } from "../../../experiment/assignment/key-file.js";
import type { AcceptedSeed, TrustedKey } from "../../../model/seed.js";
import { wallClockMs } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { collect, keyPath, moment, readBytes } from "./options.js";

interface VerifyOptions extends GlobalOptions {
  readonly project: string;
  readonly key: readonly string[];
  readonly after?: readonly string[];
  readonly at?: string;
}

export function addSeedVerify(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("verify")
    .description("Judge a seed as a device does: signatures, versions, halts, expiry. Exits with 1 when a device would reject it.")
    .argument("<file>", "the seed")
    .requiredOption("--project <name>", "the device's project")
    .requiredOption("--key <file>", "a key that is built into the program, public part or all of it, repeatable", collect)
    .option("--after <file>", "a seed that the device has taken before, repeatable, oldest first", collect)
    .option("--at <time>", "the device's time (default: now)");
  withExamples(command, [
    "unfork seed verify seed.json --project webrtc --key signer.key.json",
    "unfork seed verify new.json --after seed.json --project webrtc --key signer.pub.pem",
  ]);
  command.action(async (file: string, _local: unknown, self: Command) => setExitCode(await verify(file, globalsOf(self) as VerifyOptions)));
}

async function verify(file: string, options: VerifyOptions): Promise<number> {
  const terminal = openTerminal(options);
  const keys = await Promise.all(options.key.map(keyPath).map(({ path, role }) => readTrustedKey(path, role)));
  const now = options.at === undefined ? wallClockMs() : moment(options.at, "--at");
  const previous = await takenBefore(options, keys);
  const judged = judgeSeed(await readBytes(file), { project: options.project, keys, previous, now });
  if (judged.status === "rejected") {
    const { reason, message } = judged;
    terminal.result(
      options.json === true ? JSON.stringify({ status: "rejected", reason, message }, null, 2) : `rejected (${reason}): ${message}`,
    );
    return EXIT.gate;
  }
  const { status, accepted, base } = judged;
  const text = `${status === "same" ? "the same as before" : "accepted"}: version ${accepted.version} of ${base.project}, good until ${base.expires}`;
  terminal.result(options.json === true ? JSON.stringify({ status, version: accepted.version, expires: base.expires }, null, 2) : text);
  return EXIT.done;
}

/** The device's memory after the seeds of `--after`; their age does not matter. */
async function takenBefore(options: VerifyOptions, keys: readonly TrustedKey[]): Promise<AcceptedSeed | undefined> {
  let previous: AcceptedSeed | undefined;
  for (const path of options.after ?? []) {
    const judged = judgeSeed(await readBytes(path), { project: options.project, keys, previous, now: 0 });
    if (judged.status === "rejected")
      throw new UnforkError("input-invalid", `${path} is rejected itself (${judged.reason}): ${judged.message}`);
    previous = judged.accepted;
  }
  return previous;
}
