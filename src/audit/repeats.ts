/** Owns objects that a flavor's files hold twice, as a folder does with objects and the archive that was made of them. */
import type { ObjectFile } from "../objects/model.js";
import type { Place } from "../objects/view.js";
import { sha256 } from "../support/hash.js";

/** Objects of one file that are, byte for byte, objects of another one. */
export interface Repeats {
  readonly file: string;
  /** The file whose objects count. */
  readonly counted: string;
  objects: number;
}

export interface RepeatFinder {
  /** Whether the object is one of a file that was read before; then it is noted. */
  readonly isRepeat: (object: ObjectFile) => boolean;
  readonly found: readonly Repeats[];
}

/** Within one file, equal objects stay two: an archive may hold one twice, and a linker may take both. */
export function repeatFinder(): RepeatFinder {
  const known = new Map<string, Place>();
  const found = new Map<string, Repeats>();
  function isRepeat({ view, place }: ObjectFile): boolean {
    const digest = sha256(view.bytes);
    const before = known.get(digest);
    if (before === undefined) known.set(digest, place);
    if (before === undefined || before.file === place.file) return false;
    const key = `${place.file}\0${before.file}`;
    const repeats = found.get(key) ?? { file: place.file, counted: before.file, objects: 0 };
    repeats.objects++;
    found.set(key, repeats);
    return true;
  }
  return {
    isRepeat,
    get found() {
      return [...found.values()];
    },
  };
}

/** One sentence for each file whose objects lie about as well. */
export function repeatSentences(flavor: string, repeats: readonly Repeats[]): string[] {
  return [...new Set(repeats.map(({ counted }) => counted))].map((counted) => {
    const files = repeats.filter((one) => one.counted === counted);
    const objects = files.reduce((sum, one) => sum + one.objects, 0);
    const where = files.length === 1 ? files[0]?.file : `${files.length} files (${files[0]?.file}, …)`;
    return `${objects === 1 ? "1 object" : `${objects} objects`} of ${flavor} in ${where}, byte for byte also in ${counted}: counted once`;
  });
}
