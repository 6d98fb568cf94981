/** Owns which namespaces are found after a few files changed, where the plan leaves that to the tree. */
import type { IsolationPlan } from "../model/isolation.js";
import type { ScanNamespace } from "../model/isolation-scan.js";
import { languageIn } from "./code-files.js";
import type { FileContent } from "./engine/file-content.js";
import type { CountedNamespaces } from "./inventory/namespaces-after.js";
import { isReadBy } from "./part-files.js";

export interface FoundAfter {
  readonly counted: CountedNamespaces;
  readonly found: readonly ScanNamespace[];
}

/** A changed file as it was and as it is. */
export interface ChangedFile {
  readonly path: string;
  readonly before: FileContent;
  readonly now: FileContent;
}

/** Undefined when only a reading of the whole tree tells, or when a verdict is another one. `plan` has those of the last run. */
export async function foundAfter(
  plan: IsolationPlan,
  counted: CountedNamespaces,
  changed: readonly ChangedFile[],
): Promise<FoundAfter | undefined> {
  const { countedAfter } = await import("./inventory/namespaces-after.js");
  const { judgedBy } = await import("./policy/effective-plan.js");
  const isRead = isReadBy(plan);
  const files = changed.flatMap(({ path, before, now }) => {
    const language = languageIn(path, now.once());
    return language === undefined || !isRead(path) ? [] : [{ path, language, before, now }];
  });
  if (changed.some(({ path, before, now }) => languageIn(path, before.once()) !== languageIn(path, now.once()))) return undefined;
  const after = countedAfter(
    counted,
    files.map(({ path, language, before }) => ({ path, language, bytes: before.once() })),
    files.map(({ path, language, now }) => ({ path, language, bytes: now.once() })),
  );
  if (after === undefined) return undefined;
  const found = judgedBy(plan, after);
  return verdictsOf(found) === verdictsOf(judgedBy(plan, counted)) ? { counted: after, found } : undefined;
}

function verdictsOf(found: readonly ScanNamespace[]): string {
  return JSON.stringify(found.map(({ name, verdict }) => `${name} ${verdict}`).toSorted());
}
