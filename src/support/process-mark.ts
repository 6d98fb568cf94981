/** Owns the mark of a process in the names of its files, which tells the next run whether it still runs. */
import { hostname } from "node:os";

import { sha256 } from "./hash.js";
import { isAlive, startOf } from "./process-start.js";

/** `here`: this process. `elsewhere`: on another machine, or container, with the same file system, of whose processes nothing is known. */
export type MarkedProcess = "here" | "runs" | "gone" | "elsewhere";

/** The mark in a name of the form `<mark>.<random id>.<end>`, and its end; undefined for other names. */
export function parseMarked(text: string): { readonly mark: string; readonly end: string } | undefined {
  const { mark, end } = /^(?<mark>\d+-\w*-[0-9a-f]{6})\.[0-9a-f]{12}\.(?<end>\w+)$/.exec(text)?.groups ?? {};
  return mark === undefined || end === undefined ? undefined : { mark, end };
}

/** That of this process. */
export async function processMark(): Promise<string> {
  return `${await markOf(process.pid)}-${hostKey()}`;
}

/** Number and start of some process here. */
export async function markOf(pid: number): Promise<string> {
  return `${pid}-${(await startOf(pid)) ?? ""}`;
}

/** The state of the process with a mark of either kind. */
export async function markedProcess(mark: string): Promise<MarkedProcess> {
  const [pid = "", started = "", host = hostKey()] = mark.split("-");
  if (host !== hostKey()) return "elsewhere";
  const runs = started === "" ? isAlive(Number(pid)) : (await startOf(Number(pid))) === started;
  if (!runs) return "gone";
  return Number(pid) === process.pid ? "here" : "runs";
}

function hostKey(): string {
  return sha256(hostname()).slice(0, 6);
}
