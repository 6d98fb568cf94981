/** Owns the report as SARIF 2.1.0 (OASIS standard, sarif-v2.1.0-os), for code scanning. */
import type { RunReport } from "../model/report.js";
import { RULES, problemsOf, type Problem, type RuleId } from "./problems.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
const RULE_IDS = Object.keys(RULES).toSorted() as RuleId[];

export function sarifReport(report: RunReport): string {
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [runOf(report)] }, null, 2)}\n`;
}

function runOf(report: RunReport) {
  return {
    tool: { driver: { name: report.tool.name, version: report.tool.version, rules: RULE_IDS.map(ruleOf) } },
    automationDetails: { id: `${report.tool.name}/${report.library}/${report.from}-${report.to}` },
    columnKind: "utf16CodeUnits",
    properties: { headline: report.headline, notChecked: report.notChecked },
    results: problemsOf(report).map(resultOf),
  };
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
