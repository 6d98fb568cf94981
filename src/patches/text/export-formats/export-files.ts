/** Owns the files of each export format. */
import { createHash } from "node:crypto";

import { UnforkError } from "../../../support/errors.js";
import { parsePerson } from "../mail/address.js";
import type { Person } from "../text-patch.js";
import { dep3Text } from "./dep3-text.js";
import type { ExportFile, ExportFormat, ExportInput, ExportPatch, FeatureCard } from "./export-input.js";
import { slug, uniqueNames } from "./file-names.js";
import { mailText } from "./mail-text.js";
import { squash } from "./squash.js";

type Writer = (input: ExportInput, owner: Person) => ExportFile[];

const WRITERS: Readonly<Record<ExportFormat, Writer>> = { mbox, quilt, electron, mozilla, github, gerrit };

/** The files of an export, the same for the same input. Throws `input-invalid` for a patch that changes nothing. */
export function exportFiles(format: ExportFormat, input: ExportInput): ExportFile[] {
  const patches = real(input);
  const empty = patches.find(({ diffs }) => diffs.length === 0);
  if (patches.length === 0) throw unfit(input.card, "has no patches", "name another feature");
  if (empty !== undefined && format !== "mbox")
    throw unfit(input.card, `has a patch that changes nothing: "${empty.subject}"`, "leave it out, or export as mbox, which can hold it");
  return WRITERS[format](input, ownerOf(input.card));
}

function real({ patches }: ExportInput): ExportPatch[] {
  return patches.filter(({ noOpFor }) => noOpFor === undefined);
}

function unfit({ name }: FeatureCard, what: string, hint: string): UnforkError {
  return new UnforkError("input-invalid", `feature ${name} ${what}`, { hint, context: { feature: name } });
}

/** Mails want an address; a name alone stands for its own. */
function ownerOf({ owner }: FeatureCard): Person {
  const person = parsePerson(owner) ?? { name: "nobody", email: "" };
  return { name: person.name, email: person.email === "" ? slug(person.name) : person.email };
}

function mbox(input: ExportInput, owner: Person): ExportFile[] {
  const patches = real(input);
  const mails = patches.map((patch, at) => mailText(patch, { tag: tagOf(at, patches.length), fromLine: true, owner }));
  return [{ name: `${input.card.name}.mbox`, content: Buffer.concat(mails) }];
}

function tagOf(at: number, count: number): string {
  return count === 1 ? "[PATCH] " : `[PATCH ${String(at + 1).padStart(String(count).length, "0")}/${count}] `;
}

function quilt(input: ExportInput, owner: Person): ExportFile[] {
  const patches = real(input);
  const names = uniqueNames(patches.map(({ subject }) => subject)).map((name) => `${name}.patch`);
  const signer = parsePerson(input.card.owner) ?? owner;
  const files = patches.map((patch, at) => ({ name: names[at] ?? "", content: dep3Text(patch, input.card, signer) }));
  return [listFile("series", names), ...files];
}

function electron(input: ExportInput, owner: Person): ExportFile[] {
  const patches = real(input);
  const names = uniqueNames(
    patches.map(({ subject }) => subject),
    "_",
  ).map((name) => `${name}.patch`);
  const files = patches.map((patch, at) => ({ name: names[at] ?? "", content: mailText(patch, { tag: "", fromLine: true, owner }) }));
  return [listFile(".patches", names), ...files];
}

function mozilla(input: ExportInput, owner: Person): ExportFile[] {
  const patches = real(input).map((patch, at) => ({
    name: `${String(at + 1).padStart(4, "0")}.patch`,
    content: mailText(patch, { tag: "", fromLine: false, owner }),
  }));
  const markers = input.patches.flatMap(({ noOpFor, subject, body }) =>
    noOpFor === undefined
      ? []
      : [{ name: `${noOpFor}.no-op-cherry-pick-msg`, content: Buffer.from(`${subject}\n${body === "" ? "" : `\n${body}\n`}`) }],
  );
  return [...patches, ...markers];
}

function github(input: ExportInput, owner: Person): ExportFile[] {
  return [{ name: `${input.card.name}.patch`, content: mailText(squash(input), { tag: "[PATCH] ", fromLine: true, owner }) }];
}

/** Gerrit knows a change by its `Change-Id`: the same for a feature on every release. */
function gerrit(input: ExportInput, owner: Person): ExportFile[] {
  const patch = squash(input);
  const trailers = new Map([...patch.trailers, ["Change-Id", [changeId(input.card.name)]] as const]);
  return [{ name: `${input.card.name}.patch`, content: mailText({ ...patch, trailers }, { tag: "[PATCH] ", fromLine: true, owner }) }];
}

/** `I` and forty hexadecimal digits out of the feature's name. */
export function changeId(feature: string): string {
  return `I${createHash("sha1").update(`unfork feature ${feature}\n`).digest("hex")}`;
}

function listFile(name: string, entries: readonly string[]): ExportFile {
  return { name, content: Buffer.from(entries.map((entry) => `${entry}\n`).join("")) };
}
