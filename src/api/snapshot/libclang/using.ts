/** Owns `using other::Name;` in a namespace: the name of a type is one more name for it. */
import type { ApiType, ApiTypedef } from "../../../model/api-snapshot.js";
import type { AstCursor } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../toolchain/libclang/ast-kinds.js";
import { type Declared, type Reader, scopedOf } from "./reader.js";
import { templateParametersOf } from "./template-parameters.js";

const REFERENCES: ReadonlySet<number> = new Set([D.typeReference, D.templateReference, D.overloadedReference]);

/** Undefined where it brings functions or variables. */
export function usedName(reader: Reader, one: Declared): ApiTypedef | undefined {
  const { ast, names, types } = reader;
  const reference = one.children.findLast(({ kind }) => REFERENCES.has(kind));
  if (reference === undefined) return undefined;
  const target = targetOf(reader, reference);
  if (target === undefined) return undefined;
  const isTemplate = target.kind === D.classTemplate || target.kind === D.aliasTemplate;
  const type: ApiType = isTemplate ? { kind: "named", name: names.qualified(target), arguments: null } : types.of(ast.lib.type(target));
  const scoped = scopedOf(reader, one);
  const name = names.simple(target);
  const scope = scoped.qualifiedName.includes("::") ? scoped.qualifiedName.slice(0, scoped.qualifiedName.lastIndexOf("::") + 2) : "";
  return {
    kind: "typedef",
    ...scoped,
    name,
    qualifiedName: scope + name,
    type,
    templateParameters: isTemplate ? templateParametersOf(reader, ast.children(target)) : null,
  };
}

const TYPES: ReadonlySet<number> = new Set([D.struct, D.union, D.class, D.enum, D.typedef, D.typeAlias, D.classTemplate, D.aliasTemplate]);

function targetOf({ ast }: Reader, reference: AstCursor): AstCursor | undefined {
  const count = reference.kind === D.overloadedReference ? (ast.lib.overloadCount(reference) as number) : 0;
  const targets =
    count === 0
      ? [ast.lib.referenced(reference) as AstCursor]
      : Array.from({ length: count }, (_, i) => ast.lib.overload(reference, i) as AstCursor);
  return targets.find(({ kind }) => TYPES.has(kind));
}
