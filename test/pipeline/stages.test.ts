import { join } from "node:path";
import { expect, it } from "vitest";

import { checkConfig } from "../../src/config/load-config.js";
import { type Project, projectOf } from "../../src/pipeline/project.js";
import { planUpgrade } from "../../src/pipeline/upgrade.js";
import { temporaryFolder } from "../helpers/temp.js";
import { validConfig } from "../helpers/valid-config.js";

function project(more: object = {}): Project {
  const root = temporaryFolder();
  const raw = { ...validConfig(), ...more };
  return projectOf({ root, file: join(root, "unfork.config.ts"), raw, config: checkConfig(raw, "c") });
}

const SHIM = { shim: { surface: "surface.yaml", headers: { legacy: ["meter.h"], latest: ["meter.h"] } } };

function stagesIn(one: Project): string[] {
  return planUpgrade(one, {}).map(({ stage }) => stage);
}

it("generates a shim in projects that ask for one, and has no such stage in others", () => {
  expect(stagesIn(project(SHIM))).toEqual(["fetch", "features", "isolate", "build", "audit", "shim", "link", "use-cases", "report"]);
  expect(stagesIn(project())).toEqual(["fetch", "features", "isolate", "build", "audit", "link", "use-cases", "report"]);
});

it("refuses to start or stop at a stage that the project has not", () => {
  for (const options of [{ from: "shim" }, { until: "shim" }] as const)
    expect(() => planUpgrade(project(), options)).toThrow("there is no stage shim in this project: unfork.config.ts has no 'shim'");
});
