/** Owns the placing of a fork's files on upstream's paths. */
import type { ByteString } from "../../../git/bytes.js";
import { objectId } from "../../../git/loose-object.js";
import type { ForkFile, ForkFiles } from "../fork-file.js";
import { otherForms } from "../line-forms.js";
import { type LayoutRule, findLayout, upstreamPathOf } from "./layout.js";
import type { SampleTrees } from "./sample-trees.js";
import type { WantedFiles } from "./tree-scores.js";

/** Where the fork's files stand in upstream. */
export interface Placed {
  readonly rules: readonly LayoutRule[];
  /** By upstream's path. */
  readonly files: ReadonlyMap<ByteString, ForkFile>;
  /** Files beside all that is upstream's. */
  readonly beside: readonly ForkFile[];
  /** Ids that upstream may have them under, by upstream's path. */
  readonly wanted: WantedFiles;
}

/** Undefined when no content is common. */
export async function placeFiles(fork: ForkFiles, sample: SampleTrees): Promise<Placed | undefined> {
  const ids = await idsOf(fork, (id) => sample.placesOf(id).length > 0);
  const rules = findLayout(
    fork.files.map((file) => ({ path: file.path, ids: ids.get(file) ?? [file.id] })),
    sample.placesOf,
  );
  if (rules.length === 0) return undefined;
  const files = new Map<ByteString, ForkFile>();
  const left: ForkFile[] = [];
  // What the first rule places comes first: a copy elsewhere does not take a file's place.
  for (const file of fork.files) {
    const path = upstreamPathOf(file.path, rules.slice(0, 1), sample.hasPath);
    if (path !== undefined && sample.hasPath(path)) files.set(path, file);
    else left.push(file);
  }
  const beside: ForkFile[] = [];
  for (const file of left) {
    const path = upstreamPathOf(file.path, rules, sample.hasPath);
    if (path === undefined) beside.push(file);
    else files.set(files.has(path) ? file.path : path, file);
  }
  const wanted = new Map([...files].map(([path, file]) => [path, ids.get(file) ?? new Set([file.id])]));
  return { rules, files, beside, wanted };
}

/** The ids of every file; of those whose own says nothing also the ids of its other forms. */
export async function idsOf({ files, read }: ForkFiles, isKnown: (id: string) => boolean): Promise<Map<ForkFile, Set<string>>> {
  const ids = new Map<ForkFile, Set<string>>();
  for (const file of files) {
    const forms = isKnown(file.id) || file.mode === "120000" ? [] : otherForms(await read(file)).map((form) => objectId("blob", form));
    ids.set(file, new Set([file.id, ...forms]));
  }
  return ids;
}
