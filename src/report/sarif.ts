/** Owns the report as SARIF 2.1.0 (OASIS standard, sarif-v2.1.0-os), for code scanning. */
import type { RunReport } from "../model/report.js";
import type { Problem, RuleId } from "./problem.js";
import { RULES, problemsOf } from "./problems.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
const RULE_IDS = Object.keys(RULES).toSorted() as RuleId[];

export function sarifReport(report: RunReport): string {
  return sarifLog({
    tool: report.tool,
    id: `${report.tool.name}/${report.library}/${report.from}-${report.to}`,
    properties: { headline: report.headline, notChecked: report.notChecked },
    problems: problemsOf(report),
  });
}

export interface SarifRun {
  readonly tool: { readonly name: string; readonly version: string };
  /** Tells runs apart that code scanning keeps side by side. */
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

export function sarifLog({ tool, id, properties, problems }: SarifRun): string {
  const run = {
    tool: { driver: { name: tool.name, version: tool.version, rules: RULE_IDS.map(ruleOf) } },
    automationDetails: { id },
    columnKind: "utf16CodeUnits",
    properties,
    results: problems.map(resultOf),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function ruleOf(id: RuleId) {
  return { id, shortDescription: { text: RULES[id] } };
}

function resultOf(problem: Problem) {
  return {
    ruleId: problem.rule,
    ruleIndex: RULE_IDS.indexOf(problem.rule),
    level: problem.severity,
    message: { text: problem.message },
    locations: locationsOf(problem),
    partialFingerprints: { "unforkProblem/v1": problem.id },
  };
}

/** A result about an archive names the object as a logical location inside it (SARIF §3.33). */
function locationsOf(problem: Problem) {
  if (problem.places.length === 0) return [{ logicalLocations: [{ name: problem.subject }] }];
  return problem.places.map(({ file, member }) => ({
    physicalLocation: { artifactLocation: { uri: uriOf(file) } },
    logicalLocations: [
      {
        name: problem.subject,
        ...(problem.mangled === null ? {} : { decoratedName: problem.mangled }),
        ...(member === null ? {} : { fullyQualifiedName: `${member}#${problem.subject}` }),
      },
    ],
  }));
}

/** A relative path as a relative URI reference (RFC 3986 §4.2), an absolute one as file://. */
function uriOf(path: string): string {
  const encoded = path
    .replaceAll(/\p{Surrogate}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}
