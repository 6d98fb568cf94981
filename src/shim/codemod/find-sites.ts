/** Owns the search of one file for call sites. */
import { KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { AppFacts } from "./app-facts.js";
import { forwardSite } from "./forward-sites.js";
import { globalSite } from "./global-sites.js";
import type { HeaderMatch } from "./header-map.js";
import { includeSites } from "./include-sites.js";
import type { IncludeGraph } from "./include-graph.js";
import { ownNames } from "./local-names.js";
import { qualifiedSite } from "./qualified-sites.js";
import { readScopes } from "./scopes.js";
import type { ShimNames } from "./shim-names.js";
import type { FileSites, Site } from "./site.js";
import { isMember, type SourceText } from "./source-text.js";
import { unqualifiedSite, type Visible, visibleNames } from "./unqualified-sites.js";

export interface SearchContext {
  readonly shim: ShimNames;
  readonly facts: AppFacts;
  readonly graph: IncludeGraph;
  readonly headerOf: (path: string) => HeaderMatch | undefined;
}

export function findSites(text: SourceText, context: SearchContext): FileSites {
  const { shim, facts, graph } = context;
  const scopes = readScopes(text);
  const seen = graph.closureOf(text.file);
  const visible = visibleIn(seen, context);
  const sees = graph.seesLibrary(text.file);
  const isGlobal = (name: string): boolean => shim.globals.has(name) || shim.missingGlobals.has(name);
  const own = ownNames(text, scopes, (name) => visible.has(name) || (sees && isGlobal(name)));
  const blocks = scopes.filter(({ kind, outer, words }) => kind === "namespace" && outer === undefined && shim.roots.has(words[0] ?? ""));
  const sites: Site[] = blocks.flatMap((scope) => forwardSite(text, scope, scopes, shim) ?? []);
  const flavors: FileSites["flavors"][number][] = [];
  const shimRoot = shim.manifest.namespace.split("::")[0];
  let already = 0;
  for (let i = 0; i < text.stream.count; i++) {
    if (text.stream.kinds[i] !== KIND.identifier) continue;
    const word = text.word(i);
    const flavor = shim.flavored.get(word);
    if (flavor !== undefined && !isMember(text, i)) flavors.push({ name: word, flavor, line: text.line(i) });
    if (word === shimRoot && text.mark(i + 1) === PUNCTUATION.scope && !isMember(text, i)) already++;
    const qualified = qualifiedSite(text, i, shim);
    if (qualified !== undefined) {
      sites.push(qualified.site);
      i = qualified.end - 1;
      continue;
    }
    const inBlock = visible.has(word) && blocks.some(({ head, close }) => head <= i && i < close);
    const site =
      visible.has(word) && !inBlock
        ? unqualifiedSite(text, i, { visible, own, shim })
        : sees && isGlobal(word)
          ? globalSite(text, i, { shim, facts, scopes, seen, own })
          : undefined;
    if (site !== undefined) sites.push(site);
  }
  return { sites: [...includeSites(text, context.headerOf, sites, shim), ...sites], flavors, already };
}

/** What using-directives and -declarations of the file, and of all that it includes, make visible. */
function visibleIn(seen: ReadonlySet<string>, { shim, facts }: SearchContext): Visible {
  const files = [...seen].map((file) => facts.files.get(file));
  return visibleNames(
    files.flatMap((one) => one?.directives ?? []),
    files.flatMap((one) => one?.declarations ?? []),
    shim,
    (name) => facts.own.get(name)?.some(({ form }) => form === "definition" || form === "macro") === true,
  );
}
