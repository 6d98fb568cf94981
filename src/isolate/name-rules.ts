/** Owns which of a policy's rules over names wins: one limited to files before one for all, a plain name before a pattern. */
import type { NameRule } from "../model/isolation.js";
import { anyNameGlob } from "../support/glob.js";
import { anyPathGlob } from "./path-glob.js";

export type Verdict = "rename" | "keep";

/** A rule of the policy with its place there, as in `keep[2]`. */
export interface PlacedRule {
  readonly verdict: Verdict;
  readonly place: string;
  readonly rule: NameRule;
}

/** Two rules that say the opposite of one name and neither of which is more specific. */
export interface Contradiction {
  readonly name: string;
  readonly rules: readonly [PlacedRule, PlacedRule];
}

export interface NameRules {
  /** What the rules for all files say, or undefined when none matches. */
  readonly everywhere: (name: string) => Verdict | undefined;
  /** Whether a rule limited to some files renames the name there. */
  readonly renamedSomewhere: (name: string) => boolean;
  /** What the rules limited to files that match this path say; undefined when no rule is limited to them. */
  readonly inFile: (path: string) => ((name: string) => Verdict | undefined) | undefined;
  /** The rules limited to some files that match the name, as in `keep[2]`. */
  readonly limitedTo: (name: string) => readonly string[];
  readonly contradiction: (name: string) => Contradiction | undefined;
}

interface TestedRule extends PlacedRule {
  readonly plain: ReadonlySet<string>;
  readonly matches: (name: string) => boolean;
  readonly covers: (path: string) => boolean;
}

/** The rules `rename` and `keep` of a policy. */
export function nameRulesOf(plan: { readonly rename: readonly NameRule[]; readonly keep: readonly NameRule[] }): NameRules {
  const rules = [...plan.rename.map(placed("rename")), ...plan.keep.map(placed("keep"))].map(tested);
  const wide = rules.filter(({ rule }) => rule.files.length === 0);
  const limited = rules.filter(({ rule }) => rule.files.length > 0);
  return {
    everywhere: (name) => winner(wide, name)?.verdict,
    renamedSomewhere: (name) => limited.some(({ verdict, matches }) => verdict === "rename" && matches(name)),
    inFile: (path) => {
      const here = limited.filter(({ covers }) => covers(path));
      return here.length === 0 ? undefined : (name) => winner(here, name)?.verdict;
    },
    limitedTo: (name) => limited.filter(({ matches }) => matches(name)).map(({ place }) => place),
    contradiction: (name) => contradictionOf(wide, name) ?? contradictionOf(limited, name),
  };
}

function placed(verdict: Verdict): (rule: NameRule, index: number) => PlacedRule {
  return (rule, index) => ({ verdict, place: `${verdict}[${index}]`, rule });
}

function tested(placedRule: PlacedRule): TestedRule {
  const { match, files } = placedRule.rule;
  return {
    ...placedRule,
    plain: new Set(match.filter((pattern) => !/[*?]|^\//.test(pattern))),
    matches: anyNameGlob(match),
    covers: anyPathGlob(files),
  };
}

/** A plain name before a pattern; of equals `keep`, which is refused as a contradiction where a policy is checked. */
function winner(rules: readonly TestedRule[], name: string): TestedRule | undefined {
  const matching = rules.filter(({ matches }) => matches(name));
  const plain = matching.filter((rule) => rule.plain.has(name));
  const best = plain.length > 0 ? plain : matching;
  return best.find(({ verdict }) => verdict === "keep") ?? best[0];
}

function contradictionOf(rules: readonly TestedRule[], name: string): Contradiction | undefined {
  const matching = rules.filter(({ matches }) => matches(name));
  const plain = matching.filter((rule) => rule.plain.has(name));
  const best = plain.length > 0 ? plain : matching;
  const rename = best.find(({ verdict }) => verdict === "rename");
  const keep = best.find(({ verdict, rule }) => verdict === "keep" && (rule.files.length === 0 || overlaps(rule, rename?.rule)));
  return rename === undefined || keep === undefined ? undefined : { name, rules: [rename, keep] };
}

/** Whether two rules limited to files are so by a common glob; globs that merely may meet are told apart file by file. */
function overlaps(a: NameRule, b: NameRule | undefined): boolean {
  return b !== undefined && a.files.some((glob) => b.files.includes(glob));
}
