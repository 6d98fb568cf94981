/** Owns the inventory of texts in memory, for tests. */
import type { ScanConstruct } from "../../../src/model/isolation-scan.js";
import { languageOf } from "../../../src/isolate/code-files.js";
import { constructsOf, sortSites } from "../../../src/isolate/inventory/constructs.js";
import { namespacesOf } from "../../../src/isolate/inventory/namespaces.js";
import { readFiles, type ReadTree } from "../../../src/isolate/inventory/read-tree.js";

/** Reads files given by path. */
export function read(files: Readonly<Record<string, string>>): ReadTree {
  return readFiles(
    Object.entries(files).map(([path, text]) => {
      const language = languageOf(path);
      if (language === undefined) throw new Error(`${path} is no code file`);
      return { path, language, bytes: Buffer.from(text, "latin1") };
    }),
  );
}

/** The rows of these files; `namespaces` are renamed, or what the tree owns. */
export function constructs(files: Readonly<Record<string, string>>, namespaces: readonly string[] = []): ScanConstruct[] {
  const tree = read(files);
  return constructsOf(
    tree,
    sortSites(
      tree,
      namespacesOf(tree, namespaces, () => false),
    ),
    [],
  );
}

/** `row/part line name` of every place, sorted; the part is left out when the row has none. */
export function places(text: string, path = "a.cc", namespaces: readonly string[] = ["lib"]): string[] {
  return constructs({ [path]: text }, namespaces)
    .flatMap(({ id, places: list }) => list.map(({ line, name, part }) => `${id}${part === "" ? "" : `/${part}`} ${line} ${name}`))
    .toSorted();
}
