/** Owns one search along one chain: its rules from the wanted confidence, the jumps with their evidence, what was passed by. */
import type { Culprit, Suspect } from "../../model/attribution.js";
import type { UseCase } from "../../model/use-case.js";
import { type Found, describeCulprit } from "../../usecases/attribution/describe-culprit.js";
import { type Jump, type SearchRules, asks, findJumps } from "../../usecases/attribution/find-jumps.js";
import type { Question } from "../../usecases/attribution/question.js";
import type { Bench, Scale } from "../../usecases/attribution/readings.js";
import { type Reader, type SiteAt, readerOf } from "../../usecases/attribution/site.js";

export interface Hunt {
  readonly question: Question;
  readonly bench: Bench;
  readonly scale: Scale;
  readonly rules: SearchRules;
  readonly confidence: number;
  readonly others: readonly UseCase[];
}

export interface Caught {
  readonly culprits: readonly Culprit[];
  readonly jumps: readonly Jump[];
  readonly answers: number;
  /** "7 places could not be measured, as in 1a2b3c: does not build: …". */
  readonly notes: readonly string[];
}

export interface ChainEnds {
  readonly from: number;
  readonly to: number;
}

/** Whether the change between two places is large enough to be looked for. */
export async function holds(hunt: Hunt, sites: SiteAt, ends: ChainEnds): Promise<"yes" | "no" | "open"> {
  return await asks(readerOf(sites, hunt.question.useCase, hunt.bench, hunt.scale), ends, hunt.rules);
}

export async function searchChain(
  hunt: Hunt,
  sites: SiteAt,
  ends: ChainEnds,
  suspectsIn: (jump: Jump) => Promise<Found["suspects"]> | Found["suspects"],
  notesOn: (jump: Jump, reader: Reader) => Promise<readonly string[]> = async () => [],
): Promise<Caught> {
  const reader = readerOf(sites, hunt.question.useCase, hunt.bench, hunt.scale);
  const { jumps, answers } = await findJumps(reader, ends.from, ends.to, hunt.rules);
  const culprits: Culprit[] = [];
  for (const jump of jumps) {
    const notes = [...passedWords(reader, jump), ...(await notesOn(jump, reader))];
    const found: Found = { jump, suspects: await suspectsIn(jump), notes };
    culprits.push(await describeCulprit(found, { ...hunt, sites, reader }));
  }
  return { culprits, jumps, answers, notes: [] };
}

/** Why the places inside a range tell nothing. */
function passedWords({ passedBy }: Reader, { from, to, kind }: Jump): string[] {
  if (kind === "spread") return ["no place in this range holds a part of the difference large enough to be told"];
  if (kind === "unsettled") return ["more pairs of runs are needed to narrow this range: --most-pairs"];
  if (kind === "step") return [];
  const reasons = [...passedBy].filter(([place]) => place > from && place < to).map(([, why]) => why);
  return [...new Set(reasons)].slice(0, 3).map((why) => `cannot be narrowed: ${why}`);
}

export function featureSuspect({
  name,
  purpose,
  owner,
}: {
  readonly name: string;
  readonly purpose: string;
  readonly owner: string;
}): Suspect {
  return { kind: "feature", id: name, title: purpose, who: owner, date: null };
}
