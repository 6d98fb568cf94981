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
import { fromCommits, fromFiles, proposalText } from "./proposal-text.js";

export interface WriteRequest {
  readonly folder: string;
  readonly document: PatchIntake;
  readonly sides: Sides;
  readonly base: SettledBase;
  /** Changed files that are in no commit of the fork's own. */
  readonly unexplained: readonly ChangedFile[];
}

export const PROPOSAL_FILE = "features.yaml";
/** Beside a file of commits: what no commit holds. */
export const REST_FILE = "rest.yaml";

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

/**
 * Gives the paths written. Commits and patches come from two places, so that each has a file of groups: that of the commits
 * is `features.yaml`, that of the patches, too, unless there are both.
 */
export async function writeProposal({ folder, document, sides, base, unexplained }: WriteRequest): Promise<string[]> {
  const patches = await filePatches(sides, base.commit, unexplained);
  const patchOf = new Map(patches.map(({ path, name }) => [shownBytes(path), name]));
  const [commits, files] = [fromCommits(document), fromFiles(document, patchOf)];
  const written: string[] = [];
  async function write(name: string, text: string | Uint8Array): Promise<void> {
    await writeFileAtomic(join(folder, name), text);
    written.push(join(folder, name));
  }
  for (const { name, text } of patches) await write(name, text);
  if (patches.length > 0) await write("series", files.flatMap(({ rows }) => rows.map(({ patch }) => `${patch}\n`)).join(""));
  if (files.length > 0) await write(commits.length > 0 ? REST_FILE : PROPOSAL_FILE, proposalText(document, files));
  if (commits.length > 0 || files.length === 0) await write(PROPOSAL_FILE, proposalText(document, commits));
  return written.toReversed();
}
