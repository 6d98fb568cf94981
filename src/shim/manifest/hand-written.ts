/** Owns which items somebody says are written by hand (`unfork:hand-written NAME` in the files of a shim), and which still wait (`unfork:left NAME`). */
import { join } from "node:path";

import { readTextIfThere } from "../../support/fs.js";
import type { GeneratedFile } from "../generate.js";

/** Names as coverage and the stubs spell them. */
export interface HandMarks {
  readonly handWritten: ReadonlySet<string>;
  /** Stubs that nobody filled yet. */
  readonly open: ReadonlySet<string>;
}

export async function handMarks(folder: string, files: readonly GeneratedFile[]): Promise<HandMarks> {
  const texts = await Promise.all(files.map(async ({ path, text }) => (await readTextIfThere(join(folder, path))) ?? text));
  const named = (mark: string): ReadonlySet<string> =>
    new Set(texts.flatMap((text) => [...text.matchAll(new RegExp(`unfork:${mark}\\s+(\\S+)`, "g"))].map((match) => match[1] as string)));
  return { handWritten: named("hand-written"), open: named("left") };
}
