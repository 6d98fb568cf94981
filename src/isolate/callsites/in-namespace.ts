/** Owns the call sites inside namespaces of the library that an application opens itself: they land in a namespace of their own. */
import { LOOKUP_HOOKS } from "../lookup-hooks.js";
import { type Declaration, textOf } from "./declaration.js";
import { bitsOf, type FileView, headEdit, pathOf, visibleBits, wordAt } from "./file-view.js";
import type { Construct, Found } from "./finding.js";
import { NAME } from "./library.js";
import type { NamespaceBlock } from "./walk-file.js";

/** A finding with the block that its edit moves. */
export interface BlockFound {
  readonly block: NamespaceBlock;
  readonly found: Found;
}

/** Declarations that do not mean the library's entity any more. */
export function findInNamespaces(view: FileView): BlockFound[] {
  const found: BlockFound[] = [];
  for (const { declaration, block, linkageC } of view.walk.declarations) {
    const path = pathOf(view, block);
    if (block === undefined || path === undefined || path.includes("") || linkageC) continue;
    const hit = constructOf(view, declaration, path);
    if (hit === undefined) continue;
    const token = declaration.chain.words[hit.word] as number;
    found.push({ block, found: foundAt(view, block, token, hit.construct, path) });
  }
  return [...found, ...nestedBlocks(view, found)];
}

function foundAt(view: FileView, block: NamespaceBlock, token: number, construct: Construct, path: readonly string[]): Found {
  const offset = view.reading.stream.starts[token] as number;
  return { offset, construct, name: wordAt(view, token), detail: path.join("::"), edit: headEdit(view, block) };
}

function constructOf(
  view: FileView,
  declaration: Declaration,
  path: readonly string[],
): { construct: Construct; word: number } | undefined {
  const { chain, template, form, defines } = declaration;
  const first = textOf(view.reading, chain.words[0]);
  const foreign = visibleBits(view, path, first) !== 0 && !isOwnHere(view, path, first);
  if (chain.words.length > 1 || template === "specialisation" || template === "instantiation") {
    if (!foreign || chain.global || isImport(form) || isAppsClass(view, declaration, path)) return undefined;
    if (template === "instantiation") return { construct: "explicit-instantiation", word: 0 };
    return { construct: template === "specialisation" ? "specialisation" : "member-definition", word: 0 };
  }
  const bits = bitsOf(view, path, first);
  if (form === "guide") return bits === 0 ? undefined : { construct: "deduction-guide", word: 0 };
  if (form === "function" && (chain.operator || LOOKUP_HOOKS.has(first)) && isHook(view, declaration, path))
    return { construct: "adl-hook", word: 0 };
  if (chain.operator || bits === 0) return undefined;
  if (form === "type" && (bits & NAME.type) !== 0) {
    if (!defines) return isOwnHere(view, path, first) ? undefined : { construct: "forward-declaration", word: 0 };
    return (bits & NAME.header) === 0 || (bits & NAME.definedType) !== 0 ? undefined : { construct: "redeclaration", word: 0 };
  }
  const same = (form === "function" && (bits & NAME.function) !== 0) || (form === "variable" && (bits & NAME.variable) !== 0);
  if (!same || ((bits & NAME.header) === 0 && isOwnHere(view, path, first))) return undefined;
  return { construct: "redeclaration", word: 0 };
}

function isImport(form: Declaration["form"]): boolean {
  return form === "using-declaration" || form === "alias" || form === "namespace-alias";
}

/**
 * Defined by the application and not what a header of the library means: no header has the name, or one has its body, which
 * could then never be seen together with the application's.
 */
function isOwnHere(view: FileView, path: readonly string[], name: string): boolean {
  const bits = visibleBits(view, path, name);
  if ((bits & NAME.header) !== 0 && (bits & NAME.definedType) === 0) return false;
  return view.facts.defined.has([...path, name].join("::"));
}

/** A member of a class whose body the application has: what is wrong with it is said at the body. */
function isAppsClass(view: FileView, { chain, template, form }: Declaration, path: readonly string[]): boolean {
  const isMember = template !== "specialisation" && template !== "instantiation" && form !== "guide";
  return isMember && view.facts.defined.has([...path, textOf(view.reading, chain.words[0])].join("::"));
}

/** A parameter has a type of this namespace of the library, and none has one of the application's own in it. */
function isHook(view: FileView, { parameters, isStatic }: Declaration, path: readonly string[]): boolean {
  if (isStatic) return false;
  const words = parameters.map((token) => textOf(view.reading, token)).filter((word) => word !== "");
  const isType = (word: string): boolean => (bitsOf(view, path, word) & (NAME.type | NAME.alias)) !== 0;
  const ownTypes = view.facts.own.get(path[0] as string);
  return words.some(isType) && !words.some((word) => !isType(word) && ownTypes?.has(word) === true && isDefinedType(view, path, word));
}

function isDefinedType({ facts }: FileView, path: readonly string[], word: string): boolean {
  return facts.defined.has([...path, word].join("::"));
}

/** Opening a namespace inside the library's makes one that hides it; said once per block that nothing else is said of. */
function nestedBlocks(view: FileView, known: readonly BlockFound[]): BlockFound[] {
  const said = new Set(known.map(({ block }) => block));
  return view.walk.blocks.flatMap((block) => {
    const path = pathOf(view, block);
    if (path === undefined || path.length < 2 || path.includes("") || said.has(block) || block.tokens.length === 0) return [];
    const bits = bitsOf(view, path.slice(0, -1), path.at(-1) as string);
    if ((bits & NAME.namespace) === 0 || (bits & NAME.header) === 0) return [];
    return [{ block, found: foundAt(view, block, block.tokens.at(-1) as number, "nested-namespace", path.slice(0, -1)) }];
  });
}

/** For an import by alias no opening at all is possible: blocks of which nothing else is said. */
export function findReopenings(view: FileView, known: readonly BlockFound[]): BlockFound[] {
  const said = new Set(known.map(({ block }) => outermostOf(block)));
  return view.walk.blocks.flatMap((block) => {
    const path = pathOf(view, block);
    if (path === undefined || block.outer !== undefined || said.has(block)) return [];
    return [{ block, found: foundAt(view, block, block.tokens[0] as number, "reopening", path) }];
  });
}

function outermostOf(block: NamespaceBlock): NamespaceBlock {
  return block.outer === undefined ? block : outermostOf(block.outer);
}
