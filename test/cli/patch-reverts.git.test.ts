/** Upstream's reverts as a user sees them: what was taken back before the new base stays, one that is still to come is named. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

import { patchPortSchema } from "../../src/model/patch.js";
import { type Step, type TwoLines, twoLines } from "../patches/upstreamed/two-lines.js";

const BIN = fileURLToPath(new URL("../../bin/unfork.js", import.meta.url));

function lines(word: string, changed: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 24 }, (_, at) => `${changed[at] ?? `${word} stands at ${at}`}\n`).join("");
}

const NAMES = ["alpha", "beta", "gamma", "delta"] as const;

function fixed(name: string): Step["files"] {
  return { [`${name}.c`]: lines(name, { 7: `${name} is repaired here` }) };
}

function back(name: string): Step["files"] {
  return { [`${name}.c`]: lines(name) };
}

function noise(at: number): Step {
  return { message: `Noise ${at}`, files: { "noise.c": lines("noise", { [at]: `noise of step ${at}` }) } };
}

/** alpha stays in upstream; beta is taken back before `new`; gamma beyond it; delta before it, and landed again beyond it. */
function history(): TwoLines {
  const lands = NAMES.map((name): Step => ({ message: `${name}: repair it`, files: fixed(name) }));
  const upstream = [
    noise(1),
    ...lands,
    noise(2),
    ({ upstream: ids }: { upstream: readonly string[] }): Step => ({
      message: `Revert "beta: repair it"\n\nThis reverts commit ${ids[2]}.`,
      files: back("beta"),
    }),
    { message: "delta: as it was", files: back("delta") },
    noise(3),
    ({ upstream: ids }: { upstream: readonly string[] }): Step => ({
      message: `Back out\n\nThis reverts commit ${ids[3]?.slice(0, 12)}.`,
      files: back("gamma"),
    }),
    { message: "delta: repair it (again)", files: fixed("delta") },
    noise(4),
  ];
  const old = Object.fromEntries([...NAMES, "noise"].map((name) => [`${name}.c`, lines(name)]));
  const stack = NAMES.map((name): Step => ({ message: `${name}: repair it`, files: fixed(name) }));
  return twoLines({ old, newAt: 9, upstream, stack });
}

function port({ path }: TwoLines, ...more: string[]): string {
  const args = ["patch", "port", "--repo", path, "--series", "old..tip", "--onto", "new", "--dry-run", ...more];
  const { stdout, stderr, status } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

it("what upstream took back before the new base stays in the stack; a revert beyond it is named in the document and the text", () => {
  const made = history();
  const [gammaLanded, gammaBack] = [made.upstream[3], made.upstream[9]].map((id) => id?.slice(0, 10));
  const { patches } = patchPortSchema.parse(JSON.parse(port(made, "--upstream", "head", "--json")));
  expect(patches.map(({ subject, status }) => `${subject}: ${status}`)).toEqual([
    "alpha: repair it: upstreamed",
    "beta: repair it: clean",
    "gamma: repair it: upstreamed",
    "delta: repair it: clean",
  ]);
  const told = new Map(patches.map(({ subject, evidence }) => [subject.split(":")[0], evidence.join("\n")]));
  expect(told.get("alpha")).not.toContain("beware");
  expect(told.get("beta")).toContain(`but upstream took it back: ${made.upstream[6]?.slice(0, 10)}`);
  expect(told.get("gamma")).toContain(`upstream's ${gammaLanded}`);
  expect(told.get("gamma")).toContain(`beware: upstream takes it back after the new base: ${gammaBack}`);
  expect(told.get("delta")).toContain(`but upstream took it back: ${made.upstream[7]?.slice(0, 10)}`);

  const text = port(made, "--upstream", "head").replaceAll(/\n\s+/g, " ");
  expect(text).toContain(`beware: upstream takes it back after the new base: ${gammaBack} (`);
  expect(text).toContain(`beta: repair it upstream's ${made.upstream[2]?.slice(0, 10)}`);
  expect(text).toContain(`but upstream took it back: ${made.upstream[6]?.slice(0, 10)} (`);
  expect(port(made)).not.toContain("beware");
});
