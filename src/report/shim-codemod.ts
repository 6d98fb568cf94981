/** Owns what a codemod did as terminal text: the counts, files that went back, what stays and why. */
import type { CodemodLeft, CodemodPlace, ShimCodemod } from "../model/shim-codemod.js";
import { groupBy } from "../support/group-by.js";
import { painter, printable } from "../support/style.js";
import { count, plural } from "./figures.js";
import { type Page, paragraph } from "./text/section.js";

/** Places of one name, and sites of one reason, that are shown without --verbose. */
const SHOWN = 5;

export interface CodemodTextOptions {
  readonly color: boolean;
  readonly width: number;
  readonly verbose: boolean;
}

export function shimCodemodText(report: ShimCodemod, { color, width, verbose }: CodemodTextOptions): string {
  const page: Page = { paint: painter(color), width: Math.min(140, Math.max(80, width)) };
  const blocks = [
    head(report, page),
    back(report, page),
    list("Missing in the shim", report.missing, page, verbose),
    list("Uses of one flavor", report.flavors, page, verbose),
    list("Collisions", report.collisions, page, verbose),
    undecided(report.left, page, verbose),
  ];
  return `${blocks.flatMap((lines) => (lines.length === 0 ? [] : [lines.join("\n")])).join("\n\n")}\n`;
}

function head({ sites, files, read, applied, compiled }: ShimCodemod, page: Page): string[] {
  const changed = files.filter(({ status }) => status === "changed" || status === "would change").length;
  const verb = applied ? "moved" : "would move";
  const mark = sites.left === 0 ? page.paint("good", "✔") : page.paint("warn", "▲");
  const check = applied
    ? compiled
      ? "each compiled before and after"
      : "not compiled: give --compile-commands"
    : "nothing is written without --apply";
  return [
    `${mark} ${count(sites.kept)} of ${plural(sites.all, "call site")} ${verb} (${sites.percent} %), ${count(sites.left)} stay; ${plural(changed, "file")} of ${count(read)}, ${check}`,
    ...(sites.already === 0 ? [] : [page.paint("muted", `  ${plural(sites.already, "name")} of the shim stood there already`)]),
  ];
}

function back({ files }: ShimCodemod, page: Page): string[] {
  const those = files.filter(({ status }) => status === "reverted" || status === "not compiling");
  if (those.length === 0) return [];
  return [page.paint("strong", "Taken back or not touched"), ...those.flatMap((file) => backLines(file, page))];
}

function backLines({ file, status, error, sites }: ShimCodemod["files"][number], page: Page): string[] {
  const lead = page.paint("bad", status === "reverted" ? "✖ reverted " : "✖ did not compile before ");
  return [...paragraph(page, `${file} (${plural(sites, "site")})`, lead, 2), ...(error === null ? [] : paragraph(page, error, "", 6))];
}

function list(title: string, entries: ShimCodemod["missing"], page: Page, verbose: boolean): string[] {
  if (entries.length === 0) return [];
  return [
    page.paint("strong", title),
    ...entries.flatMap(({ name, reason, places }) => [
      ...paragraph(page, `${name}${reason === "" ? "" : `: ${reason}`}`, "", 2),
      ...paragraph(page, placesText(places, verbose), "", 6).map((line) => page.paint("muted", line)),
    ]),
  ];
}

function placesText(places: readonly CodemodPlace[], verbose: boolean): string {
  const shown = verbose ? places : places.slice(0, SHOWN);
  const more = places.length - shown.length;
  return `${shown.map(({ file, line }) => `${file}:${line}`).join(" ")}${more > 0 ? ` and ${plural(more, "more place")}` : ""}`;
}

function undecided(left: readonly CodemodLeft[], page: Page, verbose: boolean): string[] {
  const those = left.filter(({ why }) => why === "undecided");
  if (those.length === 0) return [];
  const groups = [...groupBy(those, ({ reason }) => reason)];
  return [
    page.paint("strong", "Undecided: left as it is"),
    ...groups.flatMap(([reason, sites]) => reasonLines(reason, sites, page, verbose)),
  ];
}

function reasonLines(reason: string, sites: readonly CodemodLeft[], page: Page, verbose: boolean): string[] {
  const shown = verbose ? sites : sites.slice(0, SHOWN);
  const more = sites.length - shown.length;
  return [
    ...paragraph(page, reason, "", 2),
    ...shown.map(({ file, line, name }) => `      ${printable(`${file}:${line}`)}  ${page.paint("muted", printable(name))}`),
    ...(more > 0 ? [page.paint("muted", `      and ${plural(more, "more place")}: --verbose shows all`)] : []),
  ];
}
