/** Owns namespaces of the library that the application opens itself: to declare classes ahead, which moves, or for more, which does not. */
import { KIND } from "../../tokens/kinds.js";
import { namespacePath } from "./app-facts.js";
import { classesIn } from "./classes-ahead.js";
import type { Scope } from "./scopes.js";
import { lastOf, scopeOf, type ShimNames } from "./shim-names.js";
import type { Edit, Site } from "./site.js";
import type { SourceText } from "./source-text.js";

/** Of one outermost namespace of the file; undefined of one that is not the library's. */
export function forwardSite(text: SourceText, scope: Scope, scopes: readonly Scope[], shim: ShimNames): Site | undefined {
  if (scope.kind !== "namespace" || scope.words.length === 0 || !shim.roots.has(scope.words[0] as string)) return undefined;
  const inner = scopes.filter((one) => one.outer === scope);
  const path = namespacePath(scope);
  const base = { kind: "forward" as const, line: text.line(scope.head), name: path };
  if (!inner.every((one) => one.kind === "namespace"))
    return left(base, "it opens the library's namespace for more than declarations of classes");
  const blocks = inner.length === 0 ? [scope] : inner;
  if (inner.length > 0 && !isOnly(text, scope, inner))
    return left(base, "it opens the library's namespace for more than declarations of classes");
  if (inner.length > 0)
    return left(base, "it opens namespaces in the library's: write them as one, `namespace a::b {`, or include the shim's header");
  return flatSite(text, blocks[0] as Scope, path, base, shim);
}

type Base = Pick<Site, "kind" | "line" | "name">;

function left(base: Base, reason: string, why: "missing" | "undecided" = "undecided"): Site {
  return { ...base, edits: [], left: { why, reason } };
}

function flatSite(text: SourceText, block: Scope, path: string, base: Base, shim: ShimNames): Site {
  const declared = classesIn(text, block);
  if (declared === undefined) return left(base, "it opens the library's namespace for more than declarations of classes");
  const edits: Edit[] = [];
  const targets = new Set<string>();
  for (const token of declared) {
    const from = `${path}::${text.word(token)}`;
    const reason = shim.missing.get(from);
    const name = shim.names.get(from);
    if (name === undefined) return left({ ...base, name: from }, reason ?? "the shim's manifest does not know this name", "missing");
    if (name.kind !== "class" && name.kind !== "struct" && name.kind !== "interface")
      return left({ ...base, name: from }, `in the shim it is a ${name.kind}, which cannot be declared ahead: include ${name.header}`);
    targets.add(scopeOf(name.to));
    if (lastOf(name.to) !== lastOf(from)) edits.push(editOf(text, token, token, lastOf(name.to)));
  }
  const [target, ...more] = targets;
  if (target === undefined) return left(base, "nothing is declared in it");
  if (more.length > 0) return left(base, `its classes lie in several namespaces of the shim: ${[...targets].join(", ")}`);
  if (target === "") return left(base, "its classes lie in no namespace of the shim");
  const last = lastWordToken(text, block);
  return { ...base, edits: [editOf(text, block.wordToken, last, target), ...edits], left: null };
}

function editOf({ stream }: SourceText, first: number, last: number, text: string): Edit {
  return { start: stream.starts[first] as number, end: stream.ends[last] as number, text };
}

function lastWordToken(text: SourceText, block: Scope): number {
  let at = block.open - 1;
  while (text.word(at) === "") at--;
  return at;
}

/** Whether nothing but the namespaces stands in the block. */
function isOnly(text: SourceText, block: Scope, inner: readonly Scope[]): boolean {
  for (let i = block.open + 1; i < block.close; i++) {
    const within = inner.some((one) => one.head <= i && i <= one.close);
    if (!within && text.stream.kinds[i] !== KIND.directive && text.stream.kinds[i] !== KIND.directiveEnd) return false;
  }
  return true;
}
