/** Owns the proposal on disk: a file of groups for a person to edit, and a quilt series of what no commit of the fork's holds. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import { shownBytes } from "../../git/bytes.js";
import type { PatchIntake } from "../../model/patch-intake.js";
import { UnforkError } from "../../support/errors.js";
import { writeFileAtomic } from "../../support/fs.js";
import type { SettledBase } from "./base/settle-base.js";
import type { ChangedFile } from "./difference.js";
import { filePatches } from "./file-patches.js";
import type { Sides } from "./opened.js";
import { proposalText } from "./proposal-text.js";

export interface WriteRequest {
  readonly folder: string;
  readonly document: PatchIntake;
  readonly sides: Sides;
  readonly base: SettledBase;
  /** Changed files that are in no commit of the fork's own. */
  readonly unexplained: readonly ChangedFile[];
}

export const PROPOSAL_FILE = "features.yaml";

/** Throws `usage` for a folder inside the fork, or one that holds a proposal already: nobody's edits are overwritten. */
export function wantPlace(folder: string, fork: string): void {
  const place = relative(realpathSync(fork), realPlace(resolve(folder)));
  if (place === "" || (!place.startsWith("..") && resolve(place) !== place)) {
    throw new UnforkError("usage", `${folder} lies inside the fork`, {
      hint: "nothing is written into the fork: name another folder with --out",
    });
  }
  if (!existsSync(join(folder, PROPOSAL_FILE))) return;
  throw new UnforkError("usage", `${join(folder, PROPOSAL_FILE)} is there already`, {
    hint: "somebody may have edited it: move it away, or name another folder with --out",
  });
}

/** The path with the links of what is there already followed. */
function realPlace(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPlace(parent), path.slice(parent.length));
}

/** Gives the paths written; the file of groups comes last, so that it is there only when all is. */
export async function writeProposal({ folder, document, sides, base, unexplained }: WriteRequest): Promise<string[]> {
  const patches = await filePatches(sides, base.commit, unexplained);
  const byPath = new Map(patches.map(({ path, name }) => [shownBytes(path), name]));
  for (const { name, text } of patches) await writeFileAtomic(join(folder, name), text);
  const order = document.features.flatMap(({ files, commits }) =>
    commits.length > 0 ? [] : files.map(({ path }) => byPath.get(path) ?? ""),
  );
  const series = join(folder, "series");
  if (patches.length > 0) await writeFileAtomic(series, order.map((name) => `${name}\n`).join(""));
  const proposal = join(folder, PROPOSAL_FILE);
  await writeFileAtomic(proposal, proposalText(document, byPath));
  return [proposal, ...(patches.length > 0 ? [series] : []), ...patches.map(({ name }) => join(folder, name))];
}
