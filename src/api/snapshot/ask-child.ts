/** Owns asking a child process to read headers. */
import { askProcess } from "../../toolchain/libclang/ask-process.js";
import type { SnapshotAnswer, SnapshotQuestion } from "./model.js";

/** Headers that libclang cannot read in this time are given up. */
const TIMEOUT_MS = 300_000;

export type ChildAnswer = SnapshotAnswer | { readonly status: "crashed"; readonly reason: string };

export async function askChild(question: SnapshotQuestion, timeoutMs = TIMEOUT_MS): Promise<ChildAnswer> {
  const asked = await askProcess<SnapshotAnswer>("api/snapshot/libclang/child", question, timeoutMs);
  return asked.status === "answered" ? asked.answer : { status: "crashed", reason: asked.reason };
}
