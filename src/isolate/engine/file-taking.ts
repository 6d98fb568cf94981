/** Owns the division of files among parts at work: each takes the next run of files when it is through with one. */
import type { FilePlan } from "../part-files.js";
import { partFiles } from "../part-files.js";
import type { PartFile } from "./part-model.js";

/** Files that one part takes in a row, so that neighbours stay together and the work is spread. */
const RUN_OF_FILES = 32;

/** The files of several parts, as plain values. What each is read as is found out by the part that takes it. */
export interface SharedFiles {
  readonly paths: readonly string[];
  /** By place in `paths`: indices in the tree. */
  readonly indices: readonly number[];
  /** Paths in the output, where they are others, by index in the tree. */
  readonly moved: ReadonlyMap<number, string>;
  readonly plan: FilePlan;
  /** What the parts count in. */
  readonly counter: SharedArrayBuffer;
}

export function createCounter(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** The files that fall to the caller, in their order. */
export function* takeFiles({ paths, indices, moved, plan, counter }: SharedFiles): Generator<PartFile> {
  const runs = new Int32Array(counter);
  const fileOf = partFiles(plan);
  for (let from = 0; from < paths.length;) {
    from = Atomics.add(runs, 0, 1) * RUN_OF_FILES;
    const end = Math.min(from + RUN_OF_FILES, paths.length);
    for (let at = from; at < end; at++) {
      const index = indices[at] as number;
      yield fileOf(index, paths[at] as string, moved.get(index));
    }
  }
}
