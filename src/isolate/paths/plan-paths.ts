/** Owns the plan of `paths: rename`: which files get the flavor into their names, which include lines follow, what is told of the rest. */
import { posix } from "node:path";

import type { IsolationPlan } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { expressionOf, nameGlob } from "../../support/glob.js";
import { byText } from "../../support/order.js";
import { isTemplate, languageOf } from "../code-files.js";
import { languagesIn } from "../languages-in.js";
import type { Insertion, OpenPlace } from "../decide/macro-model.js";
import type { Tree, TreeFile } from "../engine/tree-files.js";
import { followerWarnings } from "./follower-warnings.js";
import { flavoredPath, isFlavoredPath, stemLength } from "./new-path.js";
import { createPathIndex, type PathIndex } from "./path-index.js";
import { readIncludes } from "./read-includes.js";
import { createResolver } from "./resolve-includes.js";
import { settledPlaces } from "./settled-places.js";
import { type FoundPlace, judgePlaces, keptForSystem } from "./judge-places.js";

/** What follows from new paths besides the paths. */
export interface PathChanges {
  readonly insertions: readonly Insertion[];
  readonly open: readonly OpenPlace[];
  readonly warnings: readonly string[];
  /** Paths that the policy's `keep` keeps. */
  readonly kept: readonly string[];
}

export interface PathPlan extends PathChanges {
  /** The listing with the new paths and link targets. */
  readonly files: readonly TreeFile[];
}

export interface PathRequest {
  readonly root: string;
  readonly suffix: string;
  readonly listing: Tree;
  readonly plan: Pick<IsolationPlan, "settle" | "keep">;
  /** Whether the policy lets isolation read and rewrite the file. */
  readonly isRead: (path: string) => boolean;
  /** Whether an earlier run of the flavor renamed files of this tree. */
  readonly isAgain: boolean;
}

/** Throws `input-invalid` when a new path is taken, `input-missing`, `disk`. */
export function planPaths(request: PathRequest): PathPlan {
  const { root, suffix, listing, isRead } = request;
  const languageIn = languagesIn(root);
  const index = createPathIndex(listing.files);
  const paths = listing.files.map(({ path }) => path);
  const code = listing.files.flatMap(({ path, link }, at) => (link === undefined && languageIn(path) !== undefined ? [{ path, at }] : []));
  const includes = readIncludes(root, code, languageIn);
  const resolve = createResolver(index, paths, new Map([...includes].map(([path, { places }]) => [path, places])));
  const found: FoundPlace[] = code.flatMap(({ path, at }) =>
    (includes.get(path)?.places ?? []).map((place) => Object.assign({}, place, { from: path, at, target: resolve(path, place) })),
  );
  const kept = keptForSystem(found);
  const keeps = pathsKeptBy(request.plan);
  const moves = movesOf({ ...request, languageIn }, found, (path) => kept.has(path) || keeps(path));
  refuseTaken(moves, listing);
  const own = found.filter(({ from }) => isRead(from));
  const judged = judgePlaces(own, moves);
  const computed = code.flatMap(({ path, at }) =>
    (includes.get(path)?.computed ?? []).flatMap(({ offset, token }) =>
      isRead(path) ? [{ file: at, offset, token, why: "a macro gives the path of this include line" }] : [],
    ),
  );
  const settled = settledPlaces(root, judged.open, request.plan.settle, paths);
  const renamed = [...judged.renamed, ...settled.renamed];
  return {
    files: moved(listing.files, moves, suffix, index),
    insertions: renamed.map(({ at, offset, path }) => ({ file: at, offset: offset + stemLength(path), text: suffix, names: [] })),
    open: [...settled.open, ...computed],
    kept: paths.filter(keeps),
    warnings: [
      ...keptWarnings(kept, isRead),
      ...(request.isAgain || moves.size === 0 ? [] : flavoredWarnings(paths, suffix)),
      ...followerWarnings({
        root,
        suffix,
        files: listing.files,
        isRead,
        moves,
        left: found.filter(({ from }) => !isRead(from)),
        stays: judged.stays,
      }),
    ],
  };
}

/** Headers, and fragments that some file includes; module interfaces are compiled by themselves. */
function movesOf(
  { listing, suffix, isRead, languageIn }: PathRequest & { readonly languageIn: ReturnType<typeof languagesIn> },
  found: readonly FoundPlace[],
  keeps: (path: string) => boolean,
): Map<string, string> {
  const included = new Set(found.flatMap(({ target }) => (target.status === "outside" ? [] : target.files)));
  const moves = listing.files.flatMap(({ path, link }): [string, string][] => {
    const language = link === undefined ? languageIn(path) : languageOf(path);
    const isHeader =
      language === "header" ? !/\.(?:ixx|cppm|ccm|cxxm|c\+\+m|mxx|mpp)$/.test(path) : language === "fragment" && included.has(path);
    return isHeader && !isTemplate(path) && isRead(path) && !keeps(path) && !isFlavoredPath(path, suffix)
      ? [[path, flavoredPath(path, suffix)]]
      : [];
  });
  return new Map(moves);
}

/** The globs of `keep` that no identifier can match: `view.h`, `api/*`. They match whole paths of the tree. */
function pathsKeptBy({ keep }: Pick<IsolationPlan, "keep">): (path: string) => boolean {
  const patterns = keep.flatMap(({ match, files }) => (files.length === 0 ? match : []));
  const globs = patterns.filter((pattern) => /[./]/.test(pattern) && expressionOf(pattern) === undefined).map(nameGlob);
  return (path) => globs.some((matches) => matches(path));
}

function refuseTaken(moves: ReadonlyMap<string, string>, { files, folders }: Tree): void {
  const there = new Set([...files.map(({ path }) => path), ...folders]);
  for (const [from, to] of moves) {
    if (!there.has(to)) continue;
    throw new UnforkError("input-invalid", `the tree already has a file '${to}', which '${from}' would become`, {
      hint: `keep this path by the policy's \`keep\`: "${from}"`,
      context: { path: from },
    });
  }
}

function moved(files: readonly TreeFile[], moves: ReadonlyMap<string, string>, suffix: string, index: PathIndex): TreeFile[] {
  return files.map((file) => {
    const to = moves.get(file.path);
    const linkTo = file.link === undefined ? undefined : newTarget(file.path, file.link, moves, suffix, index);
    return { ...file, ...(to === undefined ? {} : { to }), ...(linkTo === undefined ? {} : { linkTo }) };
  });
}

/** A link to a renamed file points to its new name. */
function newTarget(path: string, link: string, moves: ReadonlyMap<string, string>, suffix: string, index: PathIndex): string | undefined {
  if (link.startsWith("/")) return undefined;
  const target = index.at(posix.normalize(posix.join(posix.dirname(path), link)));
  return target !== undefined && moves.has(target) ? flavoredPath(link, suffix) : undefined;
}

function keptWarnings(kept: ReadonlySet<string>, isRead: (path: string) => boolean): string[] {
  const stays = [...kept].filter(isRead).toSorted(byText);
  if (stays.length === 0) return [];
  const [first] = stays;
  return [
    `paths: ${stays.length === 1 ? "a header stands" : `${stays.length} headers stand`} in for the system's of the same name and ${stays.length === 1 ? "keeps its path" : "keep their paths"}: ${first}${stays.length > 1 ? ", …" : ""}`,
  ];
}

/** In a tree that was never isolated these are the library's own names: the other flavor may have the same. */
function flavoredWarnings(paths: readonly string[], suffix: string): string[] {
  const flavored = paths.filter((path) => languageOf(path) === "header" && isFlavoredPath(path, suffix));
  if (flavored.length === 0) return [];
  return [`paths: ${flavored.length === 1 ? "a header ends" : `${flavored.length} headers end`} in '${suffix}' already: ${flavored[0]}`];
}
