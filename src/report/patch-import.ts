/** Owns the import of patches as text: features with their branches, and every patch that needs somebody. */
import type { ImportStatus, ImportedFeature, ImportedPatch, PatchImport } from "../model/patch-import.js";
import { type Paint, type Tone, painter, printable } from "../support/style.js";

const LOOKS: Readonly<Record<ImportStatus, { readonly glyph: string; readonly tone: Tone }>> = {
  clean: { glyph: "✔", tone: "good" },
  merged: { glyph: "⇄", tone: "info" },
  present: { glyph: "↑", tone: "good" },
  incomplete: { glyph: "◐", tone: "warn" },
  refused: { glyph: "✘", tone: "bad" },
};

/** Lines for a terminal; patches that need nobody only with `verbose`. */
export function importText(result: PatchImport, { color, verbose }: { color: boolean; verbose: boolean }): string {
  const paint = painter(color);
  const { features, markers, notes, source, kind, release, base } = result;
  const all = features.flatMap(({ patches }) => patches);
  const head = `${source} (${kind}): ${plural(all.length, "patch", "patches")} onto ${release} (${base.slice(0, 10)})`;
  return [
    paint("strong", printable(head)),
    ...features.flatMap((feature) => featureLines(feature, result, paint, verbose)),
    ...(markers.length === 0 ? [] : [`  ${markers.length} markers of upstream commits change nothing and are not imported`]),
    ...notes.map((note) => `  ${printable(note)}`),
    ...together(result, paint),
    lastLine(result, paint),
  ].join("\n");
}

function featureLines(feature: ImportedFeature, { release, written }: PatchImport, paint: Paint, verbose: boolean): string[] {
  const { name, why, owner, commit, before, dependsOn, entangledWith, joined, patches } = feature;
  const at = commit === null ? "no patch is left" : `${written ? "" : "would be "}${commit.slice(0, 10)}`;
  const moved = written && before !== null && before !== commit ? `, was ${before.slice(0, 10)}` : "";
  return [
    "",
    `${paint("strong", printable(`${name}/${release}`))} ${at}${moved}  ${printable(`${owner === "" ? "no owner yet" : owner}`)}`,
    `  ${countsOf(patches)}${why === null ? "" : `; ${printable(why)}`}`,
    ...(dependsOn.length === 0 ? [] : [printable(`builds on ${dependsOn.join(", ")}`).replace(/^/, "  ")]),
    ...joined.map(({ name: other, because }) => printable(`joined with ${other}: ${because}`).replace(/^/, "  ")),
    ...(entangledWith.length === 0 || !patches.some(({ status }) => status === "refused")
      ? []
      : [
          `  ${paint("warn", printable(`its patches lie between those of ${entangledWith.join(", ")} on the same files: better one feature`))}`,
        ]),
    ...patches.filter(({ status }) => verbose || status !== "clean").flatMap((patch) => patchLines(patch, paint)),
  ];
}

function countsOf(patches: readonly ImportedPatch[]): string {
  const words: Readonly<Record<ImportStatus, string>> = {
    clean: "clean",
    merged: "merged three ways",
    present: "in the base already",
    incomplete: "without some binary files",
    refused: "without a place",
  };
  const counts = (Object.keys(words) as ImportStatus[]).map((status) => ({
    word: words[status],
    count: patches.filter((patch) => patch.status === status).length,
  }));
  const told = counts.filter(({ count }) => count > 0).map(({ word, count }) => `${count} ${word}`);
  return `${plural(patches.length, "patch", "patches")}: ${told.join(", ")}`;
}

function patchLines({ name, subject, status, refusals }: ImportedPatch, paint: Paint): string[] {
  const { glyph, tone } = LOOKS[status];
  const title = subject === "" || subject === name ? name : `${name}  ${subject}`;
  return [
    `  ${paint(tone, `${glyph} ${status}`.padEnd(12))} ${printable(title)}`,
    ...refusals
      .map(({ file, hunk, at, why }) => printable(`${file}${hunk === null ? "" : `, hunk ${hunk}`} (${placeIn(at)}): ${why}`))
      .map(indented),
  ];
}

/** The patch is named above; a commit has no lines. */
function placeIn(at: string): string {
  const line = /:(\d+)$/.exec(at)?.[1];
  return line === undefined ? at : `line ${line} of the patch`;
}

function indented(line: string): string {
  return `               ${line}`;
}

function together({ sameTogether, features }: PatchImport, paint: Paint): string[] {
  if (sameTogether === null) return [];
  if (sameTogether) return ["", `  merged, the ${features.length} features give the same tree as all patches in their order`];
  return [
    "",
    `  ${paint("warn", "merged, the features do not give the tree of all patches in their order: some patches need one another")}`,
  ];
}

function lastLine({ features, written, release }: PatchImport, paint: Paint): string {
  const all = features.flatMap(({ patches }) => patches);
  const refused = all.filter(({ status }) => status === "refused" || status === "incomplete").length;
  if (written && refused === 0) return `\n$ unfork patch list   (then: unfork patch candidate --to ${release})`;
  if (written)
    return `\n${paint("bad", `${plural(refused, "patch was", "patches were")} left out, or some files of them`)}: bring them onto the branch by hand`;
  if (refused === 0) return "\nnothing was written (--dry-run)";
  return `\n${paint("bad", `${plural(refused, "patch has", "patches have")} no place`)}: nothing was written; --keep-going imports the others`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
