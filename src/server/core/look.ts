/** Owns a look at the running experiments: analyse, decide, store the evidence, carry it out. */
import type { Analysis } from "../../model/arm-statistics.js";
import type { Decision, GateLook } from "../../model/decision.js";
import { gateLookSchema } from "../../model/decision.js";
import type { Reason } from "../../model/decision.js";
import type { Experiment } from "../../model/experiment.js";
import { attributeHalt } from "../../experiment/attribution/attribute-halt.js";
import { type Budget, campaignBudgets, sameCampaign } from "../../experiment/decide/budget.js";
import { decideFleet } from "../../experiment/decide/decide-fleet.js";
import { type DecideRequest, decide } from "../../experiment/decide/decide.js";
import { raiseBlocks } from "../../experiment/ramp/blocks.js";
import { isWithdrawn } from "../../experiment/ramp/entry.js";
import { applyDecision } from "../../experiment/ramp/transitions.js";
import type { Database } from "../../store/state/database.js";
import { appendLook, insertAttribution, listLooks } from "../../store/state/decisions.js";
import { changeRamp } from "./change-ramp.js";
import { type Core, SERVER } from "./core.js";
import { type StoredEntry, storedEntries } from "./entries.js";
import { keepDecision } from "./keep-decision.js";
import type { Looked } from "./looked.js";
import type { StoredHalt } from "./publish-halt.js";
import type { Telemetry } from "./telemetry.js";

/** The decision function; tests and simulators may bring their own. */
export type Decide = (request: DecideRequest) => Decision;

export interface LookOptions {
  readonly telemetry: Telemetry;
  readonly decide?: Decide;
  /** Error of the whole fleet's false halts, in the place of what the experiments were planned with. */
  readonly alpha?: number;
  /** How it is shared out over a campaign; `split` where left out. */
  readonly budget?: Budget["method"];
  /** Only these; default all that run. */
  readonly only?: readonly string[];
  /** Told when a halt is published, to ask a lab what lies behind it. */
  readonly onHalt?: (experiment: Experiment, decision: Decision) => void;
  /** What has to be known before a decision is carried out. */
  readonly log?: (text: string) => void;
}

/** Looks at all experiments that run, are held or are promoted. One that cannot be judged does not keep the others from it. */
export async function lookAtExperiments(core: Core, options: LookOptions): Promise<readonly Looked[]> {
  const entries = await storedEntries(core.db, core.project);
  const wanted = entries.filter((entry) => isLookedAt(entry) && (options.only?.includes(entry.experiment.id) ?? true));
  if (wanted.length === 0) return [];
  const analyses = await options.telemetry.analyse(
    wanted.map(({ experiment }) => experiment),
    core.now().getTime(),
  );
  const asked: Asked[] = [];
  for (const [index, entry] of wanted.entries()) {
    const analysis = analyses[index];
    if (analysis !== undefined) asked.push({ entry, request: await requestFor(core, entry, entries, analysis, options) });
  }
  const decisions = decisionsOn(asked, options);
  const looked: Looked[] = [];
  for (const [index, { entry, request }] of asked.entries())
    looked.push(await carryOut(core, entry, request, decisions[index] as Decision, options));
  return looked;
}

/** What is asked of the decisions about one experiment. */
interface Asked {
  readonly entry: StoredEntry;
  readonly request: DecideRequest;
}

/** In the order asked. By e-BH what is found in one experiment of a campaign counts for the others, too. */
function decisionsOn(asked: readonly Asked[], options: LookOptions): readonly Decision[] {
  const requests = asked.map(({ request }) => request);
  if (options.decide !== undefined || options.budget !== "e-bh") return requests.map(options.decide ?? ((request) => decide(request)));
  const decided = new Map<DecideRequest, Decision>();
  for (const first of requests) {
    if (decided.has(first)) continue;
    const campaign = requests.filter((one) => sameCampaign(one.experiment, first.experiment));
    decideFleet(campaign).forEach((decision, index) => decided.set(campaign[index] as DecideRequest, decision));
  }
  return requests.map((request) => decided.get(request) as Decision);
}

function isLookedAt({ ramp }: StoredEntry): boolean {
  return ramp.phases.length > 0 && ["running", "holding", "promoted"].includes(ramp.state);
}

async function requestFor(
  core: Core,
  entry: StoredEntry,
  entries: readonly StoredEntry[],
  analysis: Analysis,
  options: LookOptions,
): Promise<DecideRequest> {
  const { experiment, ramp } = entry;
  const at = core.now().toISOString();
  const looks = await gateLooks(core.db, core.project, experiment.id);
  const blocks: readonly Reason[] = raiseBlocks(experiment, entries, at);
  return { experiment, ramp, analysis, looks, budget: budgetOf(entry, entries, options), blocks, at };
}

async function carryOut(
  core: Core,
  { row }: StoredEntry,
  { experiment, looks }: DecideRequest,
  decision: Decision,
  options: LookOptions,
): Promise<Looked> {
  let halted: StoredHalt | undefined;
  const changed = await changeRamp(core, {
    id: experiment.id,
    actor: SERVER,
    action: `decision.${decision.action}`,
    detail: { reasons: decision.reasons, phase: decision.phase },
    // Somebody changed it while its data were read: what was decided about its former state is not carried out.
    next: (now) => (now.row.revision === row.revision ? applyDecision(now, decision) : now.ramp),
    beside: async (tx, halt) => {
      halted = halt;
      await keepEvidence(tx, core, decision, looks, halt);
      if (halt !== undefined)
        await insertAttribution(tx, { ...named(core, experiment), at: core.now(), attribution: attributeHalt(experiment, decision) });
    },
  });
  if (halted !== undefined) {
    options.onHalt?.(experiment, decision);
    options.log?.(`${experiment.id} was halted by seed ${halted.version}: ${decision.reasons.map(({ text }) => text).join("; ")}`);
  }
  return { decision, changed };
}

function named(core: Core, { id }: Experiment): { readonly project: string; readonly experiment: string } {
  return { project: core.project, experiment: id };
}

async function gateLooks(db: Database, project: string, experiment: string): Promise<GateLook[]> {
  return (await listLooks(db, project, experiment)).map(({ evidence }) => gateLookSchema.parse(evidence));
}

/** Experiments of one campaign share one budget; those that have ended keep their part of it, those that never began give it back. */
function budgetOf({ experiment }: StoredEntry, entries: readonly StoredEntry[], { alpha, budget: method }: LookOptions): Budget {
  const begun = entries.filter((one) => !isWithdrawn(one));
  const campaign = begun.map((one) => one.experiment).filter((one) => sameCampaign(one, experiment));
  const budget = campaignBudgets(campaign, alpha, method).get(experiment.id);
  if (budget === undefined) throw new RangeError(`${experiment.id} is of no campaign`);
  return budget;
}

async function keepEvidence(
  tx: Database,
  core: Core,
  decision: Decision,
  looks: readonly GateLook[],
  halt: StoredHalt | undefined,
): Promise<void> {
  const { experiment, phase, look } = decision;
  const at = core.now();
  await keepDecision(tx, core.project, decision, at, halt?.version);
  if (look !== undefined) await appendLook(tx, { project: core.project, experiment, look: looks.length + 1, phase, at, evidence: look });
}
