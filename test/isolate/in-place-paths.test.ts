/** Isolation in place where header files get new paths: whenever a run is killed, the next one finishes it or takes it back. */
import { spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { isolateInPlace } from "../../src/isolate/isolate-in-place.js";
import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { commitWork, openWork, WORK_FOLDER } from "../../src/isolate/journal/in-place.js";
import { JOURNAL_FILE, readJournal } from "../../src/isolate/journal/journal-file.js";
import type { Place } from "../../src/isolate/journal/places.js";
import { revertTree } from "../../src/isolate/journal/revert-tree.js";
import { MARKER_FILE } from "../../src/isolate/marker.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { seededRandom } from "../../src/support/random.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { readTree, writeTree } from "../helpers/tree.js";

const FILES = 60;
const policy = { namespaces: ["lib"], paths: "rename" } as const;
let root = "";
let tree = "";
let original: Record<string, string>;
let isolated: Record<string, string>;

const request = () => ({ flavor: "legacy", release: "R1", source: tree, plan: isolationPlanSchema.parse(policy) });

/** Headers with something to rename and without, a source that includes them, links to a header and to a source. */
function lay(): void {
  writeTree(tree, {
    "plain.h": "#define PLAIN 1\n",
    "main.cc": '#include "plain.h"\n#include "dir0/f0.h"\nint main() { return lib::f0(); }\n',
    "link.h": { link: "dir0/f0.h" },
    "link.cc": { link: "main.cc" },
    "nowhere.h": { link: "missing.h" },
  });
  for (let i = 0; i < FILES; i++)
    writeTree(tree, { [`dir${i % 5}/f${i}.h`]: `#include "../plain.h"\nnamespace lib { inline int f${i}() { return ${i}; } }\n` });
}

/** Without the files that isolation keeps for itself. */
function content(folder = tree): Record<string, string> {
  return Object.fromEntries(Object.entries(readTree(folder)).filter(([path]) => path !== MARKER_FILE && path !== JOURNAL_FILE));
}

/** Paths on which two trees differ. */
function differing(a: Record<string, string>, b: Record<string, string>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]).toSorted();
}

beforeEach(async () => {
  root = temporaryFolder();
  tree = join(root, "tree");
  lay();
  original = readTree(tree);
  await isolateTree({ ...request(), target: join(root, "beside") });
  isolated = content(join(root, "beside"));
});

describe("isolating in place with new paths", () => {
  it("gives what isolating beside gives, changes nothing a second time, and goes back", async () => {
    const result = await isolateInPlace(request());
    expect(result.moved).toHaveLength(FILES + 3);
    expect(differing(content(), isolated)).toEqual([]);
    const once = readTree(tree);
    expect(await isolateInPlace(request())).toMatchObject({ edits: 0 });
    expect(differing(readTree(tree), once)).toEqual([]);
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), original)).toEqual([]);
  });

  it("keeps edits made since when it goes back", async () => {
    await isolateInPlace(request());
    const path = join(tree, "dir0/f0_legacy.h");
    writeFileSync(path, readFileSync(path, "utf8").replace("return 0", "return 7"));
    await revertTree({ source: tree, target: undefined });
    const expected = { ...original, "dir0/f0.h": (original["dir0/f0.h"] as string).replace("return 0", "return 7") };
    expect(differing(readTree(tree), expected)).toEqual([]);
  });
});

interface Moved {
  readonly from: string;
  readonly to: string;
  readonly link: boolean;
}

/** A run that was killed behind its commit, when so many places were done; the old file of the last one may still stand. */
async function cutShort(done: number, keepsLast: boolean): Promise<Moved[]> {
  const beside = join(root, "beside");
  const journal = await readJournal(beside);
  if (journal === undefined) throw new Error("isolation wrote no journal");
  const folder = await openWork(tree);
  const moves = journal.moves.map(([from, to]): Moved => ({ from, to, link: lstatSync(join(tree, from)).isSymbolicLink() }));
  const places: Place[] = [...moves, "main.cc"];
  for (const place of places) {
    const { to, link } = typeof place === "string" ? { to: place, link: false } : place;
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    if (link) symlinkSync(readlinkSync(join(beside, to)), join(folder, to));
    else copyFileSync(join(beside, to), join(folder, to));
  }
  await commitWork(tree, places, journal, readFileSync(join(beside, MARKER_FILE), "utf8"));
  for (const [index, { from, to }] of moves.slice(0, done).entries()) {
    renameSync(join(folder, to), join(tree, to));
    if (!keepsLast || index < done - 1) rmSync(join(tree, from));
  }
  return moves;
}

describe.each([
  [0, false],
  [1, false],
  [1, true],
  [FILES / 2, false],
  [FILES / 2, true],
  [FILES + 3, true],
] as const)("a run cut short with %d files at their new paths (the last one's old file there: %s)", (done, keepsLast) => {
  it("is finished by the next run", async () => {
    await cutShort(done, keepsLast);
    await isolateInPlace(request());
    expect(differing(content(), isolated)).toEqual([]);
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), original)).toEqual([]);
  });

  it("is taken back by revert", async () => {
    await cutShort(done, keepsLast);
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), original)).toEqual([]);
  });
});

describe("a file that was edited behind the commit", () => {
  it.each([
    ["before its new one is in place", false],
    ["while its new one stands beside it", true],
  ])("%s is not replaced, and revert keeps it", async (_when, keepsLast) => {
    const moves = await cutShort(10, keepsLast);
    const { from } = moves[keepsLast ? 9 : 20] as Moved;
    writeFileSync(join(tree, from), "int mine;\n");
    await expect(isolateInPlace(request())).rejects.toMatchObject({ code: "state-invalid", context: { path: join(tree, from) } });
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), { ...original, [from]: "644 int mine;\n" })).toEqual([]);
  });

  it("is not overwritten where a new path has been taken meanwhile", async () => {
    const moves = await cutShort(10, false);
    const { to } = moves[20] as Moved;
    writeFileSync(join(tree, to), "int mine;\n");
    await expect(isolateInPlace(request())).rejects.toMatchObject({ code: "state-invalid" });
    expect(readFileSync(join(tree, to), "utf8")).toBe("int mine;\n");
  });
});

/** Runs the program, killed after so many milliseconds if it still runs; gives whether it was. */
function killed(args: readonly string[], afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(packageRoot(), "bin/unfork.js"), "isolate", ...args], { stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  return new Promise((done) =>
    child.once("close", (_code, signal) => {
      clearTimeout(timer);
      done(signal === "SIGKILL");
    }),
  );
}

describe("real processes killed with SIGKILL at random moments", () => {
  it("leave a tree from which the original comes back", { timeout: 300_000 }, async () => {
    const file = join(root, "policy.json");
    writeFileSync(file, JSON.stringify(policy));
    const args = [tree, "--flavor", "legacy", "--policy", file, "--release", "R1", "--in-place"];
    const random = seededRandom(20_261_129);
    const since = performance.now();
    expect(await killed(args, 60_000)).toBe(false);
    const whole = performance.now() - since;
    expect(differing(content(), isolated)).toEqual([]);
    for (let round = 0; round < 10; round++) {
      rmSync(tree, { recursive: true, force: true });
      lay();
      await killed(args, whole * (0.5 + 0.5 * random()));
      if (round % 2 === 0) {
        expect(await killed(args, 60_000)).toBe(false);
        expect(differing(content(), isolated), `round ${round}`).toEqual([]);
        if (round % 4 === 0) await killed(["revert", tree], whole * random());
      }
      if (existsSync(join(tree, JOURNAL_FILE)) || existsSync(join(tree, WORK_FOLDER, "commit")))
        await revertTree({ source: tree, target: undefined });
      const left = Object.entries(readTree(tree)).filter(([path]) => !path.startsWith(".unfork-isolation."));
      expect(differing(Object.fromEntries(left), original), `round ${round}`).toEqual([]);
    }
  });
});
