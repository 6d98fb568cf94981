/** Owns the choice of what reads headers: libclang where it is there, else a clang whose AST comes as JSON. */
import { UnforkError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import { findTool } from "../../toolchain/find-tool.js";
import { findLibclang } from "../../toolchain/libclang/find-libclang.js";
import { installHint } from "../../toolchain/packages.js";

export const ENGINES = ["libclang", "clang-json"] as const;
export type EngineName = (typeof ENGINES)[number];

export interface Engine {
  readonly name: EngineName;
  /** Path of the library, or of the compiler. */
  readonly tool: string;
}

/** Compilers whose dump is known to serve, by the version in their name; newest first. */
const VERSIONS = [22, 21, 20, 19, 18, 17, 16, 15, 14] as const;

/** Throws `tool-missing` where the engine that is asked for is not there, or none is. */
export async function findEngine(wanted: EngineName | undefined): Promise<Engine> {
  const library = wanted === "clang-json" ? undefined : await findLibclang();
  if (library !== undefined) return { name: "libclang", tool: library.path };
  if (wanted === "libclang") throw missing("libclang, not found on this machine", ["libclang"]);
  const clang = await firstClang();
  if (clang !== undefined) return { name: "clang-json", tool: clang };
  if (wanted === "clang-json") throw missing("clang, not found on this machine", ["clang"]);
  throw missing("libclang or clang, neither found on this machine", ["libclang", "clang"]);
}

/** The newest: headers of today do not compile with a compiler of long ago. */
async function firstClang(): Promise<string | undefined> {
  const plain = await findTool("clang");
  const version = plain === undefined ? 0 : await majorVersion(plain);
  for (const newer of VERSIONS.filter((one) => one > version)) {
    const path = await findTool(`clang-${newer}`);
    if (path !== undefined) return path;
  }
  return plain;
}

async function majorVersion(path: string): Promise<number> {
  const { stdout } = await run({ command: path, args: ["--version"] });
  return Number(/version (\d+)/.exec(stdout.toString("utf8"))?.[1] ?? 0);
}

function missing(what: string, tools: readonly string[]): UnforkError {
  return new UnforkError("tool-missing", `reading headers needs ${what}`, { hint: installHint(tools) });
}
