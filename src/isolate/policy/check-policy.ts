/** Owns the contradictions that a policy shows by itself, before any tree is read. */
import type { IsolationPlan, NameRule } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { TRIGRAPH } from "../decide/edits.js";
import { type NameRules, nameRulesOf } from "../name-rules.js";

/** Throws `config-invalid` naming both rules of every contradiction; `where` is the file or key that holds the policy. */
export function checkPolicy(plan: IsolationPlan, where: string): void {
  const rules = nameRulesOf(plan);
  const found = [
    ...oppositeRules(plan),
    ...keptNamespaces(plan),
    ...exposedButKept(plan, rules),
    ...sharedButRenamed(plan, rules),
    ...settledTwice(plan),
    ...settledTrigraphs(plan),
  ];
  if (found.length === 0) return;
  throw new UnforkError(
    "config-invalid",
    `${where} contradicts itself${found.length === 1 ? "" : ` in ${found.length} places`}:\n${found.map((line) => `  ${line}`).join("\n")}`,
    {
      hint: "take one of the two rules out, or make one more specific: a plain name before a pattern, `files` before none",
      context: { file: where },
    },
  );
}

/** A trigraph is no name: it is read in the whole tree or not at all. A mangled name gets the flavor inside, not behind. */
function settledTrigraphs({ settle }: IsolationPlan): string[] {
  return settle.flatMap(({ token, as }, i) => {
    if (as !== "rename") return [];
    if (token === TRIGRAPH) return [`settle[${i}] renames a trigraph: say \`trigraphs: read\` instead`];
    return /^_{1,2}Z/.test(token) ? [`settle[${i}] renames a mangled name, whose digits change: replace it by \`patch\` instead`] : [];
  });
}

/** The same pattern in both lists, for files that overlap by a common glob. */
function oppositeRules({ rename, keep }: IsolationPlan): string[] {
  return rename.flatMap((a, i) =>
    keep.flatMap((b, j) =>
      a.match
        .filter((pattern) => b.match.includes(pattern) && sameFiles(a, b))
        .map((pattern) => `rename[${i}] renames '${pattern}' and keep[${j}] keeps '${pattern}'${because(a, b)}`),
    ),
  );
}

function sameFiles(a: NameRule, b: NameRule): boolean {
  return (a.files.length === 0 && b.files.length === 0) || a.files.some((glob) => b.files.includes(glob));
}

function because(a: NameRule, b: NameRule): string {
  const reasons = [a.reason, b.reason].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
}

function keptNamespaces({ namespaces, keep }: IsolationPlan): string[] {
  return namespaces.flatMap((name, i) =>
    keep.flatMap((rule, j) => {
      const keeps = rule.files.length === 0 && nameRulesOf({ rename: [], keep: [rule] }).everywhere(name) === "keep";
      return keeps ? [`namespaces[${i}] renames '${name}' and keep[${j}] keeps it`] : [];
    }),
  );
}

/** Only what is renamed has an old spelling to be exposed under. */
function exposedButKept({ expose, keep, share }: IsolationPlan, rules: NameRules): string[] {
  return expose.flatMap((rule, i) =>
    rule.match.flatMap((pattern) => {
      const name = pattern.split("::")[0] as string;
      const sharer = share.findIndex(({ namespaces }) => namespaces.includes(name));
      if (sharer >= 0) return [`expose[${i}] exposes '${pattern}' and share[${sharer}] leaves '${name}' un-renamed`];
      const keeper = keep.findIndex(({ match, files }) => files.length === 0 && match.includes(name));
      const verdict = /[*?]|^\//.test(name) ? undefined : rules.everywhere(name);
      const at =
        keeper >= 0
          ? keeper
          : verdict === "keep"
            ? keep.findIndex((one) => nameRulesOf({ rename: [], keep: [one] }).everywhere(name) === "keep")
            : -1;
      return at < 0 ? [] : [`expose[${i}] exposes '${pattern}' under its old name and keep[${at}] keeps '${name}' as it is`];
    }),
  );
}

function sharedButRenamed({ share, namespaces, rename }: IsolationPlan, rules: NameRules): string[] {
  return share.flatMap((rule, i) =>
    rule.namespaces.flatMap((name) => {
      const listed = namespaces.indexOf(name);
      if (listed >= 0) return [`share[${i}] leaves '${name}' of ${rule.path} un-renamed and namespaces[${listed}] renames it`];
      if (rules.everywhere(name) !== "rename") return [];
      const renamer = rename.findIndex((one) => nameRulesOf({ rename: [one], keep: [] }).everywhere(name) === "rename");
      return [`share[${i}] leaves '${name}' of ${rule.path} un-renamed and rename[${renamer}] renames it`];
    }),
  );
}

function settledTwice({ settle }: IsolationPlan): string[] {
  return settle.flatMap((a, i) =>
    settle.flatMap((b, j) => {
      const same = j > i && a.token === b.token && a.file === b.file && a.line === b.line && a.as !== b.as;
      return same
        ? [
            `settle[${i}] says '${a.as}' and settle[${j}] says '${b.as}' of '${a.token}' in ${a.file}${a.line === undefined ? "" : `:${a.line}`}`,
          ]
        : [];
    }),
  );
}
