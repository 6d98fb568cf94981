/** Owns the security fixes in the Markdown report. */
import type { RunReport } from "../../model/report.js";
import { count, plural } from "../figures.js";
import { securitySentence } from "../security-fixes.js";
import { details, md, mdTable } from "./escape.js";

const MOST = 200;

export function securityPart({ security }: RunReport): string {
  if (security === null) return "";
  const head = `**Security**: ${md(securitySentence(security))}`;
  if (security.status === "unknown" || security.fixes.length === 0) return head;
  const rows = security.fixes.slice(0, MOST).map(({ id, what, component, version }) => [id, md(what), md(component), md(version)]);
  const rest = security.fixes.length > MOST ? `\n\nand ${count(security.fixes.length - MOST)} more: see report.html` : "";
  const table = mdTable(["fix", "what", "component", "since"], ["left", "left", "left", "left"], rows);
  return `${head}\n\n${details(plural(security.fixes.length, "fix", "fixes"), table + rest)}`;
}
