/** Owns how far a project is behind upstream: in releases and in days, as far as the configuration tells. */
import type { UnforkConfig } from "../model/config.js";
import type { Release } from "../model/source.js";

export interface Lag {
  /** The release that runs now: that of flavors.legacy. */
  readonly on: string;
  /** The newest release that is known. */
  readonly newest: string;
  /** Upstream's releases between the two: by their numbers where the labels count (M120, M150), else by those that are listed. */
  readonly releases: number;
  /** Days from the one to the other; null where one of them has no `date`. */
  readonly days: number | null;
}

export function lagOf({ upstream, flavors }: Pick<UnforkConfig, "upstream" | "flavors">): Lag {
  const { releases } = upstream;
  const on = releases.find(({ id }) => id === flavors.legacy.release);
  const newest = newestOf(releases);
  if (on === undefined || newest === undefined) throw new Error("the configuration was checked to list its releases");
  const counted = numberDistance(on.id, newest.id);
  return {
    on: on.id,
    newest: newest.id,
    releases: counted ?? Math.max(0, releases.indexOf(newest) - releases.indexOf(on)),
    days: on.date === undefined || newest.date === undefined ? null : daysBetween(on.date, newest.date),
  };
}

/** By date where all have one, else by the numbers of the labels, else the last that is listed. */
function newestOf(releases: readonly Release[]): Release | undefined {
  const inOrder = [...releases];
  if (releases.every(({ date }) => date !== undefined))
    return inOrder.toSorted((a, b) => ((a.date ?? "") < (b.date ?? "") ? -1 : 1)).at(-1);
  const [first] = releases;
  const distances = releases.map((release) => numberDistance(first?.id ?? "", release.id));
  if (distances.some((distance) => distance === undefined)) return inOrder.at(-1);
  return inOrder.toSorted((a, b) => (numberDistance(first?.id ?? "", a.id) ?? 0) - (numberDistance(first?.id ?? "", b.id) ?? 0)).at(-1);
}

/** M120 to M150: 30. Labels that are no single number behind the same letters do not count. */
function numberDistance(from: string, to: string): number | undefined {
  const [a, b] = [from, to].map((id) => /^(?<word>[A-Za-z]*)(?<number>\d+)$/.exec(id)?.groups);
  if (a === undefined || b === undefined || a["word"] !== b["word"]) return undefined;
  return Number(b["number"]) - Number(a["number"]);
}

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
