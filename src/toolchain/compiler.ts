/** Owns what we know about a compiler: which family, which version, for which machine. */
import { UnforkError } from "../support/errors.js";
import { failure, run } from "../support/exec.js";
import { requireTools } from "./find-tool.js";

export interface Compiler {
  /** The command as configured. */
  readonly command: string;
  readonly family: "gcc" | "clang";
  /** As in "12.2.0". */
  readonly version: string;
  /** As in "x86_64-linux-gnu". */
  readonly target: string;
  /** First line of `--version`: names the vendor's build too. */
  readonly banner: string;
}

/** Asks the compiler who it is. Throws `tool-missing` when it is absent, `tool-failed` when it does not answer as gcc or clang. */
export async function probeCompiler(command: string): Promise<Compiler> {
  await requireTools([command], "the build");
  const answer = await ask(command, "--version");
  const banner = answer.split("\n")[0] ?? "";
  const family = familyOf(banner, answer);
  if (family === undefined) throw unknownCompiler(command, banner);
  const version = /(\d+\.\d+(?:\.\d+)*)/.exec(banner.replace(/\([^)]*\)/g, ""))?.[1] ?? "unknown";
  return { command, family, version, target: (await ask(command, "-dumpmachine")).trim(), banner };
}

function familyOf(banner: string, whole: string): Compiler["family"] | undefined {
  if (/\bclang\b/i.test(banner)) return "clang";
  if (/Free Software Foundation/.test(whole)) return "gcc";
  return undefined;
}

async function ask(command: string, question: string): Promise<string> {
  const asked = { command, args: [question] };
  const result = await run(asked);
  if (result.code !== 0) throw failure(asked, result);
  return result.stdout.toString("utf8");
}

function unknownCompiler(command: string, banner: string): UnforkError {
  return new UnforkError("tool-failed", `${command} is neither gcc nor clang: it says '${banner}'`, {
    hint: "set build.cc and build.cxx to gcc and g++, or to clang and clang++",
    context: { command },
  });
}
