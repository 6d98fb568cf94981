/** Owns telling whether a process of some number still runs, and when it was started. */
import { readFileSync } from "node:fs";

import { systemCodeOf } from "./errors.js";

/** Field 22 of /proc/<pid>/stat, or undefined when there is no such process (proc(5)). Elsewhere than Linux: whether it lives. */
export function startOf(pid: number): Promise<string | undefined> {
  return Promise.resolve(startNow(pid));
}

function startNow(pid: number): string | undefined {
  if (process.platform !== "linux") return isAlive(pid) ? "alive" : undefined;
  const stat = statOf(pid);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}

/** At once: nothing is waited for in that file system, and Node's other way takes ten times as long. */
function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
}

/** Whether a process has this number; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === "EPERM";
  }
}
