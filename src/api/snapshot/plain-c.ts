/** Owns what C++ has to know before it reads the headers of a C API: which do not say `extern "C"`, and which words they use otherwise. */
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";

import type { ApiSnapshot } from "../../model/api-snapshot.js";
import { byText } from "../../support/order.js";
import type { SnapshotQuestion } from "./model.js";
import { cppWords } from "./text/cpp-words.js";

/** `extern "C"`, or a macro that is called as those are that stand for it. */
const LINKAGE = /\bextern\s*"C"|^\s*\w*BEGIN_(?:C_)?DECLS\b|^\s*\w*EXTERN_?C(?:_BEGIN|_START)?\b/m;

export type PlainC = Pick<ApiSnapshot, "plainC" | "cppWords">;

/** Nothing of an API of C++. */
export async function plainC(question: SnapshotQuestion, snapshot: Pick<ApiSnapshot, "files" | "declarations">): Promise<PlainC> {
  const { language, headers, roots } = question;
  const { files } = snapshot;
  if (language !== "c") return {};
  const texts = await Promise.all(headers.map(({ path }) => readFile(path, "utf8")));
  const all = await Promise.all(files.map((file) => firstText(roots.map(({ path, isFile }) => (isFile ? path : join(path, file))))));
  const asked = new Map(headers.map(({ name }, index) => [name, texts[index] as string]));
  const others = new Map(files.map((file, index) => [file, all[index] as string]));
  const plain = [...plainInside(asked, others, snapshot), ...[...asked].flatMap(([name, text]) => (LINKAGE.test(text) ? [] : [name]))];
  const words = [...new Set([...texts, ...all].flatMap(cppWords))].toSorted(byText);
  return { ...(plain.length === 0 ? {} : { plainC: plain }), ...(words.length === 0 ? {} : { cppWords: words }) };
}

/** Headers that do not say `extern "C"`, include lines of which stand before the includer does: C++ has to read them before all others. */
function plainInside(
  asked: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
  { declarations }: Pick<ApiSnapshot, "declarations">,
): string[] {
  const linked = new Set(declarations.flatMap((one) => (one.kind === "function" || one.kind === "variable" ? [one.place.file] : [])));
  const found = new Set<string>();
  const seen = new Set<string>();
  function look(name: string, text: string): void {
    const inside = LINKAGE.exec(text)?.index;
    if (inside === undefined || seen.has(name)) return;
    seen.add(name);
    for (const { index, 1: written = "" } of text.matchAll(INCLUDE)) {
      const file = index < inside ? fileOf(written, name, others) : undefined;
      const own = file === undefined ? undefined : others.get(file);
      if (file === undefined || own === undefined) continue;
      if (LINKAGE.test(own)) look(file, own);
      else if (linked.has(file) && !asked.has(file)) found.add(file);
    }
  }
  for (const [name, text] of asked) look(name, text);
  return [...found];
}

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]/gm;

/** Beside the includer, or below a root. */
function fileOf(written: string, includer: string, files: ReadonlyMap<string, string>): string | undefined {
  const beside = posix.normalize(posix.join(posix.dirname(includer), written));
  if (files.has(beside)) return beside;
  return files.has(written) ? written : [...files.keys()].find((file) => file.endsWith(`/${written}`));
}

/** Of the first root that holds it. */
async function firstText(paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  return "";
}
