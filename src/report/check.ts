/** Owns the check of two trees or builds as terminal text. */
import type { CheckResult } from "../model/check.js";
import { painter, printable } from "../support/style.js";
import { count, plural } from "./figures.js";
import { type Page, paragraph, sectionTable } from "./text/section.js";

export function checkText(check: CheckResult, options: { readonly color: boolean; readonly width: number }): string {
  const page: Page = { paint: painter(options.color), width: Math.min(140, Math.max(80, options.width)) };
  const blocks = [sides(check, page), clashes(check, page), work(check, page), next(check, page)];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function sides({ kind, sides: both }: CheckResult, page: Page): string[] {
  const isTree = kind === "trees";
  const columns = [
    { head: isTree ? "tree" : "build", narrow: "wrap", least: 20 },
    { head: isTree ? "files" : "objects", align: "right" },
    { head: isTree ? "global names" : "names", align: "right" },
    ...(isTree ? [{ head: "tokens to rename", align: "right" } as const, { head: "namespaces", narrow: "wrap", least: 12 } as const] : []),
  ] as const;
  const rows = both.map(({ path, units, names, edits, namespaces }) => [
    printable(path),
    count(units),
    count(names),
    ...(isTree ? [count(edits), printable(namespaces.join(", "))] : []),
  ]);
  return sectionTable(page, columns, rows);
}

function clashes({ clashes: list }: CheckResult, page: Page): string[] {
  if (list.length === 0) return [page.paint("good", "✔ no name of one is a name of the other")];
  const total = list.reduce((sum, entry) => sum + entry.count, 0);
  return [
    page.paint("bad", `✖ ${plural(total, "name")} of both would meet in one program`),
    ...list.flatMap(({ what, count: size, examples }) => [
      ...paragraph(page, what, `${count(size).padStart(7)}  `, 2, 9),
      ...paragraph(page, examples.join("; "), page.paint("muted", "such as "), 11, 8),
    ]),
  ];
}

function work({ work: list, minutes }: CheckResult, page: Page): string[] {
  if (list.length === 0) return [page.paint("good", "✔ isolation needs nobody's decision here")];
  return [
    page.paint("warn", `▲ about ${hours(minutes)} of a person's work, by rules of thumb`),
    ...list.flatMap(({ what, count: size, minutes: own, examples }) => [
      ...paragraph(page, `${what.replace(/\.$/, "")}: ${hours(own)}`, `${count(size).padStart(7)}  `, 2, 9),
      ...paragraph(page, examples.join("; "), page.paint("muted", "such as "), 11, 8),
    ]),
  ];
}

function hours(minutes: number): string {
  return minutes < 90 ? plural(minutes, "minute") : plural(Math.round(minutes / 60), "hour");
}

function next({ next: commands }: CheckResult, page: Page): string[] {
  return [page.paint("strong", "Next"), ...commands.map((command) => `  ${printable(command)}`)];
}
