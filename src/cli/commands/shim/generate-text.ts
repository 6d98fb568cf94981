/** Owns what `unfork shim generate` says. */
import { coverageOf } from "../../../shim/manifest/coverage.js";
import { percent } from "../../../shim/manifest/coverage-markdown.js";
import type { UnmetUse } from "../../../shim/app-names/unmet-uses.js";
import type { UsedName } from "../../../shim/app-names/used-names.js";
import type { LoadedShim } from "../../../shim/load-shim.js";
import { COVERAGE_FILE, type WrittenShim } from "../../../shim/write-shim.js";

const SHOWN = 10;

export function generateText(
  out: string,
  { manifest, regeneration }: WrittenShim,
  { used, unmet }: Pick<LoadedShim, "used" | "unmet">,
  dryRun: boolean,
  all: boolean,
): string[] {
  const coverage = coverageOf(manifest);
  const items = coverage.generated + coverage.handWritten + coverage.unsupported;
  const merged = regeneration.changes.filter(({ outcome }) => outcome.status === "merged").length;
  const left = coverage.left.filter(({ status }) => status === "unsupported");
  const shown = all ? left : left.slice(0, SHOWN);
  return [
    `${out}: ${manifest.namespace}, ${count(coverage.classes, "class", "classes")}, ${count(coverage.structs, "struct", "structs")}, ${count(coverage.enums, "enumeration", "enumerations")}`,
    `  ${coverage.generated} of ${items} items generated (${percent(coverage)}), ${coverage.handWritten} by hand, ${coverage.unsupported} unsupported`,
    ...(used.length > 0 ? [`  the application uses ${count(used.length, "name", "names")} of the library`] : []),
    ...unmetLines(unmet, all, out),
    ...(merged > 0 ? [`  merged with the new text: ${count(merged, "edited file", "edited files")}`] : []),
    ...shown.map(
      ({ name, reason, latest, legacy }) => `  left: ${name.slice(manifest.namespace.length + 2)}${placed(latest ?? legacy)}: ${reason}`,
    ),
    ...(left.length > shown.length ? [`  and ${left.length - shown.length} more: ${out}/${COVERAGE_FILE}`] : []),
    ...(dryRun ? ["nothing was written: run again without --dry-run"] : []),
  ];
}

/** What the application uses and cannot have as it is. */
function unmetLines(unmet: readonly UnmetUse[], all: boolean, out: string): string[] {
  if (unmet.length === 0) return [];
  const shown = all ? unmet : unmet.slice(0, SHOWN);
  return [
    `  of what it uses, ${count(unmet.length, "name needs", "names need")} a person:`,
    ...shown.map(({ name, place, reason, todo }) => `    ${place}: ${name}: ${reason}; ${todo}`),
    ...(unmet.length > shown.length ? [`    and ${unmet.length - shown.length} more: ${out}/${COVERAGE_FILE}`] : []),
  ];
}

function placed(place: string | null): string {
  return place === null ? "" : ` (${place})`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function problemLines(out: string, { regeneration, orphans }: WrittenShim): string[] {
  return [
    "error: what was edited and what is generated now do not go together; nothing was written",
    ...regeneration.problems.map(({ path, outcome: { line, reason } }) => `  ${out}/${path}:${line}: ${reason}`),
    ...orphans.map((path) => `  the region's text: ${out}/${path}`),
    "hint: move the edit into a marked region (unfork:begin-hand) or into a by-hand file, then generate again",
  ];
}

export function changeLines(out: string, { regeneration }: WrittenShim): string[] {
  return regeneration.changes
    .filter(({ outcome }) => outcome.status !== "same")
    .map(({ path, outcome }) => `${outcome.status.padEnd(8)} ${out}/${path}`);
}

export function usedLines(used: readonly UsedName[]): string[] {
  return used.map(({ name, place }) => `used: ${name} (${place})`);
}
