/** Owns the check of two source trees: what both name alike, what isolation would do, what it would leave to a person. */
import { scanTree } from "../../isolate/inventory/scan-tree.js";
import type { CheckResult, WorkItem } from "../../model/check.js";
import type { IsolationScan, StringClass } from "../../model/isolation-scan.js";
import { type IsolationPlan, isolationPlanSchema } from "../../model/isolation.js";
import { byText } from "../../support/order.js";
import { shellLine } from "../../support/shell-line.js";
import { clash, minutesOf, sortedWork, workItem } from "./work.js";

/** Minutes for each place that the text does not decide; for each construct and class of strings that must be looked at. */
const MINUTES = { undecided: 3, construct: 20, strings: 15 } as const;

/** Classes of strings by which two flavors meet at run time. */
const MEETING: ReadonlySet<StringClass> = new Set<StringClass>(["registry", "jni-class", "proto-path", "symbol", "cpp-name"]);

export async function checkTrees(one: string, other: string): Promise<CheckResult> {
  const plan: IsolationPlan = isolationPlanSchema.parse({});
  const first = await scanTree({ tree: one, plan });
  const second = await scanTree({ tree: other, plan });
  const work = sortedWork([...workOf(first, one), ...workOf(second, other)]);
  return {
    kind: "trees",
    sides: [first, second].map(sideOf),
    clashes: clashesOf(first, second),
    work,
    minutes: minutesOf(work),
    next: [
      shellLine(["unfork", "isolate", one, "--flavor", "legacy", "--out", "isolated/legacy"]),
      shellLine(["unfork", "isolate", other, "--flavor", "latest", "--out", "isolated/latest"]),
    ],
  };
}

function sideOf(scan: IsolationScan): CheckResult["sides"][number] {
  return {
    path: scan.tree,
    units: scan.files.code,
    names: scan.renames.names.length,
    namespaces: renamedNamespaces(scan),
    edits: scan.renames.edits,
  };
}

function renamedNamespaces({ namespaces }: IsolationScan): string[] {
  return namespaces.flatMap(({ name, verdict }) => (verdict === "renamed" ? [name] : [])).toSorted(byText);
}

function clashesOf(first: IsolationScan, second: IsolationScan): CheckResult["clashes"] {
  const kinds = new Map(second.renames.names.map(({ name, kind }) => [name, kind]));
  const both = first.renames.names.filter(({ name }) => kinds.has(name));
  const byKind = new Map<string, string[]>();
  for (const { name, kind } of both) byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  const theirs = new Set(renamedNamespaces(second));
  return [
    clash(
      "namespaces with definitions",
      renamedNamespaces(first).filter((name) => theirs.has(name)),
    ),
    ...[...byKind].toSorted(([a], [b]) => byText(a, b)).map(([kind, names]) => clash(`${kind} at global scope`, names)),
  ].filter(({ count }) => count > 0);
}

function workOf(scan: IsolationScan, of: string): WorkItem[] {
  const constructs = scan.constructs.filter(({ severity, count }) => count > 0 && (severity === "error" || severity === "warning"));
  const strings = scan.strings.filter((entry) => entry.count > 0 && MEETING.has(entry.class));
  return [
    ...workItem(
      `${of}: tokens that the text does not decide (${MINUTES.undecided} min each; a compile database settles most)`,
      MINUTES.undecided,
      scan.undecided.map(({ file, line, token }) => `${file}:${line} ${token}`),
    ),
    ...workItem(
      `${of}: constructs to look at (${MINUTES.construct} min each; unfork isolate scan shows the places)`,
      MINUTES.construct,
      constructs.map(({ title, count }) => `${title}: ${count}`),
    ),
    ...workItem(
      `${of}: registries and strings by which flavors meet (${MINUTES.strings} min a class)`,
      MINUTES.strings,
      strings.map((entry) => `${entry.title}: ${entry.distinct} texts`),
    ),
  ];
}
