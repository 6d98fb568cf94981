/** Owns one flavor's headers in memory: what each does to the preprocessor, and which file each include leads to. */
import { join } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { dialectOf } from "../code-files.js";
import { languagesIn } from "../languages-in.js";
import { createArena } from "../engine/arena.js";
import { listTree } from "../engine/tree-files.js";
import { anyPathGlob } from "../path-glob.js";
import { type HeaderFacts, headerFacts } from "./header-facts.js";
import { detectRoots, includeResolver, type Resolved, type ResolveInclude } from "./include-roots.js";
import { type HeaderMacros, headerMacros } from "./known-macros.js";
import { createTokenReader, type TokenReader, type Tokens } from "./tokens-of.js";

/** An include line that leads to a file of the tree. */
export interface IncludeEdge extends Resolved {
  readonly line: number;
  /** As written. */
  readonly path: string;
}

export interface HeaderTree {
  readonly flavor: string;
  readonly root: string;
  readonly includeRoots: readonly string[];
  readonly reader: TokenReader;
  /** By path; headers and fragments. */
  readonly headers: ReadonlyMap<string, HeaderFacts>;
  /** Reads a file's tokens; they hold until the next is read. */
  readonly tokens: (path: string) => Tokens;
  /** What the macros of all headers do to scopes. */
  readonly macros: () => HeaderMacros;
  /** Code files that are no headers. */
  readonly sources: readonly string[];
  readonly edges: (path: string) => readonly IncludeEdge[];
  /** The file that an include root gives for a spelling. */
  readonly find: (spelled: string) => string | undefined;
  /** Headers that `--header` chose: what applications include. */
  readonly chosen: readonly string[];
  /** The chosen headers and all that they may include, in any `#if` branch. */
  readonly reached: ReadonlySet<string>;
}

export interface HeaderTreeRequest {
  readonly flavor: string;
  readonly root: string;
  /** Globs over headers, relative to the tree or to an include root; empty: all. */
  readonly chosen: readonly string[];
  /** Include roots, relative to the tree; empty: found from the include lines. */
  readonly includeRoots: readonly string[];
}

/** Loads a tree. Throws `input-invalid` when a glob or a root fits nothing, `input-missing`, `disk`. */
export function loadHeaderTree(request: HeaderTreeRequest): HeaderTree {
  const languageIn = languagesIn(request.root);
  const isHeader = (path: string): boolean => ["header", "fragment"].includes(languageIn(path) ?? "");
  const code = listTree(request.root).files.filter(({ path, link }) => link === undefined && languageIn(path) !== undefined);
  const paths = code.map(({ path }) => path);
  const reader = createTokenReader();
  const read = createArena();
  const tokens = (path: string): Tokens => reader.read(read(join(request.root, path)).bytes, dialectOf(languageIn(path) ?? "header"));
  const facts = (path: string): HeaderFacts => headerFacts(path, tokens(path));
  let known: HeaderMacros | undefined;
  const headers = new Map(paths.filter(isHeader).map((path) => [path, facts(path)]));
  const files = new Set(paths);
  const includeRoots = request.includeRoots.length > 0 ? checkedRoots(request, paths) : detectRoots([...headers.values()], files);
  const resolve = includeResolver(files, includeRoots);
  const edges = edgeReader(headers, resolve);
  const chosen = chosenHeaders(request, headers, includeRoots);
  return {
    flavor: request.flavor,
    root: request.root,
    includeRoots,
    reader,
    headers,
    tokens,
    macros: () => (known ??= headerMacros(reader, headers.keys(), tokens)),
    sources: paths.filter((path) => !isHeader(path)),
    edges,
    find: (spelled) => resolve("", { path: spelled, angled: true, line: 0, next: false })?.file,
    chosen,
    reached: reachedFrom(chosen, edges),
  };
}

/** The given roots that the tree has, normalised. */
function checkedRoots({ includeRoots, root, flavor }: HeaderTreeRequest, paths: readonly string[]): string[] {
  const clean = includeRoots.map((given) => given.replace(/\/+$/, "").replace(/^\.\//, "") || ".");
  const found = clean.filter((folder) => folder === "." || paths.some((path) => path.startsWith(`${folder}/`)));
  if (found.length > 0) return found;
  throw new UnforkError("input-invalid", `flavor ${flavor}: ${root} has none of the include roots ${clean.join(", ")}`, {
    hint: "give --include relative to the trees, or leave it out: the roots are then found from the include lines",
  });
}

function edgeReader(headers: ReadonlyMap<string, HeaderFacts>, resolve: ResolveInclude): (path: string) => readonly IncludeEdge[] {
  const known = new Map<string, IncludeEdge[]>();
  return (path) => {
    const done = known.get(path);
    if (done !== undefined) return done;
    const edges = (headers.get(path)?.includes ?? []).flatMap((include) => {
      const resolved = resolve(path, include);
      return resolved === undefined ? [] : [{ ...resolved, line: include.line, path: include.path as string }];
    });
    known.set(path, edges);
    return edges;
  };
}

function chosenHeaders(
  { chosen, flavor, root }: HeaderTreeRequest,
  headers: ReadonlyMap<string, unknown>,
  roots: readonly string[],
): string[] {
  if (chosen.length === 0) return [...headers.keys()];
  const isChosen = anyPathGlob(chosen);
  const found = [...headers.keys()].filter((path) => isChosen(path) || roots.some((folder) => isChosen(below(folder, path))));
  if (found.length > 0) return found;
  throw new UnforkError("input-invalid", `flavor ${flavor}: no header of ${root} matches ${chosen.join(", ")}`, {
    hint: "globs are relative to the tree or to an include root; `**/` spans folders",
  });
}

function below(folder: string, path: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

/** What can be reached over includes, the start included. */
export function reachedFrom(start: readonly string[], edges: (path: string) => readonly IncludeEdge[]): Set<string> {
  const reached = new Set(start);
  for (const path of reached) for (const { file } of edges(path)) reached.add(file);
  return reached;
}

/** The shortest spelling by which a root leads to the file, or undefined. */
export function spelledBelowRoot({ includeRoots, find }: HeaderTree, path: string): string | undefined {
  const spellings = includeRoots.filter((root) => root === "." || path.startsWith(`${root}/`)).map((root) => below(root, path));
  return spellings.filter((spelled) => find(spelled) === path).toSorted((a, b) => a.length - b.length)[0];
}
