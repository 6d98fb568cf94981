/** Owns asking the machine which of the tools are there, and saying how to get the rest. */
import { run } from "../support/exec.js";
import { UnforkError } from "../support/errors.js";
import { findLibclang } from "./libclang/find-libclang.js";
import { TOOLS, type Tool } from "./tools.js";

export interface ToolState {
  readonly id: string;
  readonly purpose: string;
  readonly required: boolean;
  /** The program found, or null. */
  readonly program: string | null;
  readonly version: string | null;
  readonly status: "found" | "too old" | "missing";
  readonly wanted: string | null;
}

/** The state of every tool, in the list's order. */
export async function probeTools(tools: readonly Tool[] = TOOLS): Promise<ToolState[]> {
  return Promise.all(tools.map(probeTool));
}

async function probeTool(tool: Tool): Promise<ToolState> {
  const base = { id: tool.id, purpose: tool.purpose, required: tool.required, wanted: tool.atLeast ?? null };
  if (tool.library === "libclang") {
    const found = await findLibclang().catch(() => undefined);
    return { ...base, program: found?.path ?? null, version: found?.version ?? null, status: found === undefined ? "missing" : "found" };
  }
  for (const program of tool.programs) {
    const version = await versionOf(program, tool.versionArgs);
    if (version === undefined) continue;
    const old = tool.atLeast !== undefined && compareVersions(version, tool.atLeast) < 0;
    return { ...base, program, version, status: old ? "too old" : "found" };
  }
  return { ...base, program: null, version: null, status: "missing" };
}

async function versionOf(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const result = await run({ command: program, args, timeoutMs: 10_000 });
    const text = `${result.stdout.toString("utf8")}\n${result.stderr}`;
    return result.code === 0 ? (/\d+(?:\.\d+)+/.exec(text)?.[0] ?? "unknown") : undefined;
  } catch (error) {
    if (error instanceof UnforkError && error.code === "tool-missing") return undefined;
    throw error;
  }
}

/** Negative, 0 or positive, as dotted numbers compare. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(".").map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The exact command that installs what is missing on this platform, or undefined when nothing is. */
export function installCommand(
  states: readonly ToolState[],
  platform: NodeJS.Platform = process.platform,
  isRoot = process.getuid?.() === 0,
): string | undefined {
  const missing = states.filter((state) => state.status !== "found");
  const tools = TOOLS.filter((tool) => missing.some((state) => state.id === tool.id));
  if (tools.length === 0) return undefined;
  const names = (pick: (tool: Tool) => string): string => [...new Set(tools.map(pick))].toSorted().join(" ");
  if (platform === "darwin") return `brew install ${names((tool) => tool.brew)}`;
  return `${isRoot ? "" : "sudo "}apt-get install -y ${names((tool) => tool.apt)}`;
}
