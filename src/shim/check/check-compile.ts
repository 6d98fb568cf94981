/** Owns whether a shim compiles: each flavor's unit in a program of both and in one of its own, the tests, by each compiler. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import type { ShimManifest } from "../../model/shim-manifest.js";
import { run } from "../../support/exec.js";
import { removeTemporary, temporaryNamed } from "../../support/temporary-folders.js";
import { packageRoot } from "../../support/version.js";
import type { ShimFinding } from "./finding.js";

export interface CompileRequest {
  /** Include folders by flavor. */
  readonly includes: ReadonlyMap<string, readonly string[]>;
  readonly compilers: readonly string[];
  readonly standard: string;
  readonly flags: readonly string[];
}

/** The runtime's headers that come with this package. */
export function runtimeInclude(): string {
  return join(packageRoot(), "runtime", "include");
}

export interface CompileResult {
  readonly findings: readonly ShimFinding[];
  readonly compiled: number;
}

export async function checkCompile(folder: string, { namespace, flavors }: ShimManifest, request: CompileRequest): Promise<CompileResult> {
  const tests = await readdir(join(folder, "tests")).catch((): string[] => []);
  const jobs = flavors.flatMap(({ name }, index) => {
    const includes = request.includes.get(name) ?? [];
    const unit = `src/${namespace}_${name}.cc`;
    const test = `${namespace}_test_${name}.cc`;
    return [
      { source: unit, includes, flags: [] as string[] },
      { source: unit, includes, flags: [`-DUNFORK_SHIM_ONLY=${index}`] },
      ...(tests.includes(test) ? [{ source: `tests/${test}`, includes, flags: [] as string[] }] : []),
    ];
  });
  const scratch = await temporaryNamed("unfork-shim-check");
  try {
    const findings: ShimFinding[] = [];
    for (const compiler of request.compilers)
      for (const { source, includes, flags } of jobs) {
        const folders = [join(folder, "include"), runtimeInclude(), ...includes].flatMap((dir) => ["-I", dir]);
        const args = [`-std=${request.standard}`, ...request.flags, ...flags, ...folders, "-c", source, "-o", join(scratch, "unit.o")];
        const { code, stderr } = await run({ command: compiler, args, cwd: folder });
        if (code !== 0) findings.push(failed(source, compiler, flags, stderr));
      }
    return { findings, compiled: jobs.length * request.compilers.length };
  } finally {
    await removeTemporary(scratch);
  }
}

function failed(source: string, compiler: string, flags: readonly string[], stderr: string): ShimFinding {
  const first = /^(.+?):(\d+)(?::\d+)?: (?:fatal )?error: (.*)$/m.exec(stderr);
  const how = [compiler, ...flags].join(" ");
  if (first === null) return { kind: "does-not-compile", path: source, line: 0, text: `${how}: ${stderr.trim().split("\n")[0] ?? ""}` };
  const place = `${first[1]}:${first[2]}`;
  return { kind: "does-not-compile", path: source, line: 0, text: `${how}: ${place}: ${first[3]}` };
}
