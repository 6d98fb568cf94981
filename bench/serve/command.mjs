/** Owns what the measurements of the server share: the command line, and an experiment to plan. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../../bin/unfork.js", import.meta.url));

/** What the command prints. */
export function unfork(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** One stage at 50 % with crashes as its guardrail. */
export function planOf(project, useCase) {
  return {
    id: `${useCase}-m150`,
    project,
    useCase,
    from: { flavor: "legacy", release: "m120" },
    to: { flavor: "latest", release: "m150" },
    salt: "00112233445566778899aabbccddeeff",
    stages: [{ percent: 50, minExposures: 10, minHours: 0 }],
    metrics: [{ name: "crash", kind: "rare", margin: 0.001 }],
  };
}
