/** Owns as what the files of a tree are read: as code, as a format that may name symbols, or not at all. */
import type { IsolationPlan } from "../model/isolation.js";
import { languageOf, mayBeCode } from "./code-files.js";
import { formatOf } from "./constructs/format.js";
import type { PartFile } from "./engine/part-model.js";
import { mayBeMacroList } from "./macro-list.js";
import { anyPathGlob } from "./path-glob.js";

/** What a plan says of files. */
export type FilePlan = Pick<IsolationPlan, "files" | "exclude">;

/** Whether a file's names are read and renamed; the others are copied as they are. */
export function isReadBy({ files, exclude }: FilePlan): (path: string) => boolean {
  const isNamed = anyPathGlob(files);
  const isExcluded = exclude.length === 0 ? () => false : anyPathGlob(exclude);
  return (path) => isNamed(path) && !isExcluded(path);
}

/** Gives a function that tells of a file, by its index and path in the tree and its path in the output, where that is another. */
export function partFiles(plan: FilePlan): (index: number, path: string, to: string | undefined) => PartFile {
  const isRead = isReadBy(plan);
  return (index, path, to) => {
    const reads = isRead(path);
    const language = reads ? languageOf(path) : undefined;
    const format = reads && language === undefined ? formatOf(path) : undefined;
    const code = reads && (language !== undefined || ((format === undefined || mayBeMacroList(path)) && mayBeCode(path)));
    return { index, path, ...(to === undefined ? {} : { to }), code, format };
  };
}
