/** Owns what "the same end" of two runs means: every file a run is for, byte for byte. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Path → digest of the trees, archives, programs, outputs of use cases and the report (without its `measured` part),
 * and the refs of the patch repository; without the log of runs, whose figures are those of the day.
 */
export function projectState(output: string): Record<string, string> {
  const state: Record<string, string> = {};
  for (const folder of ["trees", "isolated", "use-cases"])
    addFiles(state, output, folder, (path) => !path.endsWith(".tree") && !path.endsWith("runs.ndjson"));
  addFiles(state, output, "build", (path) => path.endsWith(".a") || isProgram(join(output, path)));
  state["report.json"] = digest(JSON.stringify(withoutMeasured(readFileSync(join(output, "report/report.json"), "utf8"))));
  state["refs"] = spawnSync("git", ["--git-dir", join(output, "patches.git"), "for-each-ref"], { encoding: "utf8" }).stdout;
  return state;
}

function withoutMeasured(text: string): unknown {
  const { measured: _measured, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return rest;
}

function addFiles(state: Record<string, string>, root: string, folder: string, wanted: (path: string) => boolean): void {
  if (!existsSync(join(root, folder))) return;
  for (const path of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
    const full = join(root, folder, path);
    if (lstatSync(full).isFile() && wanted(join(folder, path))) state[join(folder, path)] = digest(readFileSync(full));
  }
}

/** An executable ELF file (e_type ET_EXEC or ET_DYN at offset 16 of the header, ELF-64 object file format). */
function isProgram(path: string): boolean {
  const head = readFileSync(path).subarray(0, 18);
  return head.length === 18 && head.subarray(0, 4).toString("latin1") === "\u007FELF" && [2, 3].includes(head.readUInt16LE(16));
}

function digest(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}
