/** Owns what the public headers of a component bring along: its own headers, what stands before them, and headers of the library, which cannot be read twice. */
import { readFileSync } from "node:fs";

import { byText } from "../../support/order.js";
import { sourceReader } from "../codemod/source-text.js";
import type { ComponentFile, IncludeLine, InjectFinding, InjectRequest } from "./model.js";
import { resolveInclude } from "./resolve-include.js";

export interface Reach {
  /** Public headers that read none of the library's. */
  readonly clean: readonly string[];
  /** All of the component's headers that those read, themselves too. */
  readonly own: readonly ComponentFile[];
  /** Includes of the system's and the application's other headers, as they are spelled. */
  readonly before: readonly string[];
  readonly leaks: readonly InjectFinding[];
}

export function reachOf(files: ReadonlyMap<string, ComponentFile>, publicHeaders: readonly ComponentFile[], request: InjectRequest): Reach {
  const paths = new Set(files.keys());
  const leaks = new Map<string, InjectFinding>();
  const clean: string[] = [];
  const own = new Set<string>();
  const before = new Set<string>();
  for (const { path } of publicHeaders) {
    const seen = new Set<string>();
    const brought = new Set<string>();
    if (!visit(path, path, seen, brought)) continue;
    clean.push(path);
    for (const each of seen) own.add(each);
    for (const each of brought) before.add(each);
  }
  return {
    clean,
    own: [...own].toSorted(byText).map((path) => files.get(path) as ComponentFile),
    before: [...before].toSorted(byText),
    leaks: [...leaks.values()],
  };

  function visit(path: string, root: string, seen: Set<string>, brought: Set<string>): boolean {
    if (seen.has(path)) return true;
    seen.add(path);
    let isClean = true;
    for (const line of files.get(path)?.includes ?? []) {
      const target = resolveInclude(path, line, paths, request);
      if (target.kind === "own") isClean = visit(target.path, root, seen, brought) && isClean;
      else if (target.kind === "library") {
        isClean = false;
        const by = path === root ? "" : `, read by ${root}`;
        const text = `includes the library's ${spelled(line)}, so that one source cannot see both flavors${by}; include it in the sources, and declare its classes ahead, or let the library's shim take in what the header exposes: --shim DIR`;
        if (!leaks.has(`${path}:${line.line}`)) leaks.set(`${path}:${line.line}`, { kind: "leak", path, line: line.line, text });
      } else if (!line.conditional) brought.add(spelled(line));
    }
    return isClean;
  }
}

function spelled({ spelling, angled }: IncludeLine): string {
  return angled ? `<${spelling}>` : `"${spelling}"`;
}

/** Headers of the rest of the application that use the word that gets the flavor's name: it would change there, too. */
export function sharedNamespaces(
  files: readonly ComponentFile[],
  paths: ReadonlySet<string>,
  word: string,
  request: InjectRequest,
): InjectFinding[] {
  const read = sourceReader();
  const found = new Map<string, InjectFinding>();
  for (const { path, includes } of files)
    for (const line of includes) {
      const target = resolveInclude(path, line, paths, request);
      if (target.kind !== "application" || found.has(target.file)) continue;
      const text = read(target.file, readFileSync(target.file));
      for (let i = 0; i < text.stream.count; i++) {
        if (text.word(i) !== word) continue;
        const what = `includes ${spelled(line)}, which is no part of the component and says ${word} in line ${text.line(i)}: it would get the flavor's name there, too`;
        found.set(target.file, {
          kind: "shared-namespace",
          path,
          line: line.line,
          text: `${what}; name an inner namespace by --namespace`,
        });
        break;
      }
    }
  return [...found.values()];
}
