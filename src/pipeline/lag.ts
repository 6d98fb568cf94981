/** Owns how far a project is behind upstream: in releases and in days, as far as the configuration or the sources tell. */
import type { UnforkConfig } from "../model/config.js";
import type { Release, ReleaseDay } from "../model/source.js";
import { toldDay } from "../sources/fetch-release.js";
import type { Project } from "./project.js";

export interface Lag {
  /** The release that runs now: that of flavors.legacy. */
  readonly on: string;
  /** The newest release that is known. */
  readonly newest: string;
  /** Upstream's releases between the two: by their numbers where the labels count (M120, M150), else by those that are listed. */
  readonly releases: number;
  /** Days from the one to the other; null where the day of one of them is not known. */
  readonly days: number | null;
  /** The days that are known of the two, and what tells each. */
  readonly dates: readonly (ReleaseDay & { readonly release: string })[];
}

/** The days that sources told of releases for which the configuration says none, by label. */
export async function toldDays({ config, cache, root }: Pick<Project, "config" | "cache" | "root">): Promise<Map<string, ReleaseDay>> {
  const asked = config.upstream.releases.filter(({ date }) => date === undefined);
  const told = await Promise.all(
    asked.map(async (release) => ({ id: release.id, day: await toldDay(release, { cache, baseFolder: root }) })),
  );
  return new Map(told.flatMap(({ id, day }) => (day === undefined ? [] : [[id, day] as const])));
}

/** `told`: days of releases without a `date`. */
export function lagOf(
  { upstream, flavors }: Pick<UnforkConfig, "upstream" | "flavors">,
  told: ReadonlyMap<string, ReleaseDay> = new Map(),
): Lag {
  const releases = upstream.releases.map((release) => withDay(release, told));
  const on = releases.find(({ id }) => id === flavors.legacy.release);
  const newest = newestOf(releases);
  if (on === undefined || newest === undefined) throw new Error("the configuration was checked to list its releases");
  const counted = numberDistance(on.id, newest.id);
  return {
    on: on.id,
    newest: newest.id,
    releases: counted ?? Math.max(0, releases.indexOf(newest) - releases.indexOf(on)),
    days: on.date === undefined || newest.date === undefined ? null : daysBetween(on.date, newest.date),
    dates: [...new Set([on, newest])].flatMap(({ id, date }) =>
      date === undefined ? [] : [{ release: id, day: date, from: told.get(id)?.from ?? "the configuration" }],
    ),
  };
}

function withDay(release: Release, told: ReadonlyMap<string, ReleaseDay>): Release {
  const day = release.date ?? told.get(release.id)?.day;
  return day === undefined ? release : { ...release, date: day };
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
