/** Holds `unfork usecase retire` on compiled objects, stages, live files and exposure logs: each thing that stands in the way is told by itself. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { Retirement } from "../../src/model/retirement.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();
const DAY_MS = 86_400_000;

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}

function log(...lines: readonly (readonly [days: number, flavor: string, useCase?: string])[]): string {
  return lines.map(([days, flavor, id]) => `${JSON.stringify({ at: daysAgo(days), flavor, useCase: id })}\n`).join("");
}

function retire(id: string, entry: string, exposures: string, ...more: string[]) {
  const linked = ["--object", "app.o", "--legacy", "liblegacy.a", "--use-cases", "cases"];
  const args = [BIN, "usecase", "retire", id, "--entry", entry, "--exposures", exposures, ...linked, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr, found: more.includes("--json") && status !== 2 ? (JSON.parse(stdout) as Retirement) : undefined };
}

/** What stands in the way of deleting legacy for the studio. */
function words(exposures: string, entry = "app::Studio", ...more: string[]): string[] | undefined {
  return retire("studio", entry, exposures, "--dry-run", "--json", ...more).found?.obstacles.map(({ what }) => what);
}

function useCase(id: string, environment = "{}"): string {
  return `id: ${id}
name: ${id}
owner: calls
purpose: Shows when legacy may go.
run: ["{program}"]
environment: ${environment}
metrics: [{ id: done, name: done, unit: "", direction: higher, margin: 0 }]
`;
}

function stages(id: string): string {
  const steps = ["not-started", "shadow", "experiment", "ramp", "on-latest"];
  const changes = steps
    .slice(1)
    .map((to, index) => ({ useCase: id, from: steps[index], to, who: "lea", when: daysAgo(40), why: "no worse" }));
  return changes.map((change) => `${JSON.stringify(change)}\n`).join("");
}

beforeAll(() => {
  writeTree(root, {
    "app.cc": `namespace lib_legacy { int Run(); }
namespace app { int Phone() { return lib_legacy::Run(); } int Studio() { return 3; } }`,
    "legacy.cc": "namespace lib_legacy { int Run() { return 1; } }",
    "cases/phone.yaml": useCase("phone", '{ LIB_FLAVOR: "legacy" }'),
    "cases/studio.yaml": useCase("studio"),
    "cases/stages.jsonl": stages("studio"),
    "quiet.ndjson": log([30, "legacy", "studio"], [20, "latest", "studio"], [2, "latest", "studio"], [1, "legacy", "phone"]),
    "used.ndjson": log([30, "latest"], [3, "legacy"], [2, "latest"]),
    "short.ndjson": log([5, "latest", "studio"]),
    "live-old": "# not legacy\nlegacy\n",
    "live-new": "latest  # was legacy\n",
  });
  const command = "g++ -ffunction-sections -c app.cc legacy.cc && ar rcs liblegacy.a legacy.o";
  expect(spawnSync("sh", ["-c", command], { cwd: root }).status).toBe(0);
});

describe("unfork usecase retire", () => {
  it("tells every thing that stands in the way, with symbols, lines and days", () => {
    const { status, found } = retire("phone", "app::Phone", "used.ndjson", "--live", "live-old", "--json");
    expect(status).toBe(1);
    expect(found?.obstacles).toMatchObject([
      { kind: "stage", what: "the use case is at not-started, not on-latest" },
      { kind: "reached", where: ["app::Phone → lib_legacy::Run", "in liblegacy.a(legacy.o)"] },
      { kind: "configuration", where: ["environment LIB_FLAVOR=legacy"] },
      { kind: "configuration", where: ["live-old:2: legacy"] },
      { kind: "exposure", what: "legacy was used once in the last 14 days" },
    ]);
    expect(found?.obstacles.at(-1)?.where[1]).toContain(daysAgo(3 - 14).slice(0, 10));
  });

  it("takes a log that does not reach back, or tells nothing, for no proof; and an entry that is not there", () => {
    expect(words("short.ndjson")).toEqual(["the exposure log does not reach back 14 days"]);
    expect(words("quiet.ndjson", "app::Studio", "--days", "1")).toEqual(["nobody used either flavor in the last 1 days"]);
    expect(words("quiet.ndjson", "app::Radio")).toEqual(["no object defines the entry point app::Radio"]);
    expect(words("quiet.ndjson", "app::Studio", "--days", "40")).toEqual(["legacy was used once in the last 40 days"]);
  });

  it("allows the deletion when nothing stands in the way, notes it once, and nothing in a dry run", () => {
    const stagesFile = join(root, "cases/stages.jsonl");
    const before = readFileSync(stagesFile, "utf8");
    const dry = retire("studio", "app::Studio", "quiet.ndjson", "--live", "live-new", "--dry-run");
    expect(dry).toMatchObject({ status: 0, stdout: expect.stringContaining("✔ studio: legacy may be deleted") });
    expect(readFileSync(stagesFile, "utf8")).toBe(before);
    expect(retire("studio", "app::Studio", "quiet.ndjson", "--live", "live-new", "--who", "lea").status).toBe(0);
    expect(JSON.parse(readFileSync(stagesFile, "utf8").trim().split("\n").at(-1) ?? "")).toMatchObject({
      to: "legacy-deleted",
      who: "lea",
    });
    const again = retire("studio", "app::Studio", "quiet.ndjson");
    expect(again).toMatchObject({ status: 1, stdout: expect.stringContaining("legacy is deleted already") });
  });

  it("refuses a line that is no exposure, by its place", () => {
    writeTree(root, { "broken.ndjson": `${log([20, "latest"])}{"at": "yesterday"}\n` });
    expect(retire("studio", "app::Studio", "broken.ndjson")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("broken.ndjson:2: not an exposure"),
    });
  });
});
