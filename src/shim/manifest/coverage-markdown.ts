/** Owns `coverage.md`: the coverage as a table that a person reads, what costs work first. */
import type { ShimItem, ShimManifest } from "../../model/shim-manifest.js";
import type { UnmetUse } from "../app-names/unmet-uses.js";
import { type Counts, coverageOf } from "./coverage.js";

/** `unmet`: what the application uses and cannot have as it is. */
export function coverageMarkdown(manifest: ShimManifest, unmet: readonly UnmetUse[] = []): string {
  const coverage = coverageOf(manifest);
  const [legacy, latest] = manifest.flavors;
  return [
    `# Coverage of ${manifest.namespace}`,
    "",
    `\`${manifest.library}\` ${legacy.release} (${legacy.name}) and ${latest.release} (${latest.name}): ` +
      `${count(coverage.classes, "class", "classes")}, ${count(coverage.structs, "struct", "structs")}, ${count(coverage.enums, "enumeration", "enumerations")}.`,
    "",
    `**${percent(coverage)} generated**: ${coverage.generated} of ${total(coverage)} items (methods, constructors, fields, enumerators, ` +
      `constants, functions, typedefs, converters); ${coverage.handWritten} hand-written, ${coverage.unsupported} unsupported.`,
    "",
    ...unmetLines(unmet),
    ...leftLines(manifest, coverage.left),
    "## By class",
    "",
    "| class | generated | hand-written | unsupported | generated, % |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...coverage.byClass.map(
      (one) =>
        `| ${one.name === "" ? "(no class)" : `\`${one.name}\``} | ${one.generated} | ${one.handWritten} | ${one.unsupported} | ${percent(one)} |`,
    ),
    "",
  ].join("\n");
}

function unmetLines(unmet: readonly UnmetUse[]): string[] {
  if (unmet.length === 0) return [];
  return [
    "## Used by the application, and not as it is",
    "",
    "| name | first used | why | what to do |",
    "| --- | --- | --- | --- |",
    ...unmet.map(({ name, place, reason, todo }) => `| \`${cell(name)}\` | ${place} | ${cell(reason)} | ${cell(todo)} |`),
    "",
  ];
}

function leftLines({ namespace }: ShimManifest, left: readonly ShimItem[]): string[] {
  if (left.length === 0) return ["Nothing is left to be written by hand.", ""];
  return [
    "## Not generated",
    "",
    "| item | kind | status | why | legacy | latest |",
    "| --- | --- | --- | --- | --- | --- |",
    ...left
      .toSorted((a, b) => rank(a) - rank(b))
      .map(
        (one) =>
          `| \`${cell(one.name.slice(namespace.length + 2))}\` | ${one.kind} | ${one.status} | ${cell(one.reason)} | ${one.legacy ?? "–"} | ${one.latest ?? "–"} |`,
      ),
    "",
  ];
}

function rank({ status }: ShimItem): number {
  return status === "unsupported" ? 0 : 1;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function total({ generated, handWritten, unsupported }: Counts): number {
  return generated + handWritten + unsupported;
}

export function percent(counts: Counts): string {
  // Never rounded up to all.
  return `${(Math.floor(counts.percentGenerated * 10) / 10).toFixed(1)} %`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
