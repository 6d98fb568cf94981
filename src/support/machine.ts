/** Owns what is said of the machine a run was made on. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, platform, totalmem } from "node:os";

/** "linux x64, 2 cores, 24 GiB". No host name, no user. */
export function machineDescription(): string {
  return `${platform()} ${arch()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** The cores that this process may run on (Linux: `Cpus_allowed_list` of proc(5)); empty where that is not told. */
export function allowedCpus(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
    return parseCpuList(list);
  } catch {
    return [];
  }
}

/** "0-2,7" as numbers. */
export function parseCpuList(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split("-").map((end) => Number.parseInt(end, 10));
    return Number.isNaN(from) ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
