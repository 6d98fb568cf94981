/** Owns asking a child process about one unit: what fails costs that unit's answer and nothing else. */
import { askProcess } from "../../toolchain/libclang/ask-process.js";
import type { UnitAnswer, UnitQuestion } from "./model.js";

/** A unit that libclang cannot parse in this time does not count. */
const TIMEOUT_MS = 120_000;

export async function askChild(question: UnitQuestion): Promise<UnitAnswer> {
  const asked = await askProcess<UnitAnswer>("isolate/clang/child", question, TIMEOUT_MS);
  return asked.status === "answered" ? asked.answer : asked;
}
