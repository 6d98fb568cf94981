/** Owns the list of running children, apart from the means to start one: ending them must not load these. */
/** What ending a child needs of it. */
interface Child {
  readonly pid?: number | undefined;
  readonly kill: (signal: NodeJS.Signals) => unknown;
}

/** Children that have not ended. */
export const running = new Set<Child>();

/** Kills every child's process group; for Ctrl-C and for the end of the process. */
export function killChildren(signal: NodeJS.Signals = "SIGKILL"): void {
  for (const child of running) killGroup(child, signal);
}

export function killGroup(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
