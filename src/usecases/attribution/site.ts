/** Owns a place of a chain: a candidate beside its reference, ready to be run, or why it cannot be; and what is read there. */
import type { UseCase } from "../../model/use-case.js";
import type { PairedEstimate } from "../../stats/paired.js";
import type { Sample } from "./probe.js";
import { type Bench, type Pair, type Scale, estimateOf, samplesOf, whyNone } from "./readings.js";

export type Site =
  | { readonly status: "ready"; readonly pair: (useCase: UseCase) => Promise<Pair> }
  | { readonly status: "none"; readonly why: string };

export type SiteAt = (place: number) => Promise<Site>;

export interface Reading {
  /** Undefined where there is none: `why` says so. */
  readonly estimate: PairedEstimate | undefined;
  readonly samples: readonly Sample[];
  readonly why: string;
}

export interface Reader {
  readonly read: (place: number, pairs: number) => Promise<PairedEstimate | undefined>;
  /** All that was read at a place; it is read when it was not yet. */
  readonly reading: (place: number, pairs: number) => Promise<Reading>;
  /** Places that cannot be measured, with why. */
  readonly passedBy: ReadonlyMap<number, string>;
}

export function readerOf(sites: SiteAt, useCase: UseCase, bench: Bench, scale: Scale): Reader {
  const passedBy = new Map<number, string>();
  async function reading(place: number, pairs: number): Promise<Reading> {
    const why = passedBy.get(place);
    if (why !== undefined) return { estimate: undefined, samples: [], why };
    const found = await readSite(await sites(place), useCase, bench, { pairs, scale });
    if (found.estimate === undefined) passedBy.set(place, found.why);
    return found;
  }
  return { passedBy, reading, read: async (place, pairs) => (await reading(place, pairs)).estimate };
}

export async function readSite(
  site: Site,
  useCase: UseCase,
  bench: Bench,
  { pairs, scale }: { readonly pairs: number; readonly scale: Scale },
): Promise<Reading> {
  if (site.status === "none") return { estimate: undefined, samples: [], why: site.why };
  const samples = await samplesOf(bench, await site.pair(useCase), pairs, scale);
  const estimate = estimateOf(samples, scale);
  return { estimate, samples, why: estimate === undefined ? whyNone(samples) : "" };
}
