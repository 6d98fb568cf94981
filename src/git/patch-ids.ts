/** Owns patch ids: what a patch changes, whatever lies around it and however its lines are numbered. */
import type { ByteString } from "./bytes.js";
import { type Repository, gitOk } from "./git.js";
import { patchTexts } from "./patch-texts.js";

/** `git patch-id --stable` of each commit; those that change nothing have none. */
export async function patchIds(repository: Repository, commits: readonly string[]): Promise<Map<string, string>> {
  return await patchIdsOf(repository, await patchTexts(repository, commits));
}

/** The same from texts that are known already, by commit. */
export async function patchIdsOf(repository: Repository, texts: ReadonlyMap<string, ByteString>): Promise<Map<string, string>> {
  const real = [...texts].filter(([, text]) => text !== "");
  if (real.length === 0) return new Map();
  const input = Buffer.from(real.map(([commit, text]) => `commit ${commit}\n${text}`).join(""), "latin1");
  const output = (await gitOk(repository, ["patch-id", "--stable"], { input })).toString("latin1");
  const pairs = output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" "));
  return new Map(pairs.map(([id = "", commit = ""]) => [commit, id]));
}
