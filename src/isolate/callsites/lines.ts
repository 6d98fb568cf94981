/** Owns the call sites in preprocessor lines: macros that open the library's namespace, includes of headers that moved. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { includedPath } from "./token-facts.js";
import { type FileView, flavored, markAt, wordAt } from "./file-view.js";
import type { Found } from "./finding.js";
import { NAME } from "./library.js";

/** Macros whose body opens a namespace of the library and declares, there, what the library declares or what a parameter names. */
export function findMacros(view: FileView): Found[] {
  const { kinds, values, count } = view.reading.stream;
  const found: Found[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.directive || values[i] !== DIRECTIVE.define) continue;
    let end = i;
    while (end < count && kinds[end] !== KIND.directiveEnd) end++;
    found.push(...inBody(view, i + 2, end));
    i = end;
  }
  return found;
}

function inBody(view: FileView, from: number, end: number): Found[] {
  const { stream, words } = view.reading;
  const found: Found[] = [];
  for (let i = from; i + 1 < end; i++) {
    if (stream.kinds[i] !== KIND.identifier || stream.values[i] !== words.id.namespace) continue;
    const root = wordAt(view, i + 1);
    const opens = [BYTE.openBrace, PUNCTUATION.scope].includes(markAt(view, i + 2) as never);
    if (!view.library.roots.has(root) || !opens) continue;
    if (view.kind === "using" && !fails(view, i + 3, end, root)) continue;
    found.push({ offset: stream.starts[i + 1] as number, construct: "macro", name: root, detail: root, edit: flavored(view, i + 1) });
  }
  return found;
}

/** Whether the body goes on with a declaration, a specialisation or an instantiation: own names only come from outside of a macro. */
function fails(view: FileView, from: number, end: number, root: string): boolean {
  const { stream, words } = view.reading;
  for (let i = from; i < end; i++) {
    if (stream.kinds[i] !== KIND.identifier) continue;
    const id = stream.values[i] as number;
    const isForward = words.aggregate.has(id) && markAt(view, i + 2) === BYTE.semicolon;
    if (isForward || id === words.id.template) return true;
    const bits = view.library.namespaces.get(root)?.get(wordAt(view, i)) ?? 0;
    if ((bits & (NAME.type | NAME.function)) !== 0 && markAt(view, i + 1) === PUNCTUATION.scope) return true;
  }
  return false;
}

/** Includes of a path that neither tree has, where the library has one header of that name elsewhere. */
export function findIncludes(view: FileView, has: (path: string) => boolean): Found[] {
  const { kinds, starts, ends, count } = view.reading.stream;
  const found: Found[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.includePath) continue;
    const path = includedPath(view.reading, i);
    const candidates = nearby(path, view.library.headers.get(path.slice(path.lastIndexOf("/") + 1)) ?? []).map((header) =>
      includable(header, view),
    );
    if (candidates.length === 0 || has(path)) continue;
    const [start, close] = [(starts[i] as number) + 1, (ends[i] as number) - 1];
    const edit = candidates.length > 1 ? null : { file: view.file, start, end: close, text: candidates[0] as string };
    found.push({ offset: starts[i] as number, construct: "include-path", name: path, detail: candidates.slice(0, 3).join(" or "), edit });
  }
  return found;
}

/** Headers of that name which share a folder's name with the old path. */
function nearby(path: string, candidates: readonly string[]): readonly string[] {
  const folders = new Set(path.split("/").slice(0, -1));
  return candidates.filter((candidate) =>
    candidate
      .split("/")
      .slice(0, -1)
      .some((part) => folders.has(part)),
  );
}

/** The header's path as the library itself includes it, or relative to its root. */
function includable(header: string, { library }: FileView): string {
  const known = [...library.includes].filter((path) => path.includes("/") && header.endsWith(`/${path}`));
  return known.toSorted((a, b) => b.length - a.length)[0] ?? header;
}
