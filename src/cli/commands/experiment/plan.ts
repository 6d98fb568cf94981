/** Owns `unfork experiment plan`: experiments for a release from the configuration's templates, with what they can show. */
import { type Command, InvalidArgumentError } from "commander";

import type { FlavorRange } from "../../../model/flavor-range.js";
import type { ExperimentPlan } from "../../../model/experiment-plan.js";
import { type Project, openProject } from "../../../pipeline/project.js";
import { useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { planText } from "../../../report/experiment/plan.js";
import { UnforkError } from "../../../support/errors.js";
import { writeFileAtomic } from "../../../support/fs.js";
import { anyNameGlob } from "../../../support/glob.js";
import { secretBytes } from "../../../support/random.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { type ConnectionOptions, addConnectionOptions } from "../../connection.js";
import { EXIT } from "../../exit-codes.js";
import { serverOf } from "../../server-of.js";
import { openTerminal } from "../../terminal.js";

interface Options extends GlobalOptions, ConnectionOptions {
  readonly to?: string;
  readonly from?: string;
  readonly aa?: boolean;
  readonly project?: string;
  readonly out?: string;
  readonly only?: readonly string[];
  readonly round?: number;
  readonly submit?: boolean;
  readonly history: boolean;
}

export function addExperimentPlan(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("plan")
    .description("Plan an experiment for each use case of a release: budget, units, days, the smallest harm that would halt.")
    .option("--to <release>", "the new release (default: that of the flavor latest)")
    .option("--from <release>", "the old release (default: that of the flavor legacy)")
    .option("--aa", "plan A/A experiments: the old flavor against itself, which calibrates the metrics")
    .option("--project <name>", "the server's project (default: the library's name)")
    .option("--only <glob...>", "just these use cases, each with its share of the whole plan's budget")
    .option("--round <n>", "from 2 on: plan anew what was halted or rolled back, under ids that end with -r2", round)
    .option("--out <file>", "write the plan as JSON")
    .option("--no-history", "leave out which of upstream's commits lie between the releases: a halt is stored with them")
    .option("--submit", "give the experiments to the server, as drafts");
  addConnectionOptions(command);
  withExamples(command, [
    "unfork experiment plan --to M150",
    "unfork experiment plan --to M150 --submit --url https://unfork.example --token-file operator.token",
    "unfork experiment plan --to M150 --only laptop-call --round 2 --submit",
    "unfork experiment plan --aa --json",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await plan(globalsOf(self) as Options)));
}

async function plan(options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const made = chosenOf(await planOf(options, terminal.message), options.only);
  if (options.out !== undefined) await writeFileAtomic(options.out, `${JSON.stringify(made, null, 2)}\n`);
  if (options.submit === true) await submit(made, options, terminal.message);
  terminal.result(options.json === true ? JSON.stringify(made, null, 2) : planText(made, terminal));
  return made.experiments.some(({ days }) => days === null) ? EXIT.gate : EXIT.done;
}

async function planOf(
  { config: file, to, from, aa = false, round: number = 1, project: name, history }: Options,
  tell: (text: string) => void,
): Promise<ExperimentPlan> {
  const project = await openProject(file, process.cwd());
  const { config } = project;
  if (config.experiments === undefined)
    throw new UnforkError("config-invalid", "the configuration has no section `experiments`", { hint: "docs/experiments.md shows one" });
  const subject = await useCaseSubject(file === undefined ? {} : { config: file }, process.cwd());
  const register = subject.meant(await loadUseCases(subject.dir));
  const { planExperiments } = await import("../../../experiment/plan/plan-experiments.js");
  const ends = { from: from ?? config.flavors.legacy.release, to: to ?? config.flavors.latest.release };
  const unlisted = Object.values(ends).filter((id) => !config.upstream.releases.some((release) => release.id === id));
  if (unlisted.length > 0) tell(`the configuration lists no release ${unlisted.join(", ")}: devices compare this name with their own`);
  return planExperiments({
    project: name ?? config.library,
    between: aa || !history ? undefined : await betweenOf(project, file, ends),
    useCases: register.map(({ id }) => id),
    config: config.experiments,
    ...ends,
    aa,
    round: number,
    newSalt: () => secretBytes(16).toString("hex"),
  });
}

/** Some of a plan; the shares of the budget stay those of the whole. Throws `usage` where nothing is left. */
function chosenOf(made: ExperimentPlan, only: readonly string[] | undefined): ExperimentPlan {
  if (only === undefined) return made;
  const isMeant = anyNameGlob(only);
  const experiments = made.experiments.filter(({ experiment }) => isMeant(experiment.useCase));
  if (experiments.length === 0) throw new UnforkError("usage", `no experiment is planned for ${only.join(", ")}`);
  return { ...made, experiments, without: made.without.filter(isMeant) };
}

function round(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 99) throw new InvalidArgumentError("it must be 1 to 99.");
  return number;
}

/** Releases that the configuration does not list are planned without what lies between them. */
async function betweenOf(
  project: Project,
  configFile: string | undefined,
  ends: { from: string; to: string },
): Promise<FlavorRange | undefined> {
  const { releases } = project.config.upstream;
  const [from, to] = [ends.from, ends.to].map((id) => releases.find((release) => release.id === id));
  if (from === undefined || to === undefined) return undefined;
  const { flavorRange } = await import("../../../pipeline/flavor-range.js");
  return flavorRange({ project, configFile, from, to });
}

async function submit(made: ExperimentPlan, options: Options, tell: (text: string) => void): Promise<void> {
  const server = await serverOf(options);
  const { experiments } = await server.get<{ readonly experiments: readonly { readonly experiment: { readonly id: string } }[] }>(
    "/api/v1/experiments",
  );
  const there = new Set(experiments.map(({ experiment }) => experiment.id));
  const drafts = made.experiments.filter(({ experiment }) => !there.has(experiment.id));
  for (const { experiment } of drafts) await server.post("/api/v1/experiments", experiment);
  const kept = made.experiments.filter((one) => !drafts.includes(one)).map(({ experiment }) => experiment.id);
  if (kept.length > 0) tell(`there already, left as planned: ${kept.join(", ")}; --round 2 plans anew what was halted or rolled back`);
  const [first] = drafts;
  const begin = first === undefined ? "" : `; begin one with: unfork rollout start ${first.experiment.id} --reason TEXT`;
  tell(`${String(drafts.length)} ${drafts.length === 1 ? "draft" : "drafts"} given to ${server.url}${begin}`);
}
