/** A run killed at any moment leaves the old refs or the new ones, and the next run ends as if nothing had been. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { seededRandom } from "../../src/support/random.js";
import { leaveJournal } from "../git/left-journal.js";
import { temporaryFolder } from "../helpers/temp.js";
import { type PatchProject, numbered, patchProject, read } from "./patch-project.js";
import { applyOnce } from "./apply-once.js";

const KILLS = 8;
const CHILD = `
import { createJiti } from "jiti";
const { applyOnce } = await createJiti(import.meta.url, { fsCache: process.env.CACHE }).import(process.env.MODULE);
process.stdout.write("ready\\n");
await applyOnce(process.env.ROOT);
`;

const files = Object.fromEntries(
  Array.from({ length: 300 }, (_, index) => [`src/${index % 20}/f${index}.cc`, numbered(40, { 1: `file ${index}` })]),
);
const upstream = { ...files, "src/1/f1.cc": numbered(40, { 20: "theirs" }) };
/** What the first child compiled serves the others. */
const cache = temporaryFolder();
let project: PatchProject;
let whole: string[];
let duration: number;

function start(): ChildProcess {
  return spawn(process.execPath, ["--input-type=module", "-e", CHILD], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { ...process.env, ROOT: project.root, MODULE: fileURLToPath(new URL("apply-once.ts", import.meta.url)), CACHE: cache },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Kills the child so long after it is ready; gives whether it was still running. */
function runAndKill(afterMs: number): Promise<boolean> {
  const child = start();
  return new Promise((resolve) => {
    child.stdout?.once("data", () => setTimeout(() => child.kill("SIGKILL"), afterMs));
    child.once("close", (_code, signal) => resolve(signal === "SIGKILL"));
  });
}

function refs(): string[] {
  return existsSync(project.repository) ? project.git("for-each-ref").trim().split("\n") : [];
}

/** The git tree that a folder is said to hold; the stamp behind it is of this folder only. */
function held(id: string): string {
  return read(project.trees, `${id}.tree`).split("\n")[0] ?? "";
}

function state(): string[] {
  const paths = ["M1", "M2"].flatMap((id) => readdirSync(join(project.trees, id), { recursive: true }).map(String).toSorted());
  return [...refs(), ...paths, read(project.trees, "M2/src/1/f1.cc"), held("M1"), held("M2")];
}

function clear(): void {
  for (const path of [project.repository, project.trees, join(project.root, "lock")]) rmSync(path, { recursive: true, force: true });
}

beforeAll(async () => {
  project = patchProject({
    from: files,
    to: upstream,
    features: [
      { name: "one", files: { "src/1/f1.cc": numbered(40, { 1: "file 1", 30: "ours" }) } },
      { name: "two", files: { "src/2/f2.cc": numbered(40, { 3: "ours" }) } },
    ],
  });
  const since = performance.now();
  await applyOnce(project.root);
  duration = performance.now() - since;
  whole = state();
});

describe("a run killed with SIGKILL", () => {
  it(`${KILLS} times in a row, each at another moment, ends like one that was not`, async () => {
    clear();
    const random = seededRandom(7);
    for (let kill = 0; kill < KILLS; kill++) {
      await runAndKill(random() * duration * 1.2);
      const left = refs().filter((line) => !line.includes("refs/unfork/") && line !== "");
      expect(left.every((line) => whole.includes(line))).toBe(true);
    }
    await applyOnce(project.root);
    expect(state()).toEqual(whole);
    expect(readdirSync(project.trees).toSorted()).toEqual(["M1", "M1.tree", "M2", "M2.tree"]);
    expect(project.git("fsck", "--full", "--no-dangling")).toBe("");
  }, 300_000);

  it("between two of git's renames is carried through by the next run", async () => {
    const [ref, old, next] = ["refs/heads/rM2", project.git("rev-parse", "base/M2").trim(), project.git("rev-parse", "rM2").trim()];
    project.git("update-ref", ref, old);
    const journal = leaveJournal(project.repository, [{ ref, old, next }], { secondsAgo: 0 });
    writeFileSync(join(project.repository, `${ref}.lock`), "");
    await applyOnce(project.root);
    expect(state()).toEqual(whole);
    expect(existsSync(journal)).toBe(false);
  });
});
