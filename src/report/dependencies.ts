/** Owns the dependencies removed and added, in all reports. */
import type { Dependency, DependencyChanges } from "../model/dependencies.js";
import type { RunReport } from "../model/report.js";
import { count, plural } from "./figures.js";
import { dataTable, section } from "./html/parts.js";
import { html, type Html } from "./html/template.js";
import { details, md, mdTable } from "./markdown/escape.js";
import { type Section, paragraph } from "./text/section.js";

const TITLE = "Dependencies";
/** Named in the terminal; the other reports have all. */
const MOST = 12;

/** "2 removed, 1 added, 3 at another revision, 40 as before". */
export function dependencySentence({ removed, added, rolled, kept }: DependencyChanges): string {
  const parts = [`${count(removed.length)} removed`, `${count(added.length)} added`];
  if (rolled.length > 0) parts.push(`${count(rolled.length)} at another revision`);
  return `${parts.join(", ")}; ${plural(kept, "dependency", "dependencies")} in both releases`;
}

export const dependenciesSection: Section = {
  title: () => TITLE,
  lines: ({ dependencies }, page) => {
    if (dependencies === null) return [];
    const listed = (items: readonly Dependency[], lead: string): string[] =>
      items.length === 0 ? [] : paragraph(page, `${items.slice(0, MOST).map(shown).join(" · ")}${items.length > MOST ? " · …" : ""}`, lead);
    return [
      ...paragraph(page, dependencySentence(dependencies)),
      ...listed(dependencies.removed, `${page.paint("good", "−")} `),
      ...listed(dependencies.added, `${page.paint("info", "+")} `),
    ];
  },
};

export function dependenciesMarkdown({ dependencies }: RunReport): string {
  if (dependencies === null) return "";
  const head = `**Dependencies**: ${md(dependencySentence(dependencies))}`;
  const rows = rowsOf(dependencies).map((row) => row.map(md));
  return rows.length === 0 ? head : `${head}\n\n${details("Dependencies that changed", mdTable(HEADS, ["left", "left", "left"], rows))}`;
}

export function dependenciesPart({ dependencies }: RunReport): Html | null {
  if (dependencies === null) return null;
  const rows = rowsOf(dependencies);
  const table =
    rows.length === 0
      ? null
      : dataTable(
          "Dependencies that changed",
          HEADS.map((text) => ({ text })),
          rows,
        );
  return section("dependencies", TITLE, dependencySentence(dependencies), html`${table}`);
}

const HEADS = ["Dependency", "Change", "Known by"];

function rowsOf({ removed, added, rolled }: DependencyChanges): string[][] {
  return [
    ...removed.map((each) => [each.name, "removed", knownBy(each)]),
    ...added.map((each) => [each.name, "added", knownBy(each)]),
    ...rolled.map(({ name, from, to }) => [name, `${from.slice(0, 12)} → ${to.slice(0, 12)}`, "DEPS"]),
  ];
}

function shown(dependency: Dependency): string {
  return `${dependency.name} (${knownBy(dependency)})`;
}

function knownBy({ how, at }: Dependency): string {
  return how === "compiled" ? `${plural(Number(at), "file")} compiled` : how;
}
