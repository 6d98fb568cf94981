/** Owns what every part of the reading of a dump shares: texts, places, symbols, and what a declaration is at large. */
import type { ApiAccess, ApiPlace } from "../../../model/api-snapshot.js";
import type { ApiFiles } from "../places.js";
import { commentAt } from "../text/comments.js";
import { tokensIn } from "../text/c-tokens.js";
import type { SourceTexts } from "../text/source-texts.js";
import { attributesOf, type MacroWords } from "./attributes.js";
import { type AstNode, bare } from "./nodes.js";
import type { TypeResolver, TypeScope } from "./type-resolver.js";

export interface JsonReader {
  readonly types: TypeResolver;
  readonly texts: SourceTexts;
  readonly files: ApiFiles;
  readonly isC: boolean;
  readonly macros: ReadonlyMap<string, MacroWords>;
  /** The typedef that names a tag, by the tag's id. */
  readonly typedefOf: ReadonlyMap<string, AstNode>;
}

/** What stands around a declaration. */
export interface JsonScope extends TypeScope {
  readonly parent: string | null;
  readonly access: ApiAccess;
  readonly inC: boolean;
  readonly inTemplate: boolean;
}

export interface Extent {
  readonly file: string;
  readonly start: number;
  /** Behind its last token. */
  readonly end: number;
  /** Where its name stands. */
  readonly at: number;
  readonly line: number;
}

export function extentOf(node: AstNode): Extent {
  const [begin, end, loc] = [bare(node.range?.begin), bare(node.range?.end), bare(node.loc)];
  return {
    file: loc.file ?? begin.file ?? "",
    start: begin.offset ?? loc.offset ?? 0,
    end: (end.offset ?? 0) + (end.tokLen ?? 0),
    at: loc.offset ?? begin.offset ?? 0,
    line: loc.line ?? 0,
  };
}

export function placeOf({ files }: JsonReader, node: AstNode): ApiPlace {
  const { file, line } = extentOf(node);
  return { file: files.pathOf(file) ?? file, line };
}

export function simpleName({ typedefOf }: JsonReader, node: AstNode): string {
  return node.name ?? typedefOf.get(node.id)?.name ?? "";
}

export function qualifiedName(reader: JsonReader, node: AstNode, scope: string): string {
  const name = simpleName(reader, node) || unnamed(reader, node);
  return scope === "" ? name : `${scope}::${name}`;
}

function unnamed(reader: JsonReader, node: AstNode): string {
  const { file, line } = placeOf(reader, node);
  return `(${node.kind === "EnumDecl" ? "enum" : (node.tagUsed ?? "struct")} at ${file}:${line})`;
}

export function commonOf(reader: JsonReader, node: AstNode) {
  const extent = extentOf(node);
  const text = reader.texts.of(extent.file);
  const typedef = reader.typedefOf.get(node.id);
  const around = typedef === undefined ? undefined : extentOf(typedef);
  return {
    name: simpleName(reader, node),
    place: placeOf(reader, node),
    comment: commentAt(text, extent.start, extent.end) ?? (around === undefined ? null : commentAt(text, around.start, around.end)),
    attributes: attributesOf(reader.texts, reader.macros, node),
  };
}

export function scopedOf(reader: JsonReader, node: AstNode, scope: JsonScope) {
  return {
    ...commonOf(reader, node),
    qualifiedName: qualifiedName(reader, node, scope.name),
    parent: scope.parent,
    access: scope.parent === null ? ("public" as const) : scope.access,
  };
}

/** The words before a declaration's name. */
export function headWords({ texts }: JsonReader, node: AstNode): ReadonlySet<string> {
  const { file, start, at } = extentOf(node);
  return new Set(tokensIn(texts.of(file), start, at).map(({ text }) => text));
}

export function childrenOf({ inner = [] }: AstNode, ...kinds: string[]): AstNode[] {
  return inner.filter(({ kind }) => kinds.includes(kind));
}
