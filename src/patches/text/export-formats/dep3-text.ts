/** Owns the text of one patch of a quilt series, with DEP-3's fields at its head. */
import type { ExportPatch, FeatureCard, UpstreamState } from "./export-input.js";
import { messageBody } from "./message-body.js";
import type { Person } from "../text-patch.js";
import { writeDiff } from "../write-diff.js";

export function dep3Text(patch: ExportPatch, { upstream }: FeatureCard, owner: Person): Buffer {
  const fields = [
    `Description: ${patch.subject}\n${longLines(messageBody(patch))}`,
    `Author: ${personText(patch.author ?? owner)}\n`,
    forwardedLines(upstream),
    patch.date === null ? "" : `Last-Update: ${patch.date.slice(0, 10)}\n`,
    "---\n\n",
  ];
  return Buffer.concat([Buffer.from(fields.join(""), "utf8"), Buffer.from(writeDiff(patch.diffs), "latin1")]);
}

/** One space before each line, a dot for an empty one. */
function longLines(body: string): string {
  if (body === "") return "";
  return body
    .split("\n")
    .map((line) => (line.trim() === "" ? " .\n" : line === "." ? "  .\n" : ` ${line}\n`))
    .join("");
}

function personText({ name, email }: Person): string {
  return email === "" ? name : `${name} <${email}>`;
}

function forwardedLines(upstream: UpstreamState): string {
  if (upstream.state === "never") return "Forwarded: no\n";
  if (upstream.state === "sent") return `Forwarded: ${upstream.where ?? "yes"}\n`;
  return `Forwarded: yes\nApplied-Upstream: ${upstream.commit}\n`;
}
