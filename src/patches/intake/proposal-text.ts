/** Owns the text of a proposal: YAML that a person edits, with what helps as comments. */
import { Document, type Scalar } from "yaml";

import type { PatchGroups } from "../../model/patch-groups.js";
import type { PatchIntake, ProposedFeature } from "../../model/patch-intake.js";
import { printable } from "../../support/style.js";

const HEAD = ` Features proposed for this fork. For each: say in a sentence why it exists, and who owns it.
 Move patches to where they belong, rename, split or join features; every patch stands in one feature.`;

/** `patchOf` gives the patch's name of a file that is in no commit. */
export function proposalText(document: PatchIntake, patchOf: ReadonlyMap<string, string>): string {
  const groups: PatchGroups = {
    version: 1,
    base: document.base?.commit ?? "",
    tip: document.fork.tip,
    features: document.features.map((feature) => ({
      name: feature.name,
      purpose: feature.purpose,
      owner: feature.owner,
      patches: rowsOf(feature, patchOf).map(({ patch }) => patch),
    })),
  };
  const yaml = new Document(groups);
  yaml.commentBefore = `${HEAD}\n Base: ${comment(document.base?.subject ?? "")} (${document.base?.date ?? ""}).`;
  for (const [at, feature] of document.features.entries()) {
    const node = (...path: (string | number)[]) => yaml.getIn(["features", at, ...path], true) as Scalar;
    node().commentBefore = ` ${feature.files.length} ${feature.files.length === 1 ? "file" : "files"}, +${feature.added} -${feature.removed}: ${comment(feature.because)}`;
    if (feature.purpose === null) node("purpose").comment = " say why";
    if (feature.owner === null) node("owner").comment = " say who";
    for (const [index, { note }] of rowsOf(feature, patchOf).entries()) node("patches", index).comment = ` ${comment(note)}`;
  }
  return yaml.toString({ lineWidth: 0, nullStr: "" });
}

interface Row {
  readonly patch: string;
  readonly note: string;
}

function rowsOf({ commits, files }: ProposedFeature, patchOf: ReadonlyMap<string, string>): Row[] {
  if (commits.length > 0) return commits.map(({ commit, subject }) => ({ patch: commit, note: subject }));
  return files.map(({ path, change, from, added, removed }) => ({
    patch: patchOf.get(path) ?? path,
    note: `${change}${from === null ? "" : ` from ${from}`} +${added} -${removed}`,
  }));
}

/** One line, whatever a subject or a path holds. */
function comment(text: string): string {
  return printable(text);
}
