/** Isolation in place: the tree is the original one or the isolated one, whenever a run is killed. */
import { spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { isolateInPlace } from "../../src/isolate/isolate-in-place.js";
import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { commitWork, IN_PLACE_LOCK, openWork, WORK_FOLDER } from "../../src/isolate/journal/in-place.js";
import { JOURNAL_FILE, readJournal } from "../../src/isolate/journal/journal-file.js";
import { revertTree } from "../../src/isolate/journal/revert-tree.js";
import { MARKER_FILE } from "../../src/isolate/marker.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { takeLock } from "../../src/support/lock.js";
import { seededRandom } from "../../src/support/random.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { readTree, writeTree } from "../helpers/tree.js";

const FILES = 40;
/** So many that a run can be killed in the midst of them. */
const MANY = 200;

let root = "";
let tree = "";
let original: Record<string, string>;
let isolated: Record<string, string>;

function lay(files: number): void {
  writeTree(tree, {
    "README.md": "lib\n",
    "run.sh": { text: "#!/bin/sh\n", mode: 0o755 },
    "link.h": { link: "dir0/f0.h" },
    "locked.h": { text: "namespace lib {}\n", mode: 0o440 },
  });
  for (let i = 0; i < files; i++) {
    const uses = Array.from({ length: 60 }, (_, line) => `int u${i}_${line}() { return lib::f${i}() + global_${i}(); }`).join("\n");
    writeTree(tree, {
      [`dir${i % 7}/f${i}.h`]: `namespace lib { int f${i}(); }\nint global_${i}() { return ${i}; }\nstatic ${uses.replaceAll("\nint", "\nstatic int")}\n`,
    });
  }
}

const request = () => ({ flavor: "legacy", release: "R1", source: tree, plan: isolationPlanSchema.parse({ namespaces: ["lib"] }) });

/** Without the files that isolation keeps for itself. */
function content(): Record<string, string> {
  return Object.fromEntries(Object.entries(readTree(tree)).filter(([path]) => path !== MARKER_FILE && path !== JOURNAL_FILE));
}

/** Paths on which two trees differ: shorter to read than the trees. */
function differing(a: Record<string, string>, b: Record<string, string>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]).toSorted();
}

/** Both states of a tree, which are the same each time, by its number of files. */
const known = new Map<number, { readonly original: Record<string, string>; readonly isolated: Record<string, string> }>();

async function begin(files: number): Promise<void> {
  root = temporaryFolder();
  tree = join(root, "tree");
  lay(files);
  if (!known.has(files)) {
    const beside = join(root, "beside");
    await isolateTree({ ...request(), target: beside });
    const all = Object.entries(readTree(beside)).filter(([path]) => path !== MARKER_FILE && path !== JOURNAL_FILE);
    known.set(files, { original: readTree(tree), isolated: Object.fromEntries(all) });
    rmSync(beside, { recursive: true });
  }
  ({ original, isolated } = known.get(files) ?? { original: {}, isolated: {} });
}

beforeEach(() => begin(FILES));

describe("isolating in place", () => {
  it("gives what isolating beside gives, and goes back", async () => {
    const result = await isolateInPlace(request());
    expect(result).toMatchObject({ files: FILES + 4, changedFiles: FILES + 1 });
    expect(differing(content(), isolated)).toEqual([]);
    expect(readdirSync(tree).filter((name) => name.startsWith(".unfork"))).toEqual([MARKER_FILE, JOURNAL_FILE].toSorted());
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), original)).toEqual([]);
  });

  it("leaves files that it does not change alone, with their inode", async () => {
    const before = ["README.md", "run.sh"].map((path) => statSync(join(tree, path)).ino);
    await isolateInPlace(request());
    expect(["README.md", "run.sh"].map((path) => statSync(join(tree, path)).ino)).toEqual(before);
  });

  it("a second time changes nothing, not even the journal; new code is taken in and still goes back", async () => {
    await isolateInPlace(request());
    const once = readTree(tree);
    expect(await isolateInPlace(request())).toMatchObject({ edits: 0 });
    expect(differing(readTree(tree), once)).toEqual([]);
    appendFileSync(join(tree, "dir0/f0.h"), "int more() { return lib::f0(); }\n");
    expect(await isolateInPlace(request())).toMatchObject({ changedFiles: 1 });
    await revertTree({ source: tree, target: undefined });
    const path = "dir0/f0.h";
    expect(differing(readTree(tree), { ...original, [path]: `${original[path]}int more() { return lib::f0(); }\n` })).toEqual([]);
  });

  it("a second time changes nothing, also when marker and journal are gone, and another flavor is refused", async () => {
    await isolateInPlace(request());
    for (const name of [MARKER_FILE, JOURNAL_FILE]) rmSync(join(tree, name));
    await expect(isolateInPlace({ ...request(), flavor: "latest" })).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("'legacy'"),
    });
    expect(await isolateInPlace(request())).toMatchObject({ edits: 0 });
    expect(differing(content(), isolated)).toEqual([]);
  });

  it("that is refused leaves no trace", async () => {
    const plan = isolationPlanSchema.parse({ namespaces: ["lib", "nowhere"] });
    await expect(isolateInPlace({ ...request(), plan })).rejects.toMatchObject({ code: "input-invalid" });
    expect(differing(readTree(tree), original)).toEqual([]);
  });
});

/** A run that was killed between its commit and its end, with the first files replaced. */
async function cutShort(replaced: number): Promise<string[]> {
  const beside = join(root, "again");
  await isolateTree({ ...request(), target: beside });
  const journal = await readJournal(beside);
  if (journal === undefined) throw new Error("isolation wrote no journal");
  const folder = await openWork(tree);
  const paths = journal.files.filter(({ steps }) => steps[0]?.undo !== undefined).map(({ path }) => path);
  for (const path of paths) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    cpSync(join(beside, path), join(folder, path));
  }
  await commitWork(tree, paths, journal, readFileSync(join(beside, MARKER_FILE), "utf8"));
  for (const path of paths.slice(0, replaced)) renameSync(join(folder, path), join(tree, path));
  return paths;
}

describe("a run cut short behind its commit", () => {
  it.each([0, 1, FILES / 2, FILES + 1])("with %d files replaced is finished by the next run", async (replaced) => {
    await cutShort(replaced);
    await isolateInPlace(request());
    expect(differing(content(), isolated)).toEqual([]);
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), original)).toEqual([]);
  });

  it.each([0, 1, FILES / 2, FILES + 1])("with %d files replaced is taken back by revert", async (replaced) => {
    await cutShort(replaced);
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), original)).toEqual([]);
  });

  it("does not replace a file that was edited since; revert keeps the edit", async () => {
    const paths = await cutShort(10);
    const path = paths[20] as string;
    writeFileSync(join(tree, path), "int mine;\n");
    await expect(isolateInPlace(request())).rejects.toMatchObject({ code: "state-invalid", context: { path: join(tree, path) } });
    expect(readFileSync(join(tree, path), "utf8")).toBe("int mine;\n");
    await revertTree({ source: tree, target: undefined });
    expect(differing(readTree(tree), { ...original, [path]: "644 int mine;\n" })).toEqual([]);
  });
});

describe("a run cut short before its commit", () => {
  it("has changed nothing: revert says so and removes what it left", async () => {
    const folder = await openWork(tree);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "half"), "int half;\n");
    await expect(revertTree({ source: tree, target: undefined })).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("is the original tree"),
    });
    expect(differing(readTree(tree), original)).toEqual([]);
  });
});

const bin = join(packageRoot(), "bin/unfork.js");

/** Runs the program, killed after so many milliseconds if it still runs; gives whether it was. */
function killed(args: readonly string[], afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [bin, "isolate", ...args], { stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  return new Promise((resolve) =>
    child.once("close", (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    }),
  );
}

const ISOLATE = (): string[] => [tree, "--flavor", "legacy", "--namespace", "lib", "--release", "R1", "--in-place"];

describe("real processes killed with SIGKILL at random moments", () => {
  it("are finished by the next run, or taken back: no byte is lost", { timeout: 300_000 }, async () => {
    await begin(MANY);
    const random = seededRandom(20_261_121);
    const since = performance.now();
    expect(await killed(ISOLATE(), 60_000)).toBe(false);
    const whole = performance.now() - since;
    expect(differing(content(), isolated)).toEqual([]);
    let kills = 0;
    let midway = 0;
    // On a busy machine the first run tells little of how long the others take: more rounds then.
    for (let round = 0; round < 12 || ((kills < 5 || midway < 1) && round < 100); round++) {
      rmSync(tree, { recursive: true, force: true });
      lay(MANY);
      if (!(await killed(ISOLATE(), whole * (0.3 + 0.7 * random())))) continue;
      kills++;
      if (existsSync(join(tree, WORK_FOLDER))) midway++;
      if (round % 3 === 0) await killed(["revert", tree], whole * random());
      if (round % 2 === 0) {
        expect(await killed(ISOLATE(), 60_000)).toBe(false);
        expect(differing(content(), isolated), `round ${round}`).toEqual([]);
      }
      if (round % 2 === 0 || existsSync(join(tree, JOURNAL_FILE)) || existsSync(join(tree, WORK_FOLDER, "commit")))
        await revertTree({ source: tree, target: undefined });
      else if (existsSync(join(tree, WORK_FOLDER))) rmSync(join(tree, WORK_FOLDER), { recursive: true });
      await (
        await takeLock(join(tree, IN_PLACE_LOCK), "clears what the killed run left")
      )();
      expect(differing(readTree(tree), original), `round ${round}`).toEqual([]);
    }
    expect(kills).toBeGreaterThan(4);
    expect(midway).toBeGreaterThan(0);
  });
});
