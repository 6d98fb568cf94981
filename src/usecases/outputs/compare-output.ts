/** Owns the comparison of one output of both flavors under its tolerance. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import type { OutputComparison, Tolerance } from "../../model/tolerance.js";
import { UnforkError, fileError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import { fillPlaceholders } from "../placeholders.js";
import { compareSounds, formDifference } from "./audio.js";
import { bytesDifference } from "./bytes.js";
import type { Difference } from "./difference.js";
import { numbersDifference } from "./numbers.js";
import { readWav } from "./wav.js";

export interface OutputPair {
  /** The output's name in the use case. */
  readonly file: string;
  /** Folders that hold it. */
  readonly legacy: string;
  readonly latest: string;
  /** {root} of a comparing command, and where it runs. */
  readonly root: string;
  readonly timeoutSeconds: number;
}

/** Reads both and compares. Throws when a file cannot be read or a comparing command not be started. */
export async function compareOutput(pair: OutputPair, tolerance: Tolerance): Promise<OutputComparison> {
  const { file } = pair;
  const sizes = await Promise.all([pair.legacy, pair.latest].map((folder) => sizeOf(join(folder, file))));
  if (tolerance.kind !== "command" && Math.max(...sizes) > MOST_BYTES) return { file, status: "unreadable", detail: "larger than 1 GiB" };
  const [legacy, latest] = [await bytesOf(join(pair.legacy, file)), await bytesOf(join(pair.latest, file))];
  if (legacy.equals(latest)) return { file, status: "equal", detail: "" };
  if (tolerance.kind === "command") return await byCommand(pair, tolerance.run);
  if (tolerance.kind === "audio") return bySound(file, legacy, latest, tolerance.snrDb);
  if (tolerance.kind === "numbers") return told(file, numbersDifference(legacy.toString("utf8"), latest.toString("utf8"), tolerance));
  return told(file, bytesDifference(legacy, latest, tolerance.kind === "bytes" ? tolerance.ignore : []));
}

/** A file is compared in memory. */
const MOST_BYTES = 2 ** 30;

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch((error: unknown) => Promise.reject(fileError("read", path, error)))).size;
}

async function bytesOf(path: string): Promise<Buffer> {
  return await readFile(path).catch((error: unknown) => Promise.reject(fileError("read", path, error)));
}

function told(file: string, difference: Difference | undefined): OutputComparison {
  if (difference === undefined) return { file, status: "within", detail: "" };
  return { file, status: "beyond", detail: `first in ${difference.where}: ${difference.what}` };
}

function bySound(file: string, legacyBytes: Buffer, latestBytes: Buffer, snrDb: number): OutputComparison {
  const [legacy, latest] = [readWav(legacyBytes), readWav(latestBytes)];
  if (legacy === undefined || latest === undefined)
    return {
      file,
      status: "unreadable",
      detail: `${legacy === undefined ? "legacy" : "latest"}'s is no WAVE file of PCM or floating point`,
    };
  const form = formDifference(legacy, latest);
  if (form !== undefined) return told(file, form);
  const { snrDb: found, first } = compareSounds(legacy, latest, snrDb);
  const ratio = `SNR ${found.toFixed(1)} dB, ${snrDb} wanted`;
  if (found >= snrDb) return { file, status: "within", detail: ratio };
  return { file, status: "beyond", detail: first === undefined ? ratio : `${ratio}; first in ${first.where}: ${first.what}` };
}

async function byCommand({ file, legacy, latest, root, timeoutSeconds }: OutputPair, words: readonly string[]): Promise<OutputComparison> {
  const [command = "", ...args] = fillPlaceholders(words, { legacy: join(legacy, file), latest: join(latest, file), root });
  const result = await run({ command, args, cwd: root, timeoutMs: timeoutSeconds * 1000, leavesNothing: true }).catch((error: unknown) =>
    Promise.reject(notStarted(file, command, error)),
  );
  const lastLine = result.stdout.toString("utf8").trimEnd().split("\n").at(-1) ?? "";
  if (result.code === 0) return { file, status: "within", detail: lastLine };
  if (result.code === 1) return { file, status: "beyond", detail: lastLine };
  const how = result.timedOut ? `did not end in ${timeoutSeconds} s` : `ended with ${result.code ?? result.signal}`;
  return { file, status: "unreadable", detail: `the comparing command ${how}` };
}

function notStarted(file: string, command: string, error: unknown): unknown {
  if (!(error instanceof UnforkError) || error.code !== "tool-missing") return error;
  return new UnforkError("tool-missing", `cannot start ${command}, which compares ${file}: not found`, {
    hint: `mend \`tolerance\` of ${file} in the use case's file, or install the command`,
    cause: error,
  });
}
