/** Owns a stand-alone audit as terminal text: what was read, findings by category, what the lists cover, what comes next. */
import { FINDING_CATEGORIES, type AuditResult, type Finding, findingCategorySchema } from "../../model/audit.js";
import { painter, printable } from "../../support/style.js";
import { count, plural } from "../figures.js";
import { SEVERITY_ORDER, commonScopes } from "../order.js";
import { type Page, marked, paragraph, sectionTable } from "../text/section.js";
import { SEVERITY_MARKS } from "../vocabulary.js";
import { countsLine } from "./headline.js";

export interface AuditTextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Every finding, and all its places. */
  readonly verbose: boolean;
}

/** Findings of one category that are shown without --verbose. */
const SHOWN = 5;
const PLACES = 4;

export function auditText(audit: AuditResult, options: AuditTextOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(140, Math.max(80, options.width)) };
  const blocks = [
    symbolTable(audit, page),
    ...categoryBlocks(audit, page, options.verbose),
    sharedTable(audit, page),
    probeLines(audit, page),
    notChecked(audit, page),
    verdict(audit, page),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const CLASSES = ["strong", "weak", "unique", "common", "local", "undefined"] as const;

function symbolTable(audit: AuditResult, page: Page): string[] {
  const heads = ["flavor", "objects", "names", ...CLASSES].map((head, index) => ({
    head,
    align: index === 0 ? ("left" as const) : ("right" as const),
  }));
  const rows = audit.flavors.map(({ name, objects, definedNames, symbols }) => [
    printable(name),
    ...[objects, definedNames, ...CLASSES.map((key) => symbols[key])].map(count),
  ]);
  return sectionTable(page, heads, rows);
}

/** Categories with the gravest finding first, in the model's order. */
function categoryBlocks(audit: AuditResult, page: Page, verbose: boolean): string[][] {
  const categories = findingCategorySchema.options.flatMap((category) => {
    const findings = audit.findings.filter((finding) => finding.category === category);
    return findings.length === 0 ? [] : [{ category, findings }];
  });
  const rank = ({ findings }: (typeof categories)[number]): number =>
    Math.min(...findings.map(({ severity }) => SEVERITY_ORDER.indexOf(severity)));
  return categories.toSorted((a, b) => rank(a) - rank(b)).map(({ category, findings }) => block(category, findings, page, verbose));
}

function block(category: Finding["category"], findings: readonly Finding[], page: Page, verbose: boolean): string[] {
  const [first] = findings as [Finding, ...Finding[]];
  const head = `${marked(page, SEVERITY_MARKS[first.severity])}  ${page.paint("strong", category)}  ${sizes(findings)}`;
  const about = paragraph(page, FINDING_CATEGORIES[category].about);
  const scopes = findings.length > SHOWN ? paragraph(page, scopesLine(findings), page.paint("muted", "in: ")) : [];
  if (first.severity === "note" && !verbose) return [head, ...about, ...scopes];
  const shown = verbose ? findings : findings.slice(0, SHOWN);
  const rest = findings.length - shown.length;
  const oneFix = isOne(shown.map(({ fix }) => fix));
  const oneWhy = shown.length > 1 && isOne(shown.map(({ why }) => why));
  return [
    head,
    ...about,
    ...scopes,
    ...shown.flatMap((finding) => findingLines(finding, page, { oneFix, oneWhy, verbose })),
    ...(oneWhy ? paragraph(page, first.why, page.paint("muted", "why: ")) : []),
    ...(oneFix ? paragraph(page, first.fix, page.paint("muted", "fix: ")) : []),
    ...(rest > 0 ? paragraph(page, `… and ${count(rest)} more (--verbose shows all)`) : []),
  ];
}

/** "2,081"; of more than one severity "2,081 (118 errors, 1,963 warnings)". */
function sizes(findings: readonly Finding[]): string {
  const parts = SEVERITY_ORDER.flatMap((severity) => {
    const size = findings.filter((finding) => finding.severity === severity).length;
    return size === 0 ? [] : [plural(size, severity)];
  });
  return parts.length === 1 ? count(findings.length) : `${count(findings.length)} (${parts.join(", ")})`;
}

/** "webrtc 2,104, C and assembler 409, rtc 31, elsewhere 12": where to begin. */
function scopesLine(findings: readonly Finding[]): string {
  const scopes = commonScopes(findings, MOST_SCOPES);
  const rest = findings.length - scopes.reduce((sum, { size }) => sum + size, 0);
  const parts = scopes.map(({ key, size }) => `${key} ${count(size)}`);
  return [...parts, ...(rest > 0 ? [`${parts.length === 0 ? "as many scopes:" : "elsewhere"} ${count(rest)}`] : [])].join(", ");
}

const MOST_SCOPES = 6;

/** What is said once for all findings that are shown. */
interface Said {
  readonly oneFix: boolean;
  readonly oneWhy: boolean;
  readonly verbose: boolean;
}

function isOne(texts: readonly string[]): boolean {
  return new Set(texts).size === 1;
}

function findingLines(finding: Finding, page: Page, { oneFix, oneWhy, verbose }: Said): string[] {
  const mark = SEVERITY_MARKS[finding.severity];
  const places = verbose ? finding.flavors : finding.flavors.slice(0, PLACES);
  const more = finding.flavors.length - places.length;
  const where =
    places.map(({ flavor, member, file }) => `${flavor} ${member ?? file}`).join(", ") + (more > 0 ? ` and ${count(more)} more` : "");
  return [
    ...paragraph(page, finding.demangled, `${page.paint(mark.tone, mark.glyph)} `, 2, 2),
    ...paragraph(page, where, page.paint("muted", "in "), 6, 3),
    ...(oneWhy ? [] : paragraph(page, finding.why, "", 6)),
    ...(oneFix ? [] : paragraph(page, finding.fix, page.paint("muted", "fix: "), 6, 5)),
  ];
}

function sharedTable({ shared }: AuditResult, page: Page): string[] {
  if (shared.length === 0) return [];
  const columns = [
    { head: "may be shared", narrow: "cut", least: 12 },
    { head: "names of both", align: "right" },
    { head: "bodies differ", align: "right" },
    { head: "of one", align: "right" },
    { head: "reason", narrow: "wrap", least: 14 },
  ] as const;
  const rows = shared.map((entry) => [
    printable(entry.pattern),
    entry.names + entry.ofOne === 0 ? page.paint("warn", "▲ covers nothing") : count(entry.names),
    entry.differentBodies === 0 ? "0" : page.paint("warn", `▲ ${count(entry.differentBodies)}`),
    count(entry.ofOne),
    printable(entry.reason),
  ]);
  return sectionTable(page, columns, rows);
}

function probeLines({ probe }: AuditResult, page: Page): string[] {
  if (probe === undefined) return [];
  if (probe.linked && probe.types + probe.variables === 0)
    return [page.paint("muted", "• probe: no type and no inline variable of both that a program could be asked about")];
  const asked = `${plural(probe.types, "type")} and ${plural(probe.variables, "variable")} of both, built by ${probe.compiler} and run`;
  if (!probe.linked) return [page.paint("bad", "✖ probe: the flavors do not link into one program"), ...paragraph(page, probe.detail)];
  const broken = probe.broken === 0 ? "" : `; ${plural(probe.broken, "type")} could not be asked`;
  if (probe.crossings.length === 0)
    return [page.paint("good", `✔ probe: no cast, no catch clause, no inline variable crosses: ${asked}${broken}`)];
  const head = page.paint("bad", `✖ probe: ${plural(probe.crossings.length, "crossing")}: ${asked}${broken}`);
  const shown = probe.crossings.slice(0, MOST_CROSSINGS).flatMap(({ kind, name }) => paragraph(page, name, `${kind} `, 2));
  return [head, ...shown, ...moreCrossings(probe.crossings.length, page)];
}

const MOST_CROSSINGS = 10;

function moreCrossings(size: number, page: Page): string[] {
  return size > MOST_CROSSINGS ? paragraph(page, `… and ${count(size - MOST_CROSSINGS)} more (--json has all)`) : [];
}

function notChecked({ notChecked: list = [] }: AuditResult, page: Page): string[] {
  return list.flatMap((what) => paragraph(page, what, page.paint("muted", "not checked: "), 0));
}

function verdict(audit: AuditResult, page: Page): string[] {
  const worst = SEVERITY_ORDER.find((severity) => audit.findings.some((finding) => finding.severity === severity));
  const isClean = worst === undefined || worst === "note";
  const { baseline } = audit;
  return [
    page.paint(isClean ? "good" : worst === "error" ? "bad" : "warn", `${isClean ? "✔" : "✖"} ${countsLine(audit)}`),
    ...(baseline !== undefined && baseline.gone > 0
      ? [
          `  ${plural(baseline.gone, "finding")} of the baseline ${baseline.gone === 1 ? "is" : "are"} gone: make it anew by \`unfork audit baseline\``,
        ]
      : []),
  ];
}
