/** Owns what a policy shows on a tree: names that two rules claim, rules that match nothing. */
import type { IsolationPlan } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { nameGlob } from "../../support/glob.js";
import { nameRulesOf } from "../name-rules.js";
import { anyPathGlob } from "../path-glob.js";

/** What the tree holds for the rules to match. */
export interface MatchableTree {
  /** Paths of all files. */
  readonly files: readonly string[];
  /** Identifiers that a `rename` pattern matches anywhere. */
  readonly matching: readonly string[];
  /** Names that would be renamed without any `keep`: external namespaces and what the tree defines. */
  readonly external: readonly string[];
}

/** Throws `config-invalid` when two rules of equal weight claim a name of the tree. */
export function refuseContradictions(plan: IsolationPlan, { matching, external }: MatchableTree): void {
  if (plan.rename.length === 0 || plan.keep.length === 0) return;
  const rules = nameRulesOf(plan);
  const found = [...new Set([...matching, ...external])].toSorted().flatMap((name) => rules.contradiction(name) ?? []);
  if (found.length === 0) return;
  const lines = found
    .slice(0, 5)
    .map(
      ({ name, rules: [a, b] }) =>
        `  '${name}': ${a.place} (${a.rule.match.join(", ")}) renames it, ${b.place} (${b.rule.match.join(", ")}) keeps it`,
    );
  const more = found.length > 5 ? `\n  and ${found.length - 5} more` : "";
  throw new UnforkError(
    "config-invalid",
    `the policy contradicts itself on ${found.length === 1 ? "a name" : `${found.length} names`} of the tree:\n${lines.join("\n")}${more}`,
    {
      hint: "make one of the rules more specific: a plain name before a pattern, `files` before none",
    },
  );
}

/** One line per pattern and glob that matches nothing. */
export function idleRules(plan: IsolationPlan, tree: MatchableTree): string[] {
  const names = [
    ...plan.rename.flatMap(({ match }, index) => idlePatterns(`rename[${index}]`, match, tree.matching, "no identifier of the tree")),
    ...plan.keep.flatMap(({ match }, index) =>
      idlePatterns(`keep[${index}]`, match, [...tree.external, ...tree.matching], "nothing that would be renamed"),
    ),
  ];
  return [...names, ...idleGlobs(plan, tree.files)];
}

function idlePatterns(place: string, patterns: readonly string[], names: readonly string[], what: string): string[] {
  return patterns.filter((pattern) => !names.some(nameGlob(pattern))).map((pattern) => `${place} '${pattern}' matches ${what}`);
}

function idleGlobs(plan: IsolationPlan, files: readonly string[]): string[] {
  const limited = (["rename", "keep", "expose", "strings", "patch"] as const).flatMap((key) =>
    plan[key].flatMap((rule, index) => rule.files.map((glob): [string, string] => [`${key}[${index}].files`, glob])),
  );
  const shared = new Set(plan.share.map(({ path }) => `${path}/**`));
  const globs: [string, string][] = [
    ...plan.files.map((glob, index): [string, string] => [`files[${index}]`, glob]),
    ...plan.exclude.map((glob, index): [string, string] => [`exclude[${index}]`, glob]).filter(([, glob]) => !shared.has(glob)),
    ...plan.share.map(({ path }, index): [string, string] => [`share[${index}]`, `${path}/**`]),
    ...plan.settle.map(({ file }, index): [string, string] => [`settle[${index}].file`, file]),
    ...limited,
  ];
  return globs.filter(([, glob]) => !files.some(anyPathGlob([glob]))).map(([place, glob]) => `${place} '${glob}' matches no file`);
}
