/** Owns a whole feature as one patch, for reviews that take one change: the purpose as its text. */
import { UnforkError } from "../../../support/errors.js";
import type { FileDiff } from "../file-diff.js";
import { addField } from "../fields.js";
import { printable } from "../patch-lines.js";
import { trailersOf } from "../message.js";
import type { Person } from "../text-patch.js";
import type { ExportInput, ExportPatch } from "./export-input.js";

const LONGEST_SUBJECT = 72;

/** One patch; of several authors the first one signs, the others are named. */
export function squash(input: ExportInput): ExportPatch {
  const { card } = input;
  const patches = input.patches.filter(({ noOpFor }) => noOpFor === undefined);
  const authors = distinct(patches.flatMap(({ author }) => (author === null ? [] : [author])));
  const trailers = new Map<string, string[]>();
  for (const { name, email } of authors.slice(1)) addField(trailers, "Co-authored-by", `${name} <${email}>`);
  for (const [name, value] of signs(patches)) addField(trailers, name, value);
  const subject = subjectOf(card.name, card.purpose);
  const list = patches.length > 1 ? patches.map((patch) => `- ${patch.subject}`).join("\n") : "";
  const purpose = card.purpose.trim().replace(/\.$/, "") === subject ? "" : card.purpose.trim();
  const body = [purpose, list].filter((part) => part !== "").join("\n\n");
  const date = patches.map((patch) => patch.date).findLast((one) => one !== null) ?? null;
  return { subject, body, author: authors[0] ?? null, date, trailers, diffs: input.squashed ?? joined(patches) };
}

/** The purpose's first sentence where it is short enough, else the feature's name in words. */
function subjectOf(name: string, purpose: string): string {
  const sentence = /^(.+?)(?:\.(?:\s|$)|\n|$)/s.exec(purpose.trim())?.[1] ?? "";
  return sentence !== "" && sentence.length <= LONGEST_SUBJECT ? sentence : name.replaceAll("-", " ");
}

function distinct(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [`${person.name}\0${person.email}`, person])).values()];
}

/** Signatures and reviews of all patches, each once. */
function signs(patches: readonly ExportPatch[]): (readonly [string, string])[] {
  const all = patches.flatMap(({ body, trailers }) => [...trailersOf(body), ...trailers]);
  const kept = all.flatMap(([name, values]) =>
    /^(?:signed-off|reviewed|acked|tested|reported|co-authored)-by$/i.test(name) ? values.map((value) => [name, value] as const) : [],
  );
  return [...new Map(kept.map((pair) => [pair.join("\0").toLowerCase(), pair])).values()];
}

/** The differences of all patches, when no file is in two of them. */
function joined(patches: readonly ExportPatch[]): FileDiff[] {
  const owner = new Map<string, ExportPatch>();
  for (const patch of patches)
    for (const { oldPath, newPath } of patch.diffs)
      for (const path of [oldPath, newPath]) {
        if (path === null) continue;
        const other = owner.get(path) ?? patch;
        if (other !== patch) throw severalChange(path, other, patch);
        owner.set(path, patch);
      }
  return patches.flatMap(({ diffs }) => diffs).toSorted((a, b) => (pathKey(a) < pathKey(b) ? -1 : 1));
}

function pathKey({ newPath, oldPath }: FileDiff): string {
  return newPath ?? oldPath ?? "";
}

function severalChange(path: string, one: ExportPatch, two: ExportPatch): UnforkError {
  return new UnforkError("input-invalid", `${printable(path)} is changed by two patches, "${one.subject}" and "${two.subject}"`, {
    hint: "give the feature's whole difference, from its base to its tip, or export as mbox",
    context: { path: printable(path) },
  });
}
