/** Owns namespaces of the library that the application opens itself: to declare classes ahead, which moves, or for more, which does not. */
import { namespacePath } from "./app-facts.js";
import { classesIn } from "./classes-ahead.js";
import type { Scope } from "./scopes.js";
import { lastOf, scopeOf, type ShimNames } from "./shim-names.js";
import type { Edit, Site } from "./site.js";
import type { SourceText } from "./source-text.js";

/** Of one outermost namespace of the file, with those inside; undefined of one that is not the library's. */
export function forwardSite(text: SourceText, scope: Scope, scopes: readonly Scope[], shim: ShimNames): Site | undefined {
  if (scope.kind !== "namespace" || scope.words.length === 0 || !shim.roots.has(scope.words[0] as string)) return undefined;
  const base = { kind: "forward" as const, line: text.line(scope.head), name: namespacePath(scope) };
  const blocks = scopes.filter((one) => one === scope || isInside(one, scope));
  const isPlain = blocks.every(({ kind, words }) => kind === "namespace" && words.length > 0);
  const declared = isPlain ? blocks.map((block) => ({ block, classes: classesIn(text, block, blocks) })) : [];
  if (!isPlain || declared.some(({ classes }) => classes === undefined))
    return left(base, "it opens the library's namespace for more than declarations of classes");
  const names = declared.flatMap(({ block, classes }) =>
    (classes ?? []).map((token) => ({ block, token, from: `${namespacePath(block)}::${text.word(token)}` })),
  );
  if (names.length === 0) return left(base, "nothing is declared in it");
  const problem = problemOf(
    names.map(({ from }) => from),
    base,
    shim,
  );
  if (problem !== undefined) return problem;
  const targets = new Map<Scope, string>();
  const edits: Edit[] = [];
  for (const { block, token, from } of names) {
    const { to } = shim.names.get(from) as { to: string };
    if ((targets.get(block) ?? scopeOf(to)) !== scopeOf(to)) return left(base, "its classes lie in several namespaces of the shim");
    targets.set(block, scopeOf(to));
    if (lastOf(to) !== lastOf(from)) edits.push(editOf(text, token, token, lastOf(to)));
  }
  const heads = headEdits(text, targets);
  if (heads === undefined) return left(base, "the shim nests its namespaces otherwise: include the shim's header instead");
  return { ...base, edits: [...heads, ...edits], left: null };
}

function isInside(scope: Scope, outer: Scope): boolean {
  return outer.open < scope.open && scope.open < outer.close;
}

type Base = Pick<Site, "kind" | "line" | "name">;

function left(base: Base, reason: string, why: "missing" | "undecided" = "undecided"): Site {
  return { ...base, edits: [], left: { why, reason } };
}

/** The first class that the shim lacks, or that cannot be declared ahead there. */
function problemOf(names: readonly string[], base: Base, shim: ShimNames): Site | undefined {
  for (const from of names) {
    const name = shim.names.get(from);
    if (name === undefined)
      return left({ ...base, name: from }, shim.missing.get(from) ?? "the shim's manifest does not know this name", "missing");
    if (!CLASSES.has(name.kind))
      return left({ ...base, name: from }, `in the shim it is a ${name.kind}, which cannot be declared ahead: include ${name.header}`);
    if (scopeOf(name.to) === "") return left({ ...base, name: from }, "in the shim it lies in no namespace");
  }
  return undefined;
}

const CLASSES: ReadonlySet<string> = new Set(["class", "struct", "interface"]);

/** New words for the heads of all blocks; undefined where one head cannot serve all that it holds. */
function headEdits(text: SourceText, targets: ReadonlyMap<Scope, string>): Edit[] | undefined {
  const words = new Map<Scope, string>();
  for (const [block, target] of targets) {
    const chain: Scope[] = [];
    for (let at: Scope | undefined = block; at !== undefined; at = at.outer) chain.unshift(at);
    const parts = target.split("::");
    for (const [index, scope] of chain.entries()) {
      const isLast = index === chain.length - 1;
      const mine = parts.splice(0, isLast ? parts.length : scope.words.length).join("::");
      if (mine === "" || (words.get(scope) ?? mine) !== mine) return undefined;
      words.set(scope, mine);
    }
  }
  return [...words].flatMap(([scope, to]) => {
    const last = lastWordToken(text, scope);
    return scope.words.join("::") === to ? [] : [editOf(text, scope.wordToken, last, to)];
  });
}

function editOf({ stream }: SourceText, first: number, last: number, text: string): Edit {
  return { start: stream.starts[first] as number, end: stream.ends[last] as number, text };
}

function lastWordToken(text: SourceText, block: Scope): number {
  let at = block.open - 1;
  while (text.word(at) === "") at--;
  return at;
}
