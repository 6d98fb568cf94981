/** Owns a port of patches as text: one line per patch, and what to do next. */
import type { Culprit, PatchOutcome, PatchPort } from "../model/patch.js";
import { PATCH_STATUSES } from "../model/patch-status.js";
import { type Paint, painter, printable } from "../support/style.js";
import { type Mark, PATCH_MARKS } from "./vocabulary.js";

/** Lines for a terminal. `verbose` also tells all evidence of patches that were carried over or wait for another. */
export function portText(port: PatchPort, { color, verbose, place = "" }: { color: boolean; verbose: boolean; place?: string }): string {
  const paint = painter(color);
  const lines = patchLines(port.patches, { paint, verbose, quiet: false });
  const counts = PATCH_STATUSES.filter((status) => port.summary[status] > 0).map((status) => `${port.summary[status]} ${status}`);
  const where = port.ref === null ? "nothing was written (--dry-run)" : `${port.ref} is ${port.commit.slice(0, 10)}`;
  const title = `${count(port.patches.length, "patch", "patches")} onto ${port.onto.slice(0, 10)}: ${counts.join(", ") || "none"}`;
  return [paint("strong", title), ...lines, ...toDo(port).map((line) => `  ${line}`), `  ${where}`, ...nextOf(port, place)].join("\n");
}

/** A line per patch, with details below. `quiet`: only patches that need somebody. */
export function patchLines(
  patches: readonly PatchOutcome[],
  { paint, verbose, quiet }: { paint: Paint; verbose: boolean; quiet: boolean },
): string[] {
  const shown = quiet ? patches.filter(({ status }) => status === "conflict" || status === "cascade") : patches;
  return shown.flatMap((patch) => patchLine(patches, patch, paint, verbose));
}

function patchLine(patches: readonly PatchOutcome[], patch: PatchOutcome, paint: Paint, verbose: boolean): string[] {
  const { glyph, word, tone } = patch.fault === undefined ? PATCH_MARKS[patch.status] : BROKEN;
  const head = `  ${paint(tone, `${glyph} ${word.padEnd(10)}`)} ${named(patch)}`;
  return [head, ...detailsOf(patches, patch, verbose).map((line) => `               ${paint("muted", printable(line))}`)];
}

/** Merged by itself, and not what its tests want. */
const BROKEN: Mark = { glyph: "✖", word: "broken", tone: "bad" };

/** `place`: the options that name the repository and the port. */
function nextOf({ ref, summary }: PatchPort, place: string): string[] {
  if (ref === null || summary.conflict + summary.cascade === 0) return [];
  return [`  next: unfork patch edit${place}, then unfork patch continue${place}`];
}

function named({ patch, subject }: Pick<PatchOutcome, "patch" | "subject">): string {
  return `${patch.slice(0, 10)} ${printable(subject)}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** What is left for a person, in one line. */
function toDo({ summary: { conflict, cascade } }: PatchPort): string[] {
  if (conflict === 0) return [];
  const settle = `${count(conflict, "conflict", "conflicts")} to settle`;
  if (cascade === 0) return [settle];
  return [
    `${settle}; the ${count(cascade, "cascade fails", "cascades fail")} only because ${conflict === 1 ? "it is" : "these are"} in the way`,
  ];
}

function detailsOf(patches: readonly PatchOutcome[], patch: PatchOutcome, verbose: boolean): string[] {
  if (patch.fault !== undefined) return [...patch.fault.split("\n"), ...(verbose ? patch.evidence : [])];
  if (patch.status === "cascade") return [waitsFor(patches, patch), ...(verbose ? patch.evidence : [])];
  if (patch.status === "upstreamed" || patch.status === "empty") return patch.evidence;
  if (patch.status !== "conflict") return verbose ? patch.evidence : patch.evidence.filter(tellsOfRevert);
  const open = new Set(patch.culprits);
  const sentences = patch.evidence.map((sentence) => {
    const culprit = patch.culprits.find((one) => open.has(one) && sentence.startsWith(`${one.file}: `));
    if (culprit === undefined) return sentence;
    open.delete(culprit);
    return `${sentence}, since upstream's ${commitOf(culprit)}`;
  });
  const others = [...open].map((culprit) => {
    const old = patch.files.includes(culprit.file) ? "" : " (its old path)";
    return `${culprit.file}${old}: since upstream's ${commitOf(culprit)}`;
  });
  return [...sentences, ...others];
}

/** That upstream had the patch and took it back is why it stays: nobody should have to ask for that. */
function tellsOfRevert(sentence: string): boolean {
  return sentence.includes("; but upstream took it back: ");
}

function commitOf({ upstreamCommit, date, subject }: Culprit): string {
  return `${upstreamCommit.slice(0, 10)} (${date}) ${subject}`;
}

const MOST_FILES = 3;

function waitsFor(patches: readonly PatchOutcome[], { root, files }: PatchOutcome): string {
  const first = patches.find(({ patch }) => patch === root);
  const more = files.length > MOST_FILES ? ` and ${files.length - MOST_FILES} more` : "";
  return `waits for ${first === undefined ? root : named(first)} (in ${files.slice(0, MOST_FILES).join(", ")}${more})`;
}
