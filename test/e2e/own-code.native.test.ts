/** Each flavor of the dual program runs its own code and nothing of the other's: held against nm, the linker's map and the outputs. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { RunReport } from "../../src/model/report.js";
import { nmCommonNames } from "../helpers/nm.js";
import { type QuickProject, quickProject } from "../helpers/quick-project.js";

let project: QuickProject;
let report: RunReport;
let map: string;

beforeAll(() => {
  project = quickProject();
  map = join(project.root, "dual.map");
  const config = join(project.root, "unfork.config.ts");
  writeFileSync(
    config,
    readFileSync(config, "utf8").replace(
      'linkFlags: ["-Wl,--gc-sections"',
      `linkFlags: ["-Wl,--gc-sections", "-Wl,-Map,${map}", "-Wl,--cref"`,
    ),
  );
  const { code, err } = project.unfork("upgrade");
  expect(err).toContain("report: ");
  expect(code).toBe(0);
  report = JSON.parse(readFileSync(join(project.output, "report/report.json"), "utf8")) as RunReport;
}, 300_000);

function archiveOf(flavor: "legacy" | "latest"): string {
  const folder = join(project.output, "build", flavor);
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".a")) ?? "missing.a");
}

function flavorOf(place: string): string {
  return /legacy|latest/.exec(place)?.[0] ?? "neither";
}

/** "member(symbol's user)" lines of the map's first part: which archive member was taken for whose sake. */
function membersTaken(): { member: string; forTheSakeOf: string }[] {
  const text = readFileSync(map, "utf8");
  const part = text.slice(0, text.indexOf("Memory Configuration")).replaceAll(/\n\s+/g, " ");
  return [...part.matchAll(/^(\S+\.a\([^)]*\)) (\S+) \(/gm)].map(([, member = "", forTheSakeOf = ""]) => ({ member, forTheSakeOf }));
}

describe("the dual program", () => {
  it("is made of archives that share no defined global name outside std::, by nm", async () => {
    const common = await nmCommonNames(archiveOf("legacy"), archiveOf("latest"));
    expect(common.filter((name) => !/^_ZN?K?(St|9__gnu_cxx|NSt|S[absiod])|^_ZNK?S|^_ZS|^DW\.ref\./.test(name))).toEqual([]);
  });

  it("takes members of each flavor's archive only for that flavor's adapter or members", () => {
    const taken = membersTaken().filter(({ member }) => /lib(legacy|latest)\.a\(/.test(member));
    expect(taken.length).toBeGreaterThan(3);
    expect(taken.filter(({ member, forTheSakeOf }) => flavorOf(member) !== flavorOf(forTheSakeOf))).toEqual([]);
  });

  it("gives other figures where the releases differ, and the same where they do not", () => {
    const metrics = report.useCases.flatMap((useCase) => useCase.metrics);
    expect(metrics.filter((metric) => metric.legacy !== metric.latest).length).toBeGreaterThan(3);
    expect(metrics.filter((metric) => metric.legacy === metric.latest).length).toBeGreaterThan(3);
  });

  it("writes the same bytes with both flavors in one process as with each alone", () => {
    expect(report.joint.length).toBeGreaterThan(0);
    expect(report.joint.filter((result) => result.status !== "equal")).toEqual([]);
  });
});
