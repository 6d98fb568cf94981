/** Owns what becomes of one generated file: replaced where nobody edited it, merged where somebody did, or a problem. */
import { mergeTexts } from "./merge-text.js";
import { fillRegions, type Region, readRegions } from "./regions.js";

export interface FileVersions {
  /** As it was generated last time; undefined: it was not, or that is not known any more. */
  readonly base: string | undefined;
  /** As it is on disk; undefined: there is none. */
  readonly ours: string | undefined;
  /** As it is generated now; undefined: not any more. */
  readonly theirs: string | undefined;
}

export type FileOutcome =
  | { readonly status: "new" | "same" | "replaced" | "merged" | "restored"; readonly text: string }
  | { readonly status: "removed" }
  | { readonly status: "problem"; readonly line: number; readonly reason: string; readonly orphans: readonly Region[] };

/** Nothing that somebody wrote is lost: it is in the outcome's text, or the outcome is a problem. */
export async function regenerateFile({ base, ours, theirs }: FileVersions): Promise<FileOutcome> {
  if (ours === undefined) {
    if (theirs === undefined) return { status: "removed" };
    return { status: base === undefined ? "new" : "restored", text: theirs };
  }
  if (ours === theirs) return { status: "same", text: theirs };
  if (theirs === undefined) {
    if (ours === base) return { status: "removed" };
    return problem(1, "it was edited, and is not generated any more: move the edits elsewhere and delete it");
  }
  if (base === undefined) return problem(1, "it stands where a generated file belongs, and was not generated here: move it elsewhere");
  if (ours === base) return { status: "replaced", text: theirs };
  const own = readRegions(ours);
  if (own.status === "broken") return problem(own.line, own.reason);
  const merged = await mergeTexts({ ours: own.emptied, base, theirs });
  if (merged.status !== "merged") {
    const line = lineWithRegions(merged.line, own.regions);
    if (merged.status === "lost") return problem(line, "a line that was added would be lost");
    return problem(line, `an edit and the new text do not go together: ${shown(merged.ours)} here, ${shown(merged.theirs)} generated`);
  }
  const known = readRegions(merged.text);
  if (known.status === "broken") return problem(1, `merged with the new text, ${known.reason} (line ${known.line} of it)`);
  const { text, orphans } = fillRegions(merged.text, own.regions);
  const [first] = orphans;
  if (first !== undefined) return problem(first.line, `region ${first.name} has no place any more`, orphans);
  return { status: text === ours ? "same" : "merged", text };
}

function problem(line: number, reason: string, orphans: readonly Region[] = []): FileOutcome {
  return { status: "problem", line, reason, orphans };
}

/** A line of the text without regions' content as a line of the text with it. */
function lineWithRegions(line: number, regions: readonly Region[]): number {
  return regions.reduce((at, region) => (region.line < at ? at + region.lines.length : at), line);
}

function shown(lines: readonly string[]): string {
  const text = lines.map((line) => line.trim()).filter((line) => line !== "");
  const [first] = text;
  return first === undefined ? "nothing" : `'${first}'${text.length > 1 ? ` and ${text.length - 1} more` : ""}`;
}
