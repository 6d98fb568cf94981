/** Owns fresh bare repositories for tests, made as the product makes them. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll } from "vitest";

import type { Repository } from "../../src/git/git.js";
import { type ObjectStore, openObjects } from "../../src/git/objects.js";
import { openRepository } from "../../src/git/repository.js";
import { temporaryFolder } from "../helpers/temp.js";

const open: ObjectStore[] = [];

export async function temporaryRepository(): Promise<{ repository: Repository; objects: ObjectStore; git: (...args: string[]) => string }> {
  const repository = await openRepository(join(temporaryFolder(), "deep", "test.git"));
  const objects = openObjects(repository);
  open.push(objects);
  return { repository, objects, git: (...args) => plainGit(repository.path, args) };
}

/** The machine's git, past our own wrapper. */
export function plainGit(path: string, args: readonly string[], input?: string | Buffer): string {
  return execFileSync("git", ["--git-dir", path, ...args], { encoding: "utf8", ...(input === undefined ? {} : { input }) });
}

afterAll(async () => {
  await Promise.all(open.splice(0).map((objects) => objects.close()));
});
