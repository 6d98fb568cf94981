/** Owns features proposed for a tree: a cluster of files each, named after what it brings or where it lies. */
import { shownBytes } from "../../../git/bytes.js";
import type { IntakeFile, ProposedFeature } from "../../../model/patch-intake.js";
import { byText } from "../../../support/order.js";
import type { ChangedFile } from "../difference.js";
import { isBuildFile } from "./build-files.js";
import type { FileCluster } from "./cluster-files.js";
import { kebab, uniqueNames } from "./kebab-name.js";

export type NameGiver = ReturnType<typeof uniqueNames>;

/** Biggest first, so that it gets the plain name. */
export function featuresFromFiles(clusters: readonly FileCluster[], nameOf: NameGiver): ProposedFeature[] {
  return clusters
    .toSorted((a, b) => weight(b) - weight(a) || byText(a.files[0]?.path ?? "", b.files[0]?.path ?? ""))
    .map((cluster) => {
      const files = cluster.files.map(intakeFile);
      return {
        name: nameOf(namesFor(cluster)),
        purpose: null,
        owner: null,
        because: because(cluster),
        files,
        added: files.reduce((sum, { added }) => sum + added, 0),
        removed: files.reduce((sum, { removed }) => sum + removed, 0),
        commits: [],
      };
    });
}

export function intakeFile({ path, change, from, diff }: ChangedFile): IntakeFile {
  return {
    path: shownBytes(path),
    change,
    from: from === null ? null : shownBytes(from),
    added: diff.added.length,
    removed: diff.removed.length,
  };
}

function weight({ files }: FileCluster): number {
  return files.reduce((sum, { diff }) => sum + diff.added.length + diff.removed.length, 0);
}

function namesFor({ shared, folder, files, newFolder }: FileCluster): (string | undefined)[] {
  const words = shared
    .filter((word) => !/^(?:CMakeLists|Makefile|BUILD|Kconfig)\b/.test(word))
    .slice(0, 3)
    .map((word) => kebab(word.replace(/\.\w+$/, "")));
  const [file] =
    files.length === 1 && !isBuildFile(files[0]?.path ?? "")
      ? files.map(({ path }) => path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, ""))
      : [];
  const places = [
    ...(file === undefined ? [] : [kebab(file), kebab(`${lastNames(folder, 1)} ${file}`)]),
    ...[1, 2, 3].map((count) => kebab(lastNames(folder, count))),
  ];
  return [
    ...(newFolder ? [...places, ...words] : [...words, ...places]),
    ...(folder === "" ? [files.every(({ path }) => isBuildFile(path)) ? "build" : "top"] : []),
  ];
}

function lastNames(folder: string, count: number): string {
  return folder.split("/").slice(0, -1).slice(-count).join("-");
}

function because({ shared, folder, files, newFolder }: FileCluster): string {
  const place = folder === "" ? "the top folder" : shownBytes(folder);
  if (newFolder) return `${place} is new`;
  if (shared.length > 0) return `share new names: ${shared.slice(0, 4).map(shownBytes).join(", ")}${shared.length > 4 ? " …" : ""}`;
  return files.length === 1 ? `nothing links it to another change` : `changes in ${place} that no new name links to others`;
}
