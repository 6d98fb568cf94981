/** Owns the search for a tool on the PATH, without starting it. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";

import { UnforkError } from "../support/errors.js";
import { installHint } from "./packages.js";

/** Absolute path of the executable that `tool` (a name, or a path) stands for, or undefined. */
export async function findTool(tool: string, path = process.env["PATH"] ?? ""): Promise<string | undefined> {
  const candidates = tool.includes("/")
    ? [resolve(tool)]
    : path
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, tool));
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

/** Wants every tool; throws `tool-missing` that names all absent ones and the command that installs them. */
export async function requireTools(tools: readonly string[], what: string): Promise<void> {
  const missing: string[] = [];
  for (const tool of new Set(tools)) if ((await findTool(tool)) === undefined) missing.push(tool);
  if (missing.length === 0) return;
  throw new UnforkError("tool-missing", `${what} needs ${missing.join(" and ")}, not found on this machine`, {
    hint: installHint(missing),
    context: { missing: missing.join(", ") },
  });
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
