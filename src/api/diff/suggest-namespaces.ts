/** Owns suggestions of namespaces that were renamed or merged: names that one release lacks and another namespace has. */
import type { ApiDiffSuggestion } from "../../model/api-diff.js";
import { groupBy } from "../../support/group-by.js";
import { byText } from "../../support/order.js";
import type { DiffContext } from "./item.js";
import { type ApiPair } from "./pair.js";
import { mapLine } from "./map-line.js";

/** A suggestion and how many names it would pair. */
interface Found {
  readonly suggestion: ApiDiffSuggestion;
  readonly hits: number;
}

/** A namespace is suggested when at least two of its missing names, and a third of them, are in the other. */
export function suggestNamespaces(pairs: readonly ApiPair[], context: DiffContext): ApiDiffSuggestion[] {
  const olds = pairs.filter(isTop).filter(({ latest }) => latest === null);
  const news = new Map(
    pairs
      .filter(isTop)
      .filter(({ legacy }) => legacy === null)
      .map(({ kind, name }) => [`${kind} ${lastOf(name)} ${scopeOf(name)}`, name]),
  );
  const scopes = [...new Set([...news.values()].map(scopeOf))];
  const found = [...groupBy(olds, ({ name }) => scopeOf(name))]
    .filter(([scope]) => scope !== "")
    .flatMap(([, those]) => best(those, scopes, news, context))
    .toSorted((a, b) => b.hits - a.hits || byText(a.suggestion.from, b.suggestion.from))
    .map(({ suggestion }) => suggestion);
  return found.filter((one) => !found.some((other) => isPartOf(one, other)));
}

/** `a::b` → `c::b` follows from `a` → `c`. */
function isPartOf({ from, to }: ApiDiffSuggestion, outer: ApiDiffSuggestion): boolean {
  const rest = from.startsWith(`${outer.from}::`) ? from.slice(outer.from.length) : undefined;
  return rest !== undefined && to === outer.to + rest;
}

/** Common names of either release that would be one if the suggestions held; nested ones too. */
export function coveredNames(pairs: readonly ApiPair[], suggestions: readonly ApiDiffSuggestion[]): Set<string> {
  const news = new Set(pairs.filter(({ legacy }) => legacy === null).map(({ name }) => name));
  const olds = pairs.filter(({ latest }) => latest === null);
  const covered = suggestions.flatMap(({ from, to }) =>
    olds.flatMap(({ name }) => {
      const renamed = name.startsWith(`${from}::`) ? to + name.slice(from.length) : undefined;
      return renamed !== undefined && news.has(renamed) ? [name, renamed] : [];
    }),
  );
  return new Set(covered);
}

function isTop({ legacy, latest }: ApiPair): boolean {
  const item = legacy ?? latest;
  return item !== null && item.kind !== "macro" && item.parent === null;
}

function best(olds: readonly ApiPair[], scopes: readonly string[], news: ReadonlyMap<string, string>, context: DiffContext): Found[] {
  const found = scopes
    .map((to) => ({ to, hits: olds.filter(({ kind, name }) => news.has(`${kind} ${lastOf(name)} ${to}`)) }))
    .toSorted((a, b) => b.hits.length - a.hits.length || byText(a.to, b.to))[0];
  if (found === undefined || found.hits.length < 2 || found.hits.length * 3 < olds.length) return [];
  const from = spelledScope(found.hits[0] as ApiPair, context);
  const shown = found.hits.slice(0, 3).map(({ name }) => lastOf(name));
  return [
    {
      hits: found.hits.length,
      suggestion: {
        kind: "namespace",
        from,
        to: found.to,
        score: Math.round((found.hits.length / olds.length) * 100) / 100,
        evidence: [
          `${found.hits.length} of its ${olds.length} names that the newer release lacks are in ${found.to === "" ? "the global scope" : found.to}: ${shown.join(", ")}${found.hits.length > 3 ? " …" : ""}`,
        ],
        section: "namespaces",
        line: mapLine(from, found.to),
      },
    },
  ];
}

/** As the map wants it: the older release's own spelling. */
function spelledScope({ legacy }: ApiPair, context: DiffContext): string {
  return legacy === null || legacy.kind === "macro" ? "" : scopeOf(context.plainName.legacy(legacy.qualifiedName));
}

function scopeOf(name: string): string {
  const at = name.replace(/[<(].*$/s, "").lastIndexOf("::");
  return at === -1 ? "" : name.slice(0, at);
}

function lastOf(name: string): string {
  const scope = scopeOf(name);
  return scope === "" ? name : name.slice(scope.length + 2);
}
