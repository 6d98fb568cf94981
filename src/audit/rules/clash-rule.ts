/** Owns what the six rules for names that two flavors define have in common: what the shared list answers for, and what to do. */
import { bodiesDiffer } from "../bodies.js";
import type { ClashCategory } from "../clash.js";
import type { Evidence } from "../evidence.js";
import type { Found, Rule } from "../rule.js";

interface ClashText {
  readonly category: ClashCategory;
  /** What happens in one program. */
  readonly why: string;
}

export function clashRule({ category, why }: ClashText): Rule {
  return {
    category,
    find: (evidence) =>
      [...evidence.clashes()].flatMap(([symbol, clash]) => {
        const found = judge(evidence, symbol, clash, why);
        return found === undefined || (found.as ?? clash) !== category ? [] : [found.found];
      }),
  };
}

interface Judged {
  /** The category under which it is told, where that is not the clash itself. */
  readonly as?: ClashCategory;
  readonly found: Found;
}

function judge(evidence: Evidence, symbol: string, clash: ClashCategory, why: string): Judged | undefined {
  const cover = evidence.list.coverOf(symbol, evidence.nameOf(symbol));
  if (cover === "open") return { found: { symbol, why: areLinked(evidence, symbol) ? FIRST_LOADED : why, fix: clashFix(symbol) } };
  if (clash === "strong-clash") return { found: { symbol, severity: "warning", ...SHARED_TWICE } };
  if (cover === "named" || !bodiesDiffer(evidence.bodies(), symbol)) return undefined;
  const found: Found = cover === "toolchain" ? { symbol, severity: "warning", ...TOOLCHAIN_DIFFERS } : { symbol, ...PATTERN_DIFFERS };
  return { as: "weak-clash", found };
}

/** Whether shared libraries and executables alone define the name: what concerns the linker is done with. */
function areLinked({ flavors }: Evidence, symbol: string): boolean {
  return flavors.every(({ definitions, objects }) =>
    (definitions.get(symbol) ?? []).every(({ object }) => objects[object]?.kind !== "relocatable"),
  );
}

const FIRST_LOADED = "linked files of both flavors export it: that of the one which is loaded first serves both, and nothing says so";

const SHARED_TWICE = {
  why: "declared as shared, but both flavors bring their own: the link fails as soon as both objects are needed",
  fix: "build the shared module once and leave it out of one flavor's archive",
};

const TOOLCHAIN_DIFFERS = {
  why: "the toolchain's own, but no body of one flavor equals any of the other: the linker keeps one for both",
  fix: "build both flavors with the same compiler, standard library and flags",
};

const PATTERN_DIFFERS = {
  why: "a pattern declares it as shared, but no body of one flavor equals any of the other: the linker keeps one for both",
  fix: "build both flavors with one version of the shared module, or isolate it; if one body may serve both, declare this name by itself with the reason",
};

/** What to do about a name that both define. */
export function clashFix(symbol: string): string {
  return symbol.startsWith("_Z")
    ? "isolate the namespace or the global class it belongs to, or those that its template arguments name; or declare it as shared with a reason"
    : "add the name to the isolated C names, make it static, or declare it as shared with a reason";
}
