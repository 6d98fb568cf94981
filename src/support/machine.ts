/** Owns what is said of the machine a run was made on. */
import { arch, availableParallelism, platform, totalmem } from "node:os";

/** "linux x64, 2 cores, 24 GiB". No host name, no user. */
export function machineDescription(): string {
  return `${platform()} ${arch()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
