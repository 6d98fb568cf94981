/** Owns the day on which each feature came into the project's own repository. */
import { gitEnvironment } from "../git/git.js";
import { run } from "../support/exec.js";

/** By name, from the commit that added its feature.yaml; none outside of a repository, or where its history is cut off. */
export async function createdDays(folder: string | undefined): Promise<Map<string, string>> {
  if (folder === undefined || (await gitIn(folder, ["rev-parse", "--is-shallow-repository"])) !== "false\n") return new Map();
  const log = ["log", "--diff-filter=A", "--no-renames", "--format=/%cs", "--name-only", "--relative", "-z", "--", "*/feature.yaml"];
  const days = new Map<string, string>();
  let day = "";
  for (const field of ((await gitIn(folder, log)) ?? "").split(/[\0\n]/)) {
    if (field.startsWith("/")) day = field.slice(1);
    // Newest first: the oldest stays.
    const [, name] = /^([^/]+)\/feature\.yaml$/.exec(field) ?? [];
    if (name !== undefined) days.set(name, day);
  }
  return days;
}

async function gitIn(folder: string, args: readonly string[]): Promise<string | undefined> {
  const result = await run({ command: "git", args: ["-C", folder, ...args], env: gitEnvironment() });
  return result.code === 0 ? result.stdout.toString("utf8") : undefined;
}
