/** Owns the stage that proves the two archives share no name outside the declared list. */
import { withoutIdle } from "../../audit/audit-files.js";
import { type AuditRequest, auditFlavors } from "../../audit/audit-flavors.js";
import { TOOLCHAIN_SHARED } from "../../audit/toolchain.js";
import { type AuditResult, type Finding } from "../../model/audit.js";
import { FLAVORS, type Flavor } from "../../model/build.js";
import { emit } from "../../support/bus.js";
import { UnforkError } from "../../support/errors.js";
import { unflavor } from "../../tokens/unflavor.js";
import { type Need, stageOutputSchemas } from "../outputs.js";
import { sharedModuleNames } from "../shared-modules.js";
import type { Project } from "../project.js";
import type { Stage } from "../stage.js";

export const auditStage: Stage<"audit"> = {
  id: "audit",
  title: "Audit the archives",
  output: stageOutputSchemas.audit,
  async inputs(project) {
    return project.config.shared;
  },
  paths: () => [],
  plan(project) {
    const shared = [
      "the toolchain's own library",
      ...project.config.shared.modules.map((module) => module.path),
      ...project.config.shared.symbols.map((entry) => entry.pattern),
    ];
    return [`compare every defined name of both archives; shared by declaration: ${shared.join(", ")}`];
  },
  async run({ project, output }) {
    const built = output("build");
    const isolated = output("isolate");
    const renamed = {
      legacy: [...isolated.legacy.namespaces, ...isolated.legacy.names],
      latest: [...isolated.latest.namespaces, ...isolated.latest.names],
    };
    const found = await auditBuilt(project, {
      flavors: FLAVORS.map((flavor) => ({ name: flavor, archives: built[flavor]?.archives ?? [] })),
      shared: [...TOOLCHAIN_SHARED, ...sharedModuleNames(project.config.shared.modules), ...project.config.shared.symbols],
      unflavor: (symbol, flavor) => unflavor(symbol, flavor, renamed[flavor as Flavor]),
      severities: { "weak-same": "error" },
    });
    const declared = new Set(project.config.shared.symbols.map((entry) => entry.pattern));
    const result = withoutIdle(found, (pattern) => declared.has(pattern));
    const errors = result.findings.filter((finding) => finding.severity === "error");
    for (const finding of result.findings)
      if (finding.severity !== "note") emit({ type: "finding", severity: finding.severity, message: lineOf(finding) });
    return { status: errors.length === 0 ? "done" : "failed", output: result, summary: summaryOf(result), needs: needsOf(errors) };
  },
};

/** An archive of ours that cannot be read was spoilt after it was built: the way out is to build it again. */
async function auditBuilt(project: Project, request: AuditRequest): Promise<AuditResult> {
  try {
    return await auditFlavors(request);
  } catch (error) {
    if (!(error instanceof UnforkError) || error.code !== "object-invalid") throw error;
    throw new UnforkError(error.code, error.message, {
      hint: `remove ${project.paths.build} and start again`,
      context: error.context,
      cause: error,
    });
  }
}

function summaryOf(result: AuditResult): string {
  const counts = result.flavors.map((flavor) => `${flavor.name} defines ${flavor.definedNames} names`).join(", ");
  return `${counts}; clashes ${result.clashesBefore} → ${result.clashes}`;
}

function needsOf(errors: readonly Finding[]): Need[] {
  return errors.slice(0, 10).map((finding) => ({ what: `${lineOf(finding)}: ${finding.fix}`, command: "unfork upgrade --from isolate" }));
}

function lineOf(finding: Finding): string {
  const places = finding.flavors.map(({ flavor, member, file }) => `${flavor} ${member ?? file}`);
  const shown = places.length > 4 ? [...places.slice(0, 4), `${places.length - 4} more`] : places;
  return `${finding.category}: ${finding.demangled} (${shown.join(", ")})`;
}
