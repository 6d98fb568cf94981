/** Holds `unfork usecase catch` on a compiled program with two planted faults: each is found, made small, labelled and kept. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { HuntResult } from "../../src/model/catching.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();
const PLACE = ["--use-cases", "cases", "--program", "adder"];

function usecase(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "usecase", ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

function hunt(...args: string[]) {
  const result = usecase("catch", "add", ...PLACE, "--tries", "100", "--shrink", "25", "--json", ...args);
  return { ...result, found: JSON.parse(result.stdout) as HuntResult };
}

beforeAll(() => {
  const source = join(packageRoot(), "test/fixtures/usecases/adder.cc");
  expect(spawnSync("g++", ["-O1", source, "-o", join(root, "adder")]).status).toBe(0);
  const lines = Array.from({ length: 30 }, (_, index) => `${7 * index + 1}\n`);
  writeTree(root, {
    "numbers.txt": lines.join(""),
    "cases/add.yaml": `id: add
name: Sums
owner: numbers team
purpose: Sums must stay what they are.
prepare: [[cp, "{root}/numbers.txt", "{inputs}/numbers.txt"]]
run: ["{program}", "{flavor}", "{inputs}/numbers.txt", "{out}"]
outputs: [sums.txt]
tolerance: { sums.txt: { kind: exact } }
both:
  run: ["{program}", both, "{inputs}/numbers.txt", "{out}"]
  outputs: [{ file: sums.txt, legacy: legacy.txt, latest: latest.txt }]
metrics: [{ id: done, name: done, unit: "", direction: higher, margin: 0 }]
timeoutSeconds: 5
`,
  });
});

describe("unfork usecase catch", () => {
  it("finds both planted faults, each once and in its smallest input, and nothing else", () => {
    const { status, found } = hunt();
    expect(status).toBe(1);
    const causes = found.caught.map(({ kind, what }) => [kind, what]).toSorted();
    expect(causes).toMatchObject([
      ["crash", "latest: signal SIGABRT"],
      ["output", expect.stringContaining("sums.txt: first in")],
    ]);
    for (const { folder, kind, seen } of found.caught) {
      const text = readFileSync(join(folder, "inputs/numbers.txt"), "utf8");
      expect(text).toMatch(kind === "crash" ? /^0\n?$/ : /^\d{4,}\n?$/);
      expect(seen).toBeGreaterThan(0);
    }
  });

  it("keeps a regression as a use case that is worse until it is mended, and asks no more about what has a label", () => {
    const keys = readdirSync(join(root, ".unfork/use-cases.caught/add")).filter((name) => /^[0-9a-f]{8}$/.test(name));
    const crash = keys.find((key) =>
      readFileSync(join(root, ".unfork/use-cases.caught/add", key, "caught.json"), "utf8").includes("SIGABRT"),
    );
    const other = keys.find((key) => key !== crash);
    expect(usecase("catch", "add", ...PLACE, "--key", crash ?? "", "--label", "regression").stdout).toContain("kept as");
    expect(usecase("catch", "add", ...PLACE, "--key", other ?? "", "--label", "intended").status).toBe(0);
    expect(existsSync(join(root, "cases", `add-caught-${crash}.yaml`))).toBe(true);
    const compared = usecase("compare", `add-caught-${crash}`, ...PLACE);
    expect(compared).toMatchObject({ status: 1, stdout: expect.stringContaining("latest: signal SIGABRT") });
    expect(hunt("--tries", "20")).toMatchObject({ status: 0, found: { caught: [] } });
    expect(usecase("catch", "add", ...PLACE, "--key", "deadbeef", "--label", "intended")).toMatchObject({ status: 2 });
  });

  it("takes a test of an author only when it passes on legacy and fails on latest, and records each try", () => {
    writeTree(root, {
      "author.mjs": `let text = "";
for await (const piece of process.stdin) text += piece;
const { rejected, inputs } = JSON.parse(text);
const value = rejected.length === 0 ? "5\\n" : rejected.length === 1 ? "not a number\\n" : "2000\\n2000\\n";
process.stdout.write(JSON.stringify({ inputs: { [inputs[0].file]: { text: value } }, check: ["grep", "-q", "^4000$", "{out}/sums.txt"] }));
`,
    });
    const { found } = hunt("--tries", "1", "--author", "node author.mjs");
    expect(found.author.map(({ accepted }) => accepted)).toEqual([false, false, true]);
    expect(found.author[0]?.why).toBe("both flavors do alike on it");
    expect(found.caught).toMatchObject([{ kind: "output", how: ["written by the author"] }]);
    const recorded = readFileSync(join(root, ".unfork/use-cases.caught/add/author.ndjson"), "utf8").trim().split("\n");
    expect(recorded).toHaveLength(3);
  });
});
