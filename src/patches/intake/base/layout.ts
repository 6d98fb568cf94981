/**
 * Owns the question where a fork's folders lie in upstream: the whole of it, a folder of it, a folder of the fork that holds
 * all of upstream, or several folders that were put elsewhere. Files that both have with the same content vote.
 */
import type { ByteString } from "../../../git/bytes.js";
import { byText } from "../../../support/order.js";

/** What stands below `fork` in the fork stands below `upstream` there; both are empty or end in `/`. */
export interface LayoutRule {
  readonly fork: ByteString;
  readonly upstream: ByteString;
}

/** One file of the fork with every id under which upstream may have it. */
export interface VotingFile {
  readonly path: ByteString;
  readonly ids: Iterable<string>;
}

/** Content that lies in more places than these says nothing. */
const MOST_PLACES = 6;
const MOST_RULES = 8;
/** A folder that was put elsewhere has to show at least this share of the votes. */
const LEAST_SHARE = 0.02;
const LEAST_VOTES = 2;

/** Rules with the most votes first; none when no content is common. `placesOf` gives upstream's paths of a content. */
export function findLayout(files: Iterable<VotingFile>, placesOf: (id: string) => readonly ByteString[]): LayoutRule[] {
  const votes = new Map<string, number>();
  let total = 0;
  for (const file of files) {
    const places = [...new Set([...file.ids].flatMap(placesOf))];
    if (places.length === 0 || places.length > MOST_PLACES) continue;
    total += 1;
    for (const rule of bestRules(file.path, places)) votes.set(rule, (votes.get(rule) ?? 0) + 1 / places.length);
  }
  const ranked = [...votes].toSorted(([a, x], [b, y]) => y - x || a.length - b.length || byText(a, b));
  const enough = ranked.filter(([, count], index) => index === 0 || (count >= LEAST_VOTES && count >= total * LEAST_SHARE));
  return enough.slice(0, MOST_RULES).map(([rule]) => parsed(rule));
}

/** The rules that need the least to change; as text, since they are counted. */
function bestRules(path: ByteString, places: readonly ByteString[]): string[] {
  const rules = places.map((place) => ruleOf(path, place));
  const shortest = Math.min(...rules.map((rule) => rule.length));
  return [...new Set(rules.filter((rule) => rule.length === shortest))];
}

/** What is left before the longest common end of whole names; a file's own name has to be the same. */
function ruleOf(fork: ByteString, upstream: ByteString): string {
  const [a, b] = [fork.split("/"), upstream.split("/")];
  let common = 0;
  while (common < a.length && common < b.length && a[a.length - 1 - common] === b[b.length - 1 - common]) common++;
  const rest = (names: string[]) => names.slice(0, names.length - common).map((name) => `${name}/`);
  return `${rest(a).join("")}\0${rest(b).join("")}`;
}

function parsed(rule: string): LayoutRule {
  const [fork = "", upstream = ""] = rule.split("\0");
  return { fork, upstream };
}

/** Upstream's path of a fork's file, or undefined for one that lies beside all that is upstream's. `known`: upstream has such a path somewhere. */
export function upstreamPathOf(
  path: ByteString,
  rules: readonly LayoutRule[],
  known: (path: ByteString) => boolean,
): ByteString | undefined {
  const places = rules.filter(({ fork }) => path.startsWith(fork)).map(({ fork, upstream }) => upstream + path.slice(fork.length));
  return places.find(known) ?? places[0];
}

/** Whether a path of upstream's lies in what the fork took. */
export function isTaken(path: ByteString, rules: readonly LayoutRule[]): boolean {
  return rules.some(({ upstream }) => path.startsWith(upstream));
}

/** The fork's path of a file that stands at upstream's, by the first rule that speaks of it. */
export function forkPathOf(path: ByteString, rules: readonly LayoutRule[]): ByteString {
  const rule = rules.find(({ upstream }) => path.startsWith(upstream));
  return rule === undefined ? path : rule.fork + path.slice(rule.upstream.length);
}
