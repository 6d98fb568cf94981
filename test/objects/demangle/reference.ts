/** Owns the other demanglers that ours is compared with, where they are on this machine. */
import { runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";

/** LLVM's, newest first; before 16 it wrote template arguments otherwise. */
const LLVM = ["llvm-cxxfilt-22", "llvm-cxxfilt-20", "llvm-cxxfilt-19", "llvm-cxxfilt-18", "llvm-cxxfilt-17", "llvm-cxxfilt-16"];

export async function findLlvm(): Promise<string | undefined> {
  const missing = new Set(await missingTools(...LLVM));
  return LLVM.find((tool) => !missing.has(tool));
}

/** What a tool makes of the symbols, line by line. */
export async function filtered(command: string, args: readonly string[], symbols: readonly string[]): Promise<string[]> {
  const { stdout } = await runOk({ command, args, input: `${symbols.join("\n")}\n` });
  return stdout.toString("utf8").split("\n").slice(0, symbols.length);
}
