/** Owns a pair of trees with one source each and a compile database, as `prove` takes them. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { prove } from "../../../src/isolate/prove/prove.js";
import type { IsolationProof, UnitProof } from "../../../src/model/isolation-prove.js";
import { temporaryFolder } from "../../helpers/temp.js";

export interface Trees {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

export interface Compiling {
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly allowUncompiled?: boolean;
  readonly flavor?: string;
}

/** Compiles every `.cc` and `.c` of the trees and proves the one by the other; the database names absolute paths, as CMake writes them. */
export async function proveTrees(
  trees: Trees,
  { compiler, flags, allowUncompiled = false, flavor = "legacy" }: Compiling,
): Promise<IsolationProof> {
  const folder = temporaryFolder();
  const sides = { before: join(folder, "a"), after: join(folder, "other-tree") };
  for (const side of ["before", "after"] as const) await writeTree(sides[side], trees[side]);
  const databases = { before: join(folder, "before.json"), after: join(folder, "after.json") };
  for (const side of ["before", "after"] as const) await writeFile(databases[side], database(sides[side], trees[side], compiler, flags));
  return prove({
    ...databases,
    beforeTree: sides.before,
    afterTree: sides.after,
    compileCommands: null,
    flavor,
    isolation: null,
    objects: false,
    allowUncompiled,
    compile: { compilers: [], flags: [], launcher: [], jobs: 2, keep: null },
  });
}

async function writeTree(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

function database(root: string, files: Readonly<Record<string, string>>, compiler: string, flags: readonly string[]): string {
  const sources = Object.keys(files).filter((path) => /\.(cc|c)$/.test(path));
  return JSON.stringify(
    sources.map((path) => ({
      directory: root,
      file: join(root, path),
      command: [compiler, `-I${root}`, ...flags, "-o", `${path}.o`, "-c", join(root, path)].join(" "),
    })),
  );
}

/** The only unit of the only run. */
export function onlyUnit(proof: IsolationProof): UnitProof {
  const [unit] = proof.runs[0]?.units ?? [];
  if (unit === undefined) throw new Error("no unit was proven");
  return unit;
}
