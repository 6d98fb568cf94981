/** Owns the configuration's part: nothing that is live can choose legacy for the use case. */
import type { Obstacle } from "../../model/retirement.js";
import type { MigrationStage, StageChange } from "../../model/use-case-stage.js";
import type { UseCase } from "../../model/use-case.js";
import { readText } from "../../support/fs.js";

const LEGACY = /\blegacy\b/i;

/** Its stage must be the last but one: all users are on latest. */
export function stageObstacles(stage: MigrationStage, changes: readonly StageChange[]): Obstacle[] {
  if (stage === "on-latest") return [];
  const last = changes.at(-1);
  const where = last === undefined ? [] : [`${last.when.slice(0, 10)} ${last.from} → ${last.to} by ${last.who}: ${last.why}`];
  return [
    { kind: "stage", what: stage === "legacy-deleted" ? "legacy is deleted already" : `the use case is at ${stage}, not on-latest`, where },
  ];
}

/** Switches of the use case itself that name legacy. */
export function switchObstacles({ environment, flavors }: UseCase): Obstacle[] {
  const switches = [...Object.entries(environment), ...Object.entries(flavors.latest.environment)];
  const found = switches.filter(([, value]) => LEGACY.test(value)).map(([name, value]) => `environment ${name}=${value}`);
  const named = flavors.latest.arguments.filter((word) => LEGACY.test(word)).map((word) => `argument ${word}`);
  const where = [...found, ...named];
  return where.length === 0 ? [] : [{ kind: "configuration", what: "a switch of the use case chooses legacy", where }];
}

/** Live files that name legacy outside of a comment: files of flavors, settings of experiments, configurations. */
export async function fileObstacles(files: readonly string[]): Promise<Obstacle[]> {
  const found: Obstacle[] = [];
  for (const file of files) {
    const lines = (await readText(file)).split("\n").map((line) => line.replace(/(?:^|\s)(?:#|\/\/).*$/, ""));
    const where = lines.flatMap((line, index) => (LEGACY.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : []));
    if (where.length > 0) found.push({ kind: "configuration", what: "a live file can choose legacy", where });
  }
  return found;
}

/** The default that a program gives the shim: `default_index = 0` is the first flavor, legacy. */
export async function defaultObstacles(sources: readonly string[]): Promise<Obstacle[]> {
  const where: string[] = [];
  for (const file of sources)
    for (const [index, line] of (await readText(file)).split("\n").entries())
      if (/\bdefault_index\s*=\s*0\b/.test(line.replace(/\/\/.*$/, ""))) where.push(`${file}:${index + 1}: ${line.trim().slice(0, 120)}`);
  return where.length === 0 ? [] : [{ kind: "configuration", what: "the program's default is legacy", where }];
}
