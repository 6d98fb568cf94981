/** Owns foreign text inside GitHub-flavored Markdown: it stays text, mentions nobody and links nothing. */
import { printable } from "../../support/style.js";

/** Inline text. An empty comment parts @ and # from what follows, so that no person is called and no issue linked. */
export function md(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*_[\]|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/([@#])(?=\w)/g, "$1<!-- -->")
    .replaceAll("://", ":<!-- -->//");
}

/** A code span outside tables. */
export function code(text: string): string {
  const line = printable(text).trim();
  if (line === "") return "";
  const fence = fenceFor(line, 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A code span in a table's cell, where a bar must be escaped even in code (GFM §4.10). */
export function codeCell(text: string): string {
  return code(text).replaceAll("|", "\\|");
}

/** A fenced block of lines to run in a shell. */
export function shellBlock(lines: readonly string[]): string {
  const body = lines.map(printable).join("\n");
  const fence = fenceFor(body, 3);
  return `${fence}sh\n${body}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(longest === 0 ? least : Math.max(least, longest + 1));
}

/** A table; cells are finished Markdown. */
export function mdTable(heads: readonly string[], aligns: readonly ("left" | "right")[], rows: readonly (readonly string[])[]): string {
  const rule = aligns.map((align) => (align === "right" ? "---:" : "---"));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A part that opens on a click. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
