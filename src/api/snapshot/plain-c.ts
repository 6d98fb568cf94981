/** Owns what C++ has to know before it reads the headers of a C API: which do not say `extern "C"`, and which words they use otherwise. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { ApiSnapshot } from "../../model/api-snapshot.js";
import { byText } from "../../support/order.js";
import type { SnapshotQuestion } from "./model.js";
import { cppWords } from "./text/cpp-words.js";

/** `extern "C"`, or a macro that is called as those are that stand for it. */
const LINKAGE = /\bextern\s*"C"|^\s*\w*BEGIN_(?:C_)?DECLS\b|^\s*\w*EXTERN_?C(?:_BEGIN|_START)?\b/m;

export type PlainC = Pick<ApiSnapshot, "plainC" | "cppWords">;

/** Nothing of an API of C++. */
export async function plainC(question: SnapshotQuestion, { files }: Pick<ApiSnapshot, "files">): Promise<PlainC> {
  const { language, headers, roots } = question;
  if (language !== "c") return {};
  const texts = await Promise.all(headers.map(({ path }) => readFile(path, "utf8")));
  const plain = headers.filter((_, index) => !LINKAGE.test(texts[index] as string)).map(({ name }) => name);
  const all = await Promise.all(files.map((file) => firstText(roots.map(({ path, isFile }) => (isFile ? path : join(path, file))))));
  const words = [...new Set([...texts, ...all].flatMap(cppWords))].toSorted(byText);
  return { ...(plain.length === 0 ? {} : { plainC: plain }), ...(words.length === 0 ? {} : { cppWords: words }) };
}

/** Of the first root that holds it. */
async function firstText(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  return "";
}
