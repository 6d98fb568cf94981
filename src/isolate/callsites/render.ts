/** Owns the report of call sites as SARIF 2.1.0 (OASIS sarif-v2.1.0-os) and as workflow commands of GitHub Actions. */
import type { CallsiteFinding, CallsitesReport } from "../../model/isolation-callsites.js";
import { toolVersion } from "../../support/version.js";
import { CONSTRUCTS } from "./finding.js";

export function callsitesSarif(report: CallsitesReport): string {
  const rules = CONSTRUCTS.map((id) => ({ id: `callsite/${id}`, shortDescription: { text: `call site: ${id}` } }));
  const driver = { name: "unfork", version: toolVersion(), rules };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results: report.findings.map(sarifResult) };
  return JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2);
}

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

function sarifResult({ file, line, column, severity, construct, why, edit }: CallsiteFinding) {
  const artifactLocation = { uri: uriOf(file) };
  return {
    ruleId: `callsite/${construct}`,
    level: severity,
    message: { text: why },
    locations: [{ physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } } }],
    ...(edit === null
      ? {}
      : { fixes: [{ artifactChanges: [{ artifactLocation: { uri: uriOf(edit.file) }, replacements: [replacement(edit)] }] }] }),
  };
}

/** By bytes (SARIF §3.30.11), so that the encoding of the file does not matter. */
function replacement({ start, end, text }: NonNullable<CallsiteFinding["edit"]>) {
  return { deletedRegion: { byteOffset: start, byteLength: end - start }, insertedContent: { text } };
}

function uriOf(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

export function callsitesGithub(report: CallsitesReport): string {
  return report.findings
    .map(({ file, line, column, severity, construct, why }) => {
      const command = severity === "note" ? "notice" : severity;
      return `::${command} file=${property(file)},line=${line},col=${column},title=${construct}::${escaped(why)}`;
    })
    .join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
