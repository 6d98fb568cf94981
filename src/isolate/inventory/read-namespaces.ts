/** Owns the reading of a tree for its namespaces alone: no bytes are kept, and no places but those that open namespaces. */
import { join } from "node:path";

import type { Trigraphs } from "../../tokens/trigraphs.js";
import { languageIn, languageOf, mayBeBinary, mayBeCode } from "../code-files.js";
import { createContents, type FileContent, type ReadContent } from "../engine/file-content.js";
import { withdrawInner } from "./included-inside.js";
import { type InventoryFile, readEach, type ReadTree } from "./read-tree.js";
import type { Reader } from "./reader.js";
import { SITE } from "./sites.js";

/** `inside`: names of the files that open namespaces inside of those of the files that include them. */
type NamespacesRead = Pick<ReadTree, "reader" | "files"> & { readonly inside: readonly string[] };

/** What {@link namespacesOf} needs but the number of uses. Throws `input-missing`, `disk` or `state-invalid`. */
export function readNamespaces(root: string, paths: readonly string[], trigraphs?: Trigraphs): NamespacesRead {
  const read = createContents();
  const files = paths.flatMap((path) => {
    if (!mayBeCode(path)) return [];
    const plain = mayBeBinary(path) ? undefined : languageOf(path);
    const language = plain ?? languageIn(path, read(join(root, path)).once());
    return language === undefined ? [] : [fileAt(read, join(root, path), path, language)];
  });
  const reader = readEach(files, keepOpenings, trigraphs);
  return { reader, files, inside: withdrawInner(reader, files) };
}

/** The same for files in memory. */
export function readNamespacesOf(files: readonly InventoryFile[]): Reader {
  return readEach(files, keepOpenings);
}

/** A file that is read when its bytes are asked for; they are valid until those of another one are. */
function fileAt(read: ReadContent, at: string, path: string, language: InventoryFile["language"]): InventoryFile {
  let content: FileContent | undefined;
  return {
    path,
    language,
    get bytes() {
      content ??= read(at);
      return content.once();
    },
  };
}

const OPENINGS: ReadonlySet<number> = new Set([SITE.namespace, SITE.nestedNamespace, SITE.inlineNamespace]);

/** Withdraws all places from the given one on that open no namespace. */
function keepOpenings({ sites }: Reader, from: number): void {
  let kept = from;
  for (let at = from; at < sites.count; at++) {
    if (!OPENINGS.has(sites.kinds[at] as number)) continue;
    for (const list of [sites.kinds, sites.files, sites.starts, sites.ends, sites.values, sites.contexts]) list[kept] = list[at] as number;
    kept++;
  }
  sites.count = kept;
}
