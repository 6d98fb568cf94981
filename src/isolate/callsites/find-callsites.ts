/** Owns the search over an application: facts of all files first, then the findings of each. */
import type { CallsiteFinding } from "../../model/isolation-callsites.js";
import { type AppFacts, createFacts, gatherLines, gatherNames } from "./app-facts.js";
import { eachFile, type ReadFile } from "./app-reader.js";
import { type FileView, flavored, headEdit, isOwn, outermost, pathOf, wordAt } from "./file-view.js";
import type { Found, ImportKind } from "./finding.js";
import { type BlockFound, findInNamespaces, findReopenings } from "./in-namespace.js";
import { includeClosure } from "./include-closure.js";
import type { CodeInput, LibraryNames } from "./library.js";
import { findIncludes, findMacros } from "./lines.js";
import { findAdlCalls, findAmbiguous } from "./lookups.js";
import { findOpenedArguments } from "./macro-openers.js";
import { movesAlong, type MovedBlock } from "./moves-along.js";
import { findPlainNames } from "./plain-names.js";
import { findFriends, findQualified, ownDefinitions } from "./qualified.js";
import { describeFound, type FoundInFile } from "./describe.js";

export interface FindRequest {
  /** The application's files; iterated more than once. */
  readonly files: readonly (() => CodeInput)[];
  readonly library: LibraryNames;
  readonly kind: ImportKind;
  /** `_<flavor>` */
  readonly suffix: string;
  /** Whether a header that has a line for each global name is included as well. */
  readonly namesServed: boolean;
}

export interface Search {
  readonly findings: CallsiteFinding[];
  /** C-family files that were read. */
  readonly files: number;
}

/** All findings, sorted by place. */
export function findCallsites({ files, library, kind, suffix, namesServed }: FindRequest): Search {
  const facts = createFacts();
  const paths = new Set<string>();
  const read = function* (): Generator<CodeInput> {
    for (const file of files) yield file();
  };
  eachFile(read(), ({ path, reading }) => {
    paths.add(path);
    gatherLines(reading, path, library, facts);
  });
  eachFile(read(), ({ path, reading, walk }) => gatherNames(reading, walk, path, library, facts));
  const closure = includeClosure(facts.includes, paths);
  const isKnown = knownPaths(paths, library);
  const collected: FoundInFile[] = [];
  const blocks: MovedBlock[] = [];
  eachFile(read(), (file) => {
    const view: FileView = { file: file.path, reading: file.reading, walk: file.walk, library, facts, kind, suffix };
    const inBlocks = file.isC ? [] : findBlocks(view, closure(file.path));
    const elsewhere = findElsewhere(view, file, isKnown).filter(({ construct }) => !namesServed || !PLAIN.has(construct));
    const found = [...inBlocks.map((hit) => hit.found), ...elsewhere];
    for (const one of found) collected.push(inFile(one, file.path));
    if (!file.isC) blocks.push(...blocksOf(view, facts, inBlocks));
  });
  collected.push(...movesAlong(blocks));
  return { findings: describeFound(collected, files, { kind, suffix, map: library.map }), files: paths.size };
}

function findBlocks(view: FileView, visible: ReadonlySet<string>): BlockFound[] {
  const isVisible = (name: string): boolean => {
    const places = view.facts.globals.get(name);
    return places !== undefined && [...places].some((place) => visible.has(place));
  };
  const inside = findInNamespaces(view);
  const friends = findFriends(view).inBlocks;
  const ambiguous = view.kind === "using" ? findAmbiguous(view, isVisible) : [];
  const known = [...inside, ...friends, ...ambiguous];
  return view.kind === "alias" ? [...known, ...findReopenings(view, known)] : known;
}

function findElsewhere(view: FileView, { isC }: ReadFile, isKnown: (path: string) => boolean): Found[] {
  const everywhere = [...findPlainNames(view), ...findIncludes(view, isKnown)];
  if (isC) return everywhere;
  const macros = [...findMacros(view), ...findOpenedArguments(view)];
  if (view.kind === "alias")
    return [...everywhere, ...macros, ...findQualified(view).filter(({ construct }) => construct === "namespace-alias")];
  return [...everywhere, ...macros, ...findQualified(view), ...findFriends(view).found, ...findAdlCalls(view)];
}

/** What a header of global names serves. */
const PLAIN: ReadonlySet<string> = new Set(["c-name", "c-declaration"]);

function inFile({ offset, construct, name, detail, edit }: Found, file: string): FoundInFile {
  return { file, offset, construct, name, detail, edit };
}

/** Every outermost block of the library's namespaces, with what decides whether it moves along. */
function blocksOf(view: FileView, facts: AppFacts, found: readonly BlockFound[]): MovedBlock[] {
  const moved = new Set(found.map(({ block }) => outermost(block)));
  const { starts } = view.reading.stream;
  const definitions = view.kind === "alias" ? [] : ownDefinitions(view);
  const outside = definitions.map(({ root, token }): MovedBlock => {
    return { file: view.file, offset: starts[token] as number, root, edit: flavored(view, token), moved: false, hasOwn: true };
  });
  const opened = view.walk.blocks.flatMap((block): MovedBlock[] => {
    const path = pathOf(view, block);
    if (path === undefined || block.outer !== undefined) return [];
    const root = path[0] as string;
    const place = { file: view.file, offset: starts[block.tokens[0] as number] as number, edit: headEdit(view, block) };
    return [{ ...place, root, moved: moved.has(block), hasOwn: mentionsOwn(view, block.brace, block.end, facts.own.get(root), root) }];
  });
  return [...opened, ...outside];
}

function mentionsOwn(view: FileView, from: number, to: number, own: ReadonlySet<string> | undefined, root: string): boolean {
  if (own === undefined) return false;
  for (let i = from; i < to; i++) {
    const name = wordAt(view, i);
    if (name !== "" && isOwn(view, [root], name)) return true;
  }
  return false;
}

/** Whether a header of that include path is in the application or the library, under any include root. */
function knownPaths(paths: ReadonlySet<string>, { headers }: LibraryNames): (path: string) => boolean {
  const byName = new Map<string, string[]>([...headers].map(([name, list]) => [name, [...list]]));
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return (path) => {
    const known = byName.get(path.slice(path.lastIndexOf("/") + 1)) ?? [];
    return known.some((candidate) => candidate === path || candidate.endsWith(`/${path}`) || path.endsWith(`/${candidate}`));
  };
}
