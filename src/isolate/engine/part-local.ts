/** Owns a part that works in this thread. */
import { createContents, type ReadContent } from "./file-content.js";
import { assembledOf } from "./part-assembled.js";
import { bodiesOf, expansionsOf } from "./part-expand.js";
import { type LoadedPart, loadPart } from "./part-load.js";
import { answerMacros } from "./part-macros.js";
import type { Decision, Part, PartRequest } from "./part-model.js";
import { type Remembered, restorePart } from "./part-restore.js";
import { resurveyed } from "./part-resurvey.js";
import { answerPart, surveyPart } from "./part-survey.js";
import { answerSights, includesOf } from "./part-sights.js";
import { type FirstPass, savePart } from "./part-state.js";
import { answerWords } from "./part-words.js";
import { writePart, type WrittenPart } from "./part-write.js";

/** Hears how many files of the part are done in the pass at work. */
export type Told = (pass: "read" | "write", done: number) => void;

/** What a part in this thread may start with. */
export interface LocalPart {
  /** What an earlier run left of it. */
  readonly remembered?: Remembered;
  /** How files are read, if not from the disk. */
  readonly read?: ReadContent;
}

/** A part in this thread; nothing is read before `survey` is called, and then only what changed since `remembered`. */
export function createLocalPart(request: PartRequest, told: Told, { remembered, read = createContents() }: LocalPart = {}): Part {
  let loaded: LoadedPart | undefined;
  let first: FirstPass | undefined;
  let written: (WrittenPart & { readonly decision: Decision }) | undefined;
  function counter(pass: "read" | "write"): () => void {
    let done = 0;
    return () => {
      done++;
      if (done % 128 === 0) told(pass, done);
    };
  }
  function part(): LoadedPart {
    if (loaded === undefined) throw new Error("a part is asked before its survey");
    return loaded;
  }
  return {
    survey: async () => {
      loaded =
        remembered === undefined ? await loadPart(request, counter("read"), read) : restorePart(request, remembered, counter("read"));
      first = { files: loaded.files, names: loaded.interner.size() };
      return surveyPart(loaded);
    },
    resurvey: async (macros) => {
      const again = resurveyed(part(), macros);
      if (again === undefined) return undefined;
      loaded = again;
      return surveyPart(again);
    },
    bodies: async (names) => bodiesOf(part(), names),
    expand: async (calls) => expansionsOf(part(), calls),
    assembled: async (names) => assembledOf(part(), names),
    answer: async (question) => answerPart(part(), question),
    includes: async () => includesOf(part()),
    sights: async (question) => answerSights(part(), question),
    words: async (question) => answerWords(part(), question),
    macros: async (question) => answerMacros(part(), question),
    write: async (decision, output) => {
      written = { ...writePart(part(), decision, output, counter("write")), decision };
      return written.result;
    },
    save: async (place) => (written === undefined || first === undefined ? undefined : savePart(part(), first, written, place)),
    close: async () => {
      [loaded, first, written] = [undefined, undefined, undefined];
    },
  };
}
