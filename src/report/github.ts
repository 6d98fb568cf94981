/** Owns the report as GitHub Actions annotations: workflow commands on stdout. */
import type { RunReport } from "../model/report.js";
import type { Problem } from "./problem.js";
import { problemsOf } from "./problems.js";

export function githubReport(report: RunReport): string {
  return githubAnnotations(problemsOf(report), report.tool.name, report.headline);
}

/** One line per problem, worst first (GitHub shows ten per severity and step), then the headline. */
export function githubAnnotations(problems: readonly Problem[], tool: string, headline: string): string {
  const lines = [...problems.map(annotation), `::notice title=${property(tool)}::${data(headline)}`];
  return `${lines.join("\n")}\n`;
}

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

function annotation(problem: Problem): string {
  const place = problem.places.find((candidate) => candidate.member === null);
  const file = place === undefined ? "" : `file=${property(place.file)},`;
  return `::${COMMANDS[problem.severity]} ${file}title=${property(`${problem.rule}: ${problem.subject}`)}::${data(problem.message)}`;
}

/** Escapes of the workflow-command format: %, CR and LF; in properties also : and , */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
