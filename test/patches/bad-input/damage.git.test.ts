/** Repositories that are damaged: every command says what is wrong in one sentence, and no ref moves. */
import { chmodSync, copyFileSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { continuePort, editPatch, skipPatch } from "../../../src/patches/alone/going-on.js";
import { candidateAlone } from "../../../src/patches/candidate/candidate-alone.js";
import { exportAlone } from "../../../src/patches/export/export-alone.js";
import { forecast } from "../../../src/patches/forecast/forecast.js";
import { importAlone } from "../../../src/patches/import/import-alone.js";
import { intake } from "../../../src/patches/intake/intake.js";
import { auditAlone } from "../../../src/patches/line-audit/audit-alone.js";
import { why } from "../../../src/patches/why/why.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { copyOf, gitIn, looseFile, port, refusal, removeObject, world } from "./world.js";

const spoilt = {
  "a missing blob": (path: string) => removeObject(path, "old:c.c"),
  "a missing tree": (path: string) => removeObject(path, "tip~1^{tree}"),
  "a missing commit in the series": (path: string) => removeObject(path, "tip~2"),
  "a missing commit of upstream": (path: string) => removeObject(path, "new~1"),
  "a missing tip": (path: string) => removeObject(path, "tip"),
  "an empty loose object": (path: string) => empty(looseFile(path, "new:a.c")),
  "a loose object that is no zlib": (path: string) => write(looseFile(path, "new:a.c"), "garbage"),
  "a loose object that is cut short": (path: string) => cut(looseFile(path, "tip~2^{tree}"), 20),
  "a damaged pack": damagedPack,
  "a pack without its index": (path: string) => {
    gitIn(path, "gc", "-q");
    for (const file of packFiles(path, ".idx")) cut(file, 500);
  },
} as const;

function write(path: string, text: string): void {
  chmodSync(path, 0o644);
  writeFileSync(path, text);
}

function empty(path: string): void {
  write(path, "");
}

function cut(path: string, size: number): void {
  chmodSync(path, 0o644);
  truncateSync(path, size);
}

function packFiles(path: string, ending: string): string[] {
  const folder = join(path, ".git", "objects", "pack");
  return readdirSync(folder).flatMap((name) => (name.endsWith(ending) ? [join(folder, name)] : []));
}

/** The upper half of the pack is zeros. */
function damagedPack(path: string): void {
  gitIn(path, "gc", "-q");
  for (const file of packFiles(path, ".pack")) {
    copyFileSync(file, `${file}.copy`);
    chmodSync(file, 0o644);
    truncateSync(file, 400);
    truncateSync(file, 4000);
  }
}

const SENTENCE = /(?:lacks (?:an object|the object [0-9a-f]{40})|is damaged|is not there)/;

describe.each(Object.entries(spoilt))("with %s", (_what, spoil) => {
  it("a port ends with one sentence and exit 2, and no ref moves", async () => {
    const path = copyOf(world({ conflict: true }).path);
    spoil(path);
    const { message, hint, exit, untouched } = await refusal(path, () => port(path));
    expect([exit, untouched, message.split("\n").length]).toEqual([2, true, 1]);
    expect(message).toMatch(SENTENCE);
    expect(hint).toMatch(/git fsck|git fetch/);
    expect(hint).not.toContain("remove");
  });
});

/** A repository with a port that waits and a feature, in which then an object goes. */
async function waiting(name: string): Promise<{ path: string; other: string }> {
  const path = copyOf(world({ conflict: true }).path);
  gitIn(path, "branch", "base/R1", "old");
  await importAlone({
    repo: path,
    source: "old..tip~1",
    base: "R1",
    feature: "lines",
    purpose: "Change a line in three files.",
    owner: "test team",
    dryRun: false,
    keepGoing: false,
    replace: false,
  });
  await port(path);
  const other = copyOf(path);
  for (const one of [path, other]) removeObject(one, name);
  return { path, other };
}

describe("every other command", () => {
  it.each<[string, string, (path: string, other: string) => Promise<unknown>]>([
    ["edit", "old:c.c", (repo) => editPatch({ repo, name: "port" }, undefined)],
    ["continue", "old:c.c", (repo) => continuePort({ repo, name: "port" })],
    ["skip", "tip:c.c", (repo) => skipPatch({ repo, name: "port" }, undefined, "not needed")],
    ["audit", "tip~2:a.c", (repo) => auditAlone({ repo, name: "port" })],
    ["why", "tip~3", (repo) => why({ repo, name: "port", patch: gitIn(repo, "rev-parse", "tip~2").trim() })],
    ["forecast", "new:c.c", (repo) => forecast({ repo, series: "old..tip", upstream: "new" })],
    ["candidate", "lines/R1^{tree}", (repo) => candidateAlone({ repo, release: "R1", dryRun: false })],
    [
      "export",
      "lines/R1:a.c",
      (repo) => exportAlone({ repo, feature: "lines", release: "R1", format: "mbox", out: join(temporaryFolder(), "out"), replace: false }),
    ],
    [
      "import of a range",
      "tip~1^{tree}",
      (repo) =>
        importAlone({
          repo,
          source: "old..tip",
          base: "old",
          release: "R2",
          feature: "more",
          purpose: "Change a line in four files.",
          owner: "test team",
          dryRun: false,
          keepGoing: false,
          replace: false,
        }),
    ],
    ["intake of the fork", "tip:b.c", (fork, upstream) => intake({ fork, upstream, tip: "tip", refs: ["new"], out: null })],
    ["intake of upstream", "old^{tree}", (upstream, fork) => intake({ fork, upstream, tip: "tip", refs: ["new"], out: null })],
  ])("%s says what is missing, and no ref moves", async (_command, name, command) => {
    const { path, other } = await waiting(name);
    const { message, exit, untouched } = await refusal(path, () => command(path, other));
    expect([exit, untouched]).toEqual([2, true]);
    expect(message).toMatch(SENTENCE);
    expect(message).not.toMatch(/unfork-(?:objects|joined)/);
  });
});
