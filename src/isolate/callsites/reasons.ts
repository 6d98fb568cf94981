/** Owns the words: for each construct why a compatibility header cannot serve it, and what mends it. */
import type { CallsiteSeverity } from "../../model/isolation-callsites.js";
import type { Construct, Found, ImportKind } from "./finding.js";

/** How bad: an `error` fails to compile or to link, or means something else; a `note` only moves along. */
export function severityOf(construct: Construct): CallsiteSeverity {
  return construct === "moves-along" ? "note" : "error";
}

/** One sentence. `suffix` is `_<flavor>`, `map` the roots that others have taken in. */
export function reasonOf({ construct, name, detail }: Found, kind: ImportKind, suffix: string, map: ReadonlyMap<string, string>): string {
  const target = flavoredPath(detail, suffix, map);
  if (kind === "alias" && ALIASED.has(construct))
    return `${detail.split("::")[0]} is an alias of ${flavoredPath(detail.split("::")[0] as string, suffix, map)}, and an alias cannot be opened`;
  switch (construct) {
    case "forward-declaration":
      return `declares a new, incomplete ${detail}::${name}, which hides ${target}::${name}`;
    case "redeclaration":
      return `declares a new ${detail}::${name}, which hides ${target}::${name} and is never the library's`;
    case "member-definition":
      return `${name} lives in ${target}, and a member is defined only in a namespace around its class`;
    case "specialisation":
      return `the template ${name} lives in ${target}, and is specialised only in a namespace around it`;
    case "explicit-instantiation":
      return `the template ${name} lives in ${target}, and is instantiated only in a namespace around it`;
    case "deduction-guide":
      return `the class template ${name} lives in ${target}, and its guides must be declared there`;
    case "adl-hook":
      return `lookup by arguments looks into ${target}, where the type lives, and passes over using-directives`;
    case "adl-call":
      return `lookup by arguments looks into ${detail}, where the argument's type lives, and passes over its using-directive`;
    case "friend":
      return `befriends a new ${detail}::${name} instead of ${target}::${name}`;
    case "qualified-definition":
      return `a declarator names a member of ${detail} itself; what a using-directive brings does not count`;
    case "ambiguous-name":
      return `the using-directive makes ${target}::${name} as near as ::${name} here`;
    case "nested-namespace":
      return `opens a new ${detail}::${name}, which hides ${target}::${name}`;
    case "namespace-alias":
      return `the compatibility header has a ${name} of its own`;
    case "macro":
      return `the macro opens ${detail} wherever it is used; what it declares is not the library's`;
    case "c-name":
      return `a global name is in no namespace that could be imported; it is called ${name}${suffix}`;
    case "c-declaration":
      return `an own declaration of a global name, which is called ${name}${suffix}`;
    case "symbol-string":
      return "names a symbol by a string, which no header reaches";
    case "include-path":
      return `the library has no header of this path; it has ${detail}`;
    case "reopening":
      return `opens ${detail}`;
    case "moves-along":
      return `another opening of ${detail} moves to ${target}, and its names must be seen from there`;
  }
}

const ALIASED: ReadonlySet<Construct> = new Set([
  "forward-declaration",
  "redeclaration",
  "member-definition",
  "specialisation",
  "explicit-instantiation",
  "deduction-guide",
  "adl-hook",
  "friend",
  "nested-namespace",
  "reopening",
]);

/** What to do where no edit is offered. */
export function hintOf({ construct, name }: Found): string | null {
  if (construct === "namespace-alias") return `remove the alias: the compatibility header gives the name ${name}`;
  if (construct === "include-path") return "choose the header that is meant";
  return null;
}

/** `a::b` with the flavor on its first word, or on the one that has taken it in. */
function flavoredPath(path: string, suffix: string, map: ReadonlyMap<string, string>): string {
  const [root = "", ...rest] = path.split("::");
  return [`${map.get(root) ?? root}${suffix}`, ...rest].join("::");
}
