/** Owns a finding of the audit as a problem. */
import { FINDING_CATEGORIES, type Finding, type FindingCategory, findingCategorySchema } from "../../model/audit.js";
import { printable } from "../../support/style.js";
import type { Problem } from "../problem.js";

/** Every category with the sentence that explains it. */
export const CATEGORY_RULES = Object.fromEntries(
  findingCategorySchema.options.map((category) => [category, FINDING_CATEGORIES[category].about]),
) as Readonly<Record<FindingCategory, string>>;

export function findingProblem(finding: Finding): Problem {
  const flavors = finding.flavors.map(({ flavor, member, file }) => `${flavor} in ${member ?? file}`).join(", ");
  return {
    id: finding.id,
    rule: finding.category,
    severity: finding.severity,
    subject: finding.demangled,
    message: printable(`${finding.demangled}: ${finding.why} (${flavors}). Fix: ${finding.fix}`),
    places: finding.flavors.map(({ file, member }) => ({ file, member })),
    mangled: finding.symbol,
  };
}
