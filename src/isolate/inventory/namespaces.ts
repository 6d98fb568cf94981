/** Owns which top-level namespaces are the tree's own, by what the tree does in them. */
import type { ScanNamespace } from "../../model/isolation-scan.js";
import { byText } from "../../support/order.js";
import { isExtended, withHeaders } from "./headers-elsewhere.js";
import { namedBy, replacementsOf } from "./macro-names.js";
import type { ReadTree } from "./read-tree.js";
import type { Reader } from "./reader.js";
import { SITE } from "./sites.js";

/** Namespaces of the implementation: no tree owns them. */
const STANDARD = new Set(["std", "__gnu_cxx", "__cxxabiv1", "__gnu_debug", "stdext"]);

/** Namespaces that trees often reopen to extend somebody else's library. */
const WELL_KNOWN = new Set(
  "testing benchmark boost google proto2 absl fmt spdlog nlohmann Eigen tbb folly grpc cv Qt Ui android ABI winrt Microsoft Windows Catch doctest rapidjson YAML cereal pybind11 Json tinyxml2 thrust cub hana ranges".split(
    " ",
  ),
);

/** Those of libraries that come in one file or a few: others hardly add to them. */
const SMALL = new Set("Catch doctest nlohmann rapidjson tinyxml2 Json pybind11 cereal".split(" "));

/** A tree that defines this much in the namespace of such a library holds it. */
const DEFINITIONS_OF_AN_OWNER = 100;

/** The namespaces that the tree opens at global scope, most opened first. `asked`: only these are renamed; empty: all of the tree's own. */
export function namespacesOf(
  { reader, files }: Pick<ReadTree, "reader" | "files">,
  asked: readonly string[],
  isKept: (name: string) => boolean,
): ScanNamespace[] {
  return judged(withHeaders(countNamespaces(reader), { reader, files }), { allFiles: files.length, asked, isKept });
}

/** What the files of a reader do with a namespace that they open at global scope. */
export interface NamespaceCount extends Omit<ScanNamespace, "verdict" | "why"> {
  /** Times a namespace of this word is opened inside another one. */
  readonly inner: number;
  /** Whether the word is a macro whose body is no name. */
  readonly byMacro: boolean;
  /** Whether a macro puts another word in its place, or it in the place of another. */
  readonly replaced: boolean;
}

/** Counts them; without macros that name namespaces, the counts of several readers add up. */
export function countNamespaces(reader: Reader): NamespaceCount[] {
  const { sites, interner } = reader;
  const names = namesOf(reader);
  const defines = definitionsOf(reader, names);
  const opened = new Map<number, { count: number; files: Set<number> }>();
  const uses = new Map<number, number>();
  const replaced = new Set<number>();
  const inner = new Map<number, number>();
  for (let i = 0; i < sites.count; i++) {
    const kind = sites.kinds[i];
    const id = sites.values[i] as number;
    if (kind === SITE.namespace) {
      if (names(id).length > 1) for (const name of names(id)) replaced.add(name);
      for (const name of names(id)) {
        const known = opened.get(name) ?? { count: 0, files: new Set<number>() };
        known.count++;
        known.files.add(sites.files[i] as number);
        opened.set(name, known);
      }
    } else if (kind === SITE.nestedNamespace || kind === SITE.inlineNamespace) inner.set(id, (inner.get(id) ?? 0) + 1);
    else if (kind === SITE.use || kind === SITE.globalUse || kind === SITE.macroUse) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return [...opened].map(([id, { count, files }]) => ({
    name: interner.name(id),
    opened: count,
    files: files.size,
    definitions: defines.get(id) ?? 0,
    uses: uses.get(id) ?? 0,
    inner: inner.get(id) ?? 0,
    byMacro: namedBy(reader, id) === undefined,
    replaced: replaced.has(id),
  }));
}

/** What the verdicts depend on besides the counts. */
export interface Judging {
  /** Number of code files. */
  readonly allFiles: number;
  readonly asked: readonly string[];
  readonly isKept: (name: string) => boolean;
}

/** The namespaces with their verdicts, most opened first. */
export function judged(counts: readonly NamespaceCount[], judging: Judging): ScanNamespace[] {
  const found = counts.map((count): ScanNamespace => {
    const { inner: _inner, byMacro: _byMacro, replaced: _replaced, ...facts } = count;
    return Object.assign(facts, judge({ ...count, ...judging }));
  });
  return found.toSorted((a, b) => b.opened - a.opened || byText(a.name, b.name));
}

/** The namespaces that a word behind `namespace` stands for, remembered; the word itself when macros do not tell, or only some tell. */
function namesOf(reader: Reader): (id: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  return (id) => {
    const names = known.get(id) ?? [...new Set([...(namedBy(reader, id) ?? [id]), ...replacementsOf(reader, id)])];
    known.set(id, names);
    return names;
  };
}

function definitionsOf({ defines }: Reader, names: (id: number) => readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const [id, count] of defines) for (const name of names(id)) found.set(name, (found.get(name) ?? 0) + count);
  return found;
}

function judge({
  name,
  opened,
  files,
  definitions,
  inner,
  byMacro,
  header,
  allFiles,
  asked,
  isKept,
}: NamespaceCount & Judging): Pick<ScanNamespace, "verdict" | "why"> {
  if (asked.includes(name)) return { verdict: "renamed", why: "asked for" };
  if (STANDARD.has(name)) return { verdict: "foreign", why: "the implementation's: the tree only adds to it" };
  if (byMacro || /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(name)) return { verdict: "named by a macro", why: "its name is a macro's" };
  if (definitions === 0) return { verdict: "declared only", why: "the tree defines nothing in it: it declares another library's names" };
  const holds = SMALL.has(name) && definitions >= DEFINITIONS_OF_AN_OWNER;
  const extended = !holds && isExtended(files, allFiles);
  if (WELL_KNOWN.has(name) && extended) {
    return { verdict: "foreign", why: `a well-known library's, reopened in ${files} ${files === 1 ? "file" : "files"}` };
  }
  if (header !== undefined)
    return { verdict: "foreign", why: `another library's: ${header} and no folder ${name} is in the tree, which only adds to it` };
  if (asked.length > 0) return { verdict: "kept", why: "the tree's own, not asked for" };
  if (isKept(name)) return { verdict: "kept", why: "the policy keeps it" };
  if (inner > opened) {
    return {
      verdict: "kept",
      why: `the word names an inner namespace ${inner} times, an outer one ${opened}: ask for it by --namespace if it is meant`,
    };
  }
  return { verdict: "renamed", why: "the tree's own: it defines names in it" };
}
