/** Owns which files of a tree see a module, told by the include lines of all files. */
import { basename } from "node:path";

const INCLUDE = /^[ \t]*#[ \t]*(?:include|import)[ \t]*[<"]([^>"\n]+)[>"]/gm;

/** The files outside of the modules whose includes lead into one; an include line may mean every file whose path it ends. */
export function filesThatSee(files: readonly string[], isModule: (file: string) => boolean, textOf: (file: string) => string): Set<string> {
  const byName = new Map<string, string[]>();
  for (const file of files) byName.set(basename(file), [...(byName.get(basename(file)) ?? []), file]);
  const includers = new Map<string, string[]>();
  for (const file of files) {
    if (isModule(file)) continue;
    for (const [, path = ""] of textOf(file).matchAll(INCLUDE)) {
      const named = path.replace(/^(?:\.\.?\/)+/, "");
      const targets = (byName.get(basename(named)) ?? []).filter((target) => target === named || target.endsWith(`/${named}`));
      for (const target of targets) includers.set(target, [...(includers.get(target) ?? []), file]);
    }
  }
  const found = new Set<string>();
  let front = files.filter(isModule);
  while (front.length > 0) {
    front = [...new Set(front.flatMap((file) => includers.get(file) ?? []))].filter((file) => !found.has(file));
    for (const file of front) found.add(file);
  }
  return found;
}
