/** Owns the proof that a use case needs legacy no more: the linked program, what can choose a flavor, who used it. */
import { join, relative } from "node:path";
import { glob } from "tinyglobby";

import type { Obstacle, Retirement } from "../../model/retirement.js";
import type { UseCase } from "../../model/use-case.js";
import { type LinkedFile, reachFrom } from "../../objects/reach.js";
import { plural } from "../../report/figures.js";
import { exposureObstacles, readExposures } from "../../usecases/retire/exposures.js";
import { defaultObstacles, fileObstacles, stageObstacles, switchObstacles } from "../../usecases/retire/choices.js";
import { readStageChanges, stageOf } from "../../usecases/stages.js";
import type { Project } from "../project.js";
import { programFolders } from "../stages/link.js";

export interface RetireRequest {
  readonly useCase: UseCase;
  /** Of the register. */
  readonly dir: string;
  readonly root: string;
  readonly project: Project | undefined;
  /** Functions in which the use case begins. */
  readonly entries: readonly string[];
  readonly linked: readonly LinkedFile[];
  /** Exposure logs. */
  readonly exposures: readonly string[];
  /** Files that choose a flavor where the program runs. */
  readonly live: readonly string[];
  readonly days: number;
  readonly now: number;
}

export async function retirementOf(request: RetireRequest): Promise<Retirement> {
  const { useCase, dir, live, exposures, days, now } = request;
  const changes = (await readStageChanges(dir)).filter((change) => change.useCase === useCase.id);
  const sources = await programSources(request.project);
  const log = await readExposures(exposures);
  const obstacles = [
    ...stageObstacles(stageOf(useCase.id, changes), changes),
    ...reachObstacles(request),
    ...switchObstacles(useCase),
    ...(await fileObstacles(live)),
    ...(await defaultObstacles(sources)),
    ...exposureObstacles(log, { useCase: useCase.id, days, now }),
  ];
  const shown = [
    `${plural(request.linked.length, "object")} and archives walked from ${request.entries.join(", ")}`,
    `${plural(live.length, "live file")} and ${plural(sources.length, "source")} of the program read`,
    `${plural(log.length, "line")} of exposures read`,
  ];
  return { useCase: useCase.id, allowed: obstacles.length === 0, obstacles: obstacles.map((each) => fromRoot(each, request.root)), shown };
}

function reachObstacles({ entries, linked }: RetireRequest): Obstacle[] {
  const { unknown, sections, path, place } = reachFrom(linked, entries);
  const missing = unknown.map((entry): Obstacle => ({ kind: "not shown", what: `no object defines the entry point ${entry}`, where: [] }));
  if (sections === 0) return missing;
  const way = [path.join(" → "), `in ${place}`];
  return [
    ...missing,
    { kind: "reached", what: `${plural(sections, "section")} of legacy can be reached in the linked program`, where: way },
  ];
}

async function programSources(project: Project | undefined): Promise<string[]> {
  if (project === undefined) return [];
  const patterns = programFolders(project).map((folder) => `${folder === "" ? "." : folder.replace(/\/$/, "")}/*.{c,cc,cpp,cxx,h,hpp}`);
  const found = await glob(patterns, { cwd: project.root, onlyFiles: true });
  return found.toSorted().map((file) => join(project.root, file));
}

function fromRoot({ kind, what, where }: Obstacle, root: string): Obstacle {
  const short = (text: string): string => text.replaceAll(`${root}/`, relative(root, root));
  return { kind, what, where: where.map(short) };
}
