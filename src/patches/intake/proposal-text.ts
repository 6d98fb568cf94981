/** Owns the text of a proposal: YAML that a person edits, with what helps as comments. */
import { Document, type Scalar } from "yaml";

import type { ImportGroups } from "../../model/import-groups.js";
import type { PatchIntake, ProposedFeature } from "../../model/patch-intake.js";
import { printable } from "../../support/style.js";

const HEAD = ` Features proposed for this fork. For each: say in a sentence why it exists, and who owns it.
 Move patches to where they belong, rename, split or join features; every patch stands in one feature.`;

/** A feature of the file: its rows are patches or commits. */
export interface GroupedFeature {
  readonly name: string;
  readonly purpose: string | null;
  readonly owner: string | null;
  readonly note: string;
  readonly rows: readonly { readonly patch: string; readonly note: string }[];
}

export function proposalText({ base, fork }: PatchIntake, features: readonly GroupedFeature[]): string {
  const groups: ImportGroups = {
    version: 1,
    base: base?.commit ?? "",
    tip: fork.tip,
    mayJoin: true,
    features: features.map(({ name, purpose, owner, rows }) => ({ name, purpose, owner, patches: rows.map(({ patch }) => patch) })),
  };
  const yaml = new Document(groups);
  (yaml.getIn(["mayJoin"], true) as Scalar).comment = " features of which patches need one another are joined at the import, which tells";
  yaml.commentBefore = `${HEAD}\n Base: ${comment(base?.subject ?? "")} (${base?.date ?? ""}).`;
  for (const [at, feature] of features.entries()) {
    const node = (...path: (string | number)[]) => yaml.getIn(["features", at, ...path], true) as Scalar;
    node().commentBefore = ` ${comment(feature.note)}`;
    if (feature.purpose === null) node("purpose").comment = " say why";
    if (feature.owner === null) node("owner").comment = " say who";
    for (const [index, { note }] of feature.rows.entries()) node("patches", index).comment = ` ${comment(note)}`;
  }
  return yaml.toString({ lineWidth: 0, nullStr: "" });
}

/** Features whose patches are commits; those that leave nothing come last, since a range of commits holds them, too. */
export function fromCommits({ features, cancelled }: PatchIntake): GroupedFeature[] {
  const grouped = features
    .filter(({ commits }) => commits.length > 0)
    .map((feature) => groupedFeature(feature, commitRows(feature.commits)));
  const rest = cancelled.flatMap(({ commits }) => commits);
  if (rest.length === 0) return grouped;
  const nothing: GroupedFeature = {
    name: "leaves-nothing",
    purpose: "Commits that undo each other or of which nothing is left; drop this feature after the import.",
    owner: rest[0]?.author ?? null,
    note: "nothing of these is left at the tip",
    rows: commitRows(rest),
  };
  return [...grouped, nothing];
}

/** Features whose patches are files of the series; `patchOf` gives the patch's name of a file. */
export function fromFiles({ features }: PatchIntake, patchOf: ReadonlyMap<string, string>): GroupedFeature[] {
  return features
    .filter(({ commits }) => commits.length === 0)
    .map((feature) =>
      groupedFeature(
        feature,
        feature.files.map((file) => fileRow(file, patchOf)),
      ),
    );
}

function groupedFeature(
  { name, purpose, owner, files, added, removed, because }: ProposedFeature,
  rows: GroupedFeature["rows"],
): GroupedFeature {
  return {
    name,
    purpose,
    owner,
    note: `${files.length} ${files.length === 1 ? "file" : "files"}, +${added} -${removed}: ${because}`,
    rows,
  };
}

function commitRows(commits: ProposedFeature["commits"]): GroupedFeature["rows"] {
  return commits.map(({ commit, subject }) => ({ patch: commit, note: subject }));
}

function fileRow({ path, change, from, added, removed }: ProposedFeature["files"][number], patchOf: ReadonlyMap<string, string>) {
  return { patch: patchOf.get(path) ?? path, note: `${change}${from === null ? "" : ` from ${from}`} +${added} -${removed}` };
}

/** One line, whatever a subject or a path holds. */
function comment(text: string): string {
  return printable(text);
}
