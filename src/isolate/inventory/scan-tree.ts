/** Owns the scan of one tree: its inventory, its strings, what would be renamed, what is undecided, which mechanism it has itself. */
import { stat } from "node:fs/promises";

import type { IsolationScan, ScanNamespace } from "../../model/isolation-scan.js";
import type { IsolationPlan } from "../../model/isolation.js";
import { UnforkError } from "../../support/errors.js";
import { nearest } from "../../support/nearest.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import { listTree } from "../engine/tree-files.js";
import { findMechanisms } from "../mechanisms/find-mechanisms.js";
import { readMarker } from "../marker.js";
import { nameRulesOf } from "../name-rules.js";
import { isReadBy } from "../part-files.js";
import { effectivePlan } from "../policy/effective-plan.js";
import { constructsOf, sortSites } from "./constructs.js";
import { dryRun, SCAN_FLAVOR } from "./dry-run.js";
import { lookAlikesOf } from "./look-alikes.js";
import { namespacesOf } from "./namespaces.js";
import { readOtherFiles } from "./other-files.js";
import { type ReadTree, readTree } from "./read-tree.js";
import { SITE } from "./sites.js";
import { stringsOf } from "./strings.js";

export interface ScanRequest {
  readonly tree: string;
  /** With its `namespaces`, or, when that list is empty, with those that the tree defines names in. */
  readonly plan: IsolationPlan;
  /** Commands that compile the tree: libclang is asked about undecided tokens. */
  readonly commands?: readonly CompileCommand[] | undefined;
}

/** Scans a tree; nothing in it is changed. Throws `input-invalid` (no code, an unknown namespace), `input-missing`, `disk`. */
export async function scanTree({ tree, plan, commands }: ScanRequest): Promise<IsolationScan> {
  await requireFolder(tree);
  const flavor = (await readMarker(tree))?.flavor;
  const paths = listTree(tree).files.flatMap(({ path, link }) => (link === undefined ? [path] : []));
  const shared = plan.share.length === 0 ? undefined : effectivePlan(plan, `_${SCAN_FLAVOR}`, tree, paths).plan;
  const wanted = paths.filter(isReadBy(shared ?? plan));
  const read = readTree(tree, wanted, plan.trigraphs);
  if (read.files.length === 0) throw noCode(tree);
  const rules = nameRulesOf(plan);
  const found = namespacesOf(read, plan.namespaces, (name) => rules.everywhere(name) === "keep");
  requireOpened(tree, plan.namespaces, found);
  const namespaces = found.map((one): ScanNamespace => (shared !== undefined && isShared(one, shared) ? asShared(one) : one));
  const renamed = namespaces.filter(({ verdict }) => verdict === "renamed").map(({ name }) => name);
  const constructs = constructsOf(read, sortSites(read, namespaces), readOtherFiles(tree, wanted));
  const request = { tree, flavor, plan: { ...plan, namespaces: renamed }, commands };
  const foreseen = await dryRun(request, constructs);
  return {
    format: 1,
    tree,
    files: { code: read.files.length, other: paths.length - read.files.length, bytes: read.bytes },
    namespaces,
    constructs,
    strings: stringsOf(read, renamed, cNames(read)),
    lookAlikes: lookAlikesOf(read, namespaces, foreseen.renames.names),
    ...foreseen,
    mechanisms: findMechanisms(read, paths, tree),
  };
}

/** Own by what the tree does in it, left out by the policy's shared folders. */
function isShared({ name, verdict }: ScanNamespace, { namespaces }: IsolationPlan): boolean {
  return verdict === "renamed" && !namespaces.includes(name);
}

function asShared(namespace: ScanNamespace): ScanNamespace {
  return { ...namespace, verdict: "kept", why: "its folder is shared" };
}

/** C symbols that the tree defines: what a look-up by name at run time may ask for. */
function cNames({ reader: { sites, interner } }: ReadTree): ReadonlySet<string> {
  const names = new Set<string>();
  for (let i = 0; i < sites.count; i++) {
    const kind = sites.kinds[i];
    if (kind === SITE.cFunction || kind === SITE.cData || kind === SITE.cTable) names.add(interner.name(sites.values[i] as number));
  }
  return names;
}

async function requireFolder(tree: string): Promise<void> {
  const known = await stat(tree).catch(() => undefined);
  if (known === undefined || known.isDirectory()) return;
  throw new UnforkError("input-invalid", `${tree} is no folder`, {
    hint: "name the folder of the library's sources",
    context: { path: tree },
  });
}

function noCode(tree: string): UnforkError {
  return new UnforkError("input-invalid", `${tree} holds no C, C++, Objective-C or assembler file`, {
    hint: "name the folder of the library's sources",
    context: { path: tree },
  });
}

function requireOpened(tree: string, asked: readonly string[], opened: IsolationScan["namespaces"]): void {
  const names = opened.map(({ name }) => name);
  for (const namespace of asked) {
    if (names.includes(namespace)) continue;
    const near = nearest(namespace, names);
    throw new UnforkError("input-invalid", `no file of ${tree} opens a namespace '${namespace}' at global scope`, {
      hint: near === undefined ? "run the scan without --namespace: it lists what the tree opens" : `did you mean '${near}'?`,
      context: { namespace },
    });
  }
}
