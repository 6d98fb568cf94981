/** Owns the division of files among parts at work: each takes the next run of files when it is through with one. */

/** Files that one part takes in a row, so that neighbours stay together and the work is spread. */
const RUN_OF_FILES = 32;

/** What parts that share their files count in. */
export function createTaking(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** The files that fall to the caller, in their order; without `taking` all. */
export function* takeFiles<T>(files: readonly T[], taking: SharedArrayBuffer | undefined): Generator<T> {
  if (taking === undefined) return yield* files;
  const runs = new Int32Array(taking);
  for (let from = 0; from < files.length;) {
    from = Atomics.add(runs, 0, 1) * RUN_OF_FILES;
    yield* files.slice(from, from + RUN_OF_FILES);
  }
}
