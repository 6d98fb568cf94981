/** Owns the check of two builds: the audit of both, summed up for somebody with five minutes. */
import { auditFiles } from "../../audit/audit-files.js";
import { FINDING_CATEGORIES, type AuditResult, type Finding, type FindingCategory, findingCategorySchema } from "../../model/audit.js";
import type { CheckResult, WorkItem } from "../../model/check.js";
import { shellLine } from "../../support/shell-line.js";
import { clash, minutesOf, sortedWork, workItem } from "./work.js";

/** Minutes for each finding that isolation by itself does not mend. */
const MINUTES: Readonly<Partial<Record<FindingCategory, number>>> = {
  registry: 15,
  "shared-state": 10,
  "unresolved-cross": 20,
  "init-order": 2,
};

/** Clashes of names, which isolation mends without a person. */
const NAMES: readonly FindingCategory[] = [
  "strong-clash",
  "mixed-clash",
  "weak-clash",
  "common-clash",
  "unique-clash",
  "weak-same",
  "typeinfo-string",
  "layout",
];

export async function checkBuilds(one: string, other: string): Promise<CheckResult> {
  const flavors = [
    { name: "legacy", paths: [one] },
    { name: "latest", paths: [other] },
  ];
  const audit = await auditFiles({ flavors, common: [], allow: { shared: [], severity: {} } });
  const work = sortedWork(findingCategorySchema.options.flatMap((category) => workOf(audit, category)));
  return {
    kind: "builds",
    sides: audit.flavors.map(({ objects, definedNames }, index) => {
      return { path: index === 0 ? one : other, units: objects, names: definedNames, namespaces: [], edits: 0 };
    }),
    clashes: NAMES.map((category) => clash(`${category}: ${FINDING_CATEGORIES[category].about}`, shown(audit, category))).filter(
      ({ count }) => count > 0,
    ),
    work,
    minutes: minutesOf(work),
    next: [shellLine(["unfork", "audit", "--flavor", `legacy=${one}`, "--flavor", `latest=${other}`])],
  };
}

function workOf(audit: AuditResult, category: FindingCategory): WorkItem[] {
  const minutes = MINUTES[category];
  return minutes === undefined
    ? []
    : workItem(`${category} (${minutes} min each): ${FINDING_CATEGORIES[category].about}`, minutes, shown(audit, category));
}

function shown({ findings }: AuditResult, category: FindingCategory): string[] {
  return findings.flatMap((finding: Finding) => (finding.category === category ? [finding.demangled] : []));
}
