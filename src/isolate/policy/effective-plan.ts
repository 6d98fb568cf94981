/** Owns the plan that a run works with: namespaces found where none are given, shared folders left out. */
import type { IsolationPlan } from "../../model/isolation.js";
import type { ScanNamespace } from "../../model/isolation-scan.js";
import { freeMemory } from "../../support/engine-flags.js";
import { UnforkError } from "../../support/errors.js";
import { judged, namespacesOf } from "../inventory/namespaces.js";
import { type CountedNamespaces, countedIn } from "../inventory/namespaces-after.js";
import { readNamespaces } from "../inventory/read-namespaces.js";
import { nameRulesOf } from "../name-rules.js";
import { FILES_WORTH_A_THREAD } from "../open-parts.js";
import { isReadBy } from "../part-files.js";

export interface EffectivePlan {
  readonly plan: IsolationPlan;
  /** Every namespace that the tree opens at global scope with the verdict on it; empty when the plan names them. */
  readonly found: readonly ScanNamespace[];
  /** By which the next run judges without reading the whole tree; undefined when the plan names them. */
  readonly counted?: CountedNamespaces;
}

/** `paths` are the tree's files. Throws `config-invalid` when a shared folder's namespace is renamed as well. */
export function effectivePlan(plan: IsolationPlan, suffix: string, root: string, paths: readonly string[]): EffectivePlan {
  const shares = plan.share.map((rule) => ({
    ...rule,
    opens: rule.namespaces.length > 0 ? rule.namespaces : opensIn(root, paths, rule.path),
  }));
  const shared = new Set(shares.flatMap(({ opens }) => opens));
  const exclude = [...plan.exclude, ...plan.share.map(({ path }) => `${path}/**`)];
  const read = paths.filter(isReadBy({ files: plan.files, exclude }));
  const counted = plan.namespaces.length > 0 ? undefined : countedAt(root, read, paths, plan.trigraphs);
  const found = counted === undefined ? [] : judgedBy(plan, counted);
  if (plan.namespaces.length === 0 && read.length >= FILES_WORTH_A_THREAD) freeMemory();
  const own = found
    .filter(({ name, verdict }) => verdict === "renamed" && !shared.has(name))
    .map(({ name }) => withoutSuffix(name, suffix));
  const namespaces = plan.namespaces.length > 0 ? plan.namespaces : [...new Set(own)].toSorted();
  for (const [index, { path, opens, namespaces: named }] of shares.entries()) {
    const both = named.length > 0 ? undefined : opens.find((name) => plan.namespaces.includes(name) || definesIn(found, name));
    if (both !== undefined) throw sharedAndRenamed(index, path, both, plan);
  }
  return { plan: { ...plan, namespaces, exclude }, found, ...(counted === undefined ? {} : { counted }) };
}

function withoutSuffix(name: string, suffix: string): string {
  return name.endsWith(suffix) && name.length > suffix.length ? name.slice(0, -suffix.length) : name;
}

/** Reads the files of `read`; `paths` are all of the tree. */
function countedAt(
  root: string,
  read: readonly string[],
  paths: readonly string[],
  trigraphs: IsolationPlan["trigraphs"],
): CountedNamespaces {
  const { reader, files, inside } = readNamespaces(root, read, trigraphs);
  return countedIn({ reader, files }, inside, paths);
}

/** What becomes of namespaces that are found rather than asked for. */
export function judgedBy(plan: IsolationPlan, { counts, allFiles }: CountedNamespaces): ScanNamespace[] {
  const rules = nameRulesOf(plan);
  return judged(counts, { allFiles, asked: [], isKept: (name) => rules.everywhere(name) === "keep" });
}

/** The namespaces that a folder defines names in. */
function opensIn(root: string, paths: readonly string[], folder: string): string[] {
  const inside = paths.filter((path) => path.startsWith(`${folder}/`));
  return namespacesOf(readNamespaces(root, inside), [], () => false)
    .filter(({ verdict }) => verdict === "renamed")
    .map(({ name }) => name);
}

function definesIn(found: readonly ScanNamespace[], name: string): boolean {
  return found.some((one) => one.name === name && one.verdict === "renamed");
}

function sharedAndRenamed(index: number, path: string, name: string, plan: IsolationPlan): UnforkError {
  const at = plan.namespaces.indexOf(name);
  const other = at >= 0 ? `namespaces[${at}] renames it` : "the rest of the tree defines names in it, too";
  return new UnforkError("config-invalid", `share[${index}] leaves ${path} un-renamed, which opens namespace '${name}', and ${other}`, {
    hint: `take '${name}' out of one of the two, or say in share[${index}].namespaces which namespaces of ${path} keep their names`,
  });
}
