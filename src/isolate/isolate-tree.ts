/** Owns the isolation of one tree: read, choose the names, rewrite, put the new tree in place. */
import { createHash } from "node:crypto";
import { join, resolve, sep } from "node:path";

import type { IsolationPlan, IsolationResult } from "../model/isolation.js";
import { emit } from "../support/bus.js";
import { UnforkError } from "../support/errors.js";
import { exists, replaceFolder } from "../support/fs.js";
import { sha256 } from "../support/hash.js";
import { scan } from "../tokens/scan.js";
import { chooseNames } from "./choose-names.js";
import { dialectOf } from "./code-files.js";
import { type CodeTree, readBytes, readCodeTree } from "./code-tree.js";
import { findEdits } from "./edits.js";
import { MARKER_FILE, markerText, readMarker } from "./marker.js";
import { type NamesTable, ROLE } from "./names-table.js";
import { nestedUses } from "./nested-namespaces.js";
import { makeFolders, type OutputTree, putFile, putLink } from "./output-tree.js";
import { anyPathGlob } from "./path-glob.js";
import { insertSuffix, lineAt } from "./rewrite.js";
import { listTree, type Tree } from "./tree-files.js";

export interface IsolateRequest {
  /** The suffix without its underscore. */
  readonly flavor: string;
  readonly release: string;
  /** Input tree; only read. */
  readonly source: string;
  /** Output folder; replaced as a whole. */
  readonly target: string;
  readonly plan: IsolationPlan;
}

const WRITING = "isolating";

/**
 * Writes the tree with every external name bearing the flavor. Files whose new bytes equal an earlier output's keep
 * that file with its time. Throws `input-invalid` (a namespace that no file opens, a tree of another flavor, an output
 * inside the input, a new name that is taken), `input-missing` and `disk`; then nothing has been written.
 */
export async function isolateTree(request: IsolateRequest): Promise<IsolationResult> {
  await checkRequest(request);
  const listing = withoutMarker(listTree(request.source));
  const isRead = anyPathGlob(request.plan.files);
  const tree = readCodeTree(
    request.source,
    listing.files.filter((file) => file.link === undefined && isRead(file.path)).map((file) => file.path),
  );
  const table = chooseNames(tree, request.plan, request.flavor);
  const rewritten = rewriteTree(tree, table, request.flavor);
  checkFresh(tree, rewritten, request.flavor);
  const earlier = (await exists(request.target)) ? request.target : undefined;
  const written = await replaceFolder(request.target, async (folder) => writeTree({ folder, earlier }, request, listing, rewritten));
  return {
    flavor: request.flavor,
    release: request.release,
    path: resolve(request.target),
    ...written,
    ...summary(tree, table, rewritten, request.flavor),
  };
}

async function checkRequest({ flavor, source, target }: IsolateRequest): Promise<void> {
  if (!/^\w+$/.test(flavor)) {
    throw new UnforkError("input-invalid", `the flavor '${flavor}' cannot end a C++ name`, { hint: "use letters, digits and underscores" });
  }
  if (`${resolve(target)}${sep}`.startsWith(`${resolve(source)}${sep}`)) {
    throw new UnforkError("input-invalid", `the output ${target} lies inside the input ${source}`, {
      hint: "choose a folder outside of the tree",
    });
  }
  if (`${resolve(source)}${sep}`.startsWith(`${resolve(target)}${sep}`)) {
    throw new UnforkError("input-invalid", `the input ${source} lies inside the output ${target}, which is replaced as a whole`, {
      hint: "choose another output folder",
    });
  }
  const marker = await readMarker(source);
  if (marker !== undefined && marker.flavor !== flavor) {
    throw new UnforkError("input-invalid", `${source} is already isolated as flavor '${marker.flavor}' (release ${marker.release})`, {
      hint: `isolate the original tree, or ask for flavor '${marker.flavor}'`,
      context: { path: join(source, MARKER_FILE) },
    });
  }
}

function withoutMarker(tree: Tree): Tree {
  return { ...tree, files: tree.files.filter((file) => file.path !== MARKER_FILE) };
}

/** The rewritten code files, and what was counted on the way. */
interface Rewritten {
  readonly files: ReadonlyMap<string, { readonly bytes: Buffer; readonly edits: number }>;
  /** Edits by interner id. */
  readonly counts: ReadonlyMap<number, number>;
  readonly undecided: IsolationResult["undecided"];
}

function rewriteTree(tree: CodeTree, table: NamesTable, flavor: string): Rewritten {
  const files = new Map<string, { bytes: Buffer; edits: number }>();
  const counts = new Map<number, number>();
  const undecided: IsolationResult["undecided"] = [];
  const suffix = Buffer.from(`_${flavor}`, "latin1");
  for (const [index, { path, bytes, language, survey }] of tree.files.entries()) {
    scan(bytes, tree.interner, tree.stream, dialectOf(language));
    const edits = findEdits(
      { stream: tree.stream, bytes, words: tree.words },
      table,
      { index, nested: nestedUses(survey.namespaces, table.nested) },
      tree.interner.name,
    );
    for (const id of edits.ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const { offset, token, why } of edits.undecided) undecided.push({ file: path, line: lineAt(bytes, offset), token, why });
    files.set(path, { bytes: insertSuffix(bytes, edits.offsets, suffix), edits: edits.offsets.length });
  }
  return { files, counts, undecided };
}

/** A new name that the tree already uses for something else would merge two names into one. */
function checkFresh(tree: CodeTree, rewritten: Rewritten, flavor: string): void {
  for (const id of rewritten.counts.keys()) {
    const to = `${tree.interner.name(id)}_${flavor}`;
    if (tree.interner.find(to) < 0) continue;
    throw new UnforkError("input-invalid", `the tree already uses the name '${to}', which '${tree.interner.name(id)}' would become`, {
      hint: "choose another name for the flavor, or keep this name by the plan's `keep`",
      context: { name: to },
    });
  }
}

type Written = Pick<IsolationResult, "digest" | "files" | "changedFiles" | "bytes" | "edits">;

function writeTree(output: OutputTree, request: IsolateRequest, listing: Tree, rewritten: Rewritten): Written {
  const digest = createHash("sha256");
  let [changedFiles, bytes, edits] = [0, 0, 0];
  makeFolders(output, listing.folders);
  for (const [index, file] of listing.files.entries()) {
    if (file.link !== undefined) {
      putLink(output, file.path, file.link);
      digest.update(`${file.path}\0link\0${file.link}\n`);
      continue;
    }
    const code = rewritten.files.get(file.path);
    const content = code?.bytes ?? readBytes(join(request.source, file.path));
    putFile(output, file.path, content, file.mode);
    digest.update(`${file.path}\0${file.mode.toString(8)}\0${sha256(content)}\n`);
    bytes += content.length;
    edits += code?.edits ?? 0;
    if (code !== undefined && code.edits > 0) changedFiles++;
    if (index % 256 === 0) emit({ type: "progress", label: WRITING, done: index, total: listing.files.length, unit: "files" });
  }
  putFile(output, MARKER_FILE, Buffer.from(markerText(request.flavor, request.release, request.plan)), 0o644);
  emit({ type: "progress:end", label: WRITING });
  return { digest: digest.digest("hex"), files: listing.files.length, changedFiles, bytes, edits };
}

function summary(
  tree: CodeTree,
  table: NamesTable,
  rewritten: Rewritten,
  flavor: string,
): Pick<IsolationResult, "namespaces" | "names" | "undecided"> {
  const rows = [...rewritten.counts]
    .map(([id, edits]) => ({ id, from: tree.interner.name(id), edits }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const renamed = (isNamespace: boolean): IsolationResult["names"] =>
    rows
      .filter(({ id }) => (table.roles[id] === ROLE.namespace) === isNamespace)
      .map(({ from, edits }) => ({ from, to: `${from}_${flavor}`, edits }));
  return { namespaces: renamed(true), names: renamed(false), undecided: rewritten.undecided };
}
