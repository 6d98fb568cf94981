/** Owns what a typedef stands for in a type: the API's own are aliases, the standard library's keep their usual names. */
import type { ApiType } from "../../../model/api-snapshot.js";
import type { Ast, AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D, TYPE } from "../../../toolchain/libclang/ast-kinds.js";
import { usualTypedef } from "../standard-names.js";
import { builtinName } from "./builtins.js";
import type { Names } from "./names.js";

export interface Typedefs {
  readonly of: (type: AstType) => ApiType;
  /** A typedef that only names a tag: `typedef struct {…} name;`, `typedef struct name name;`. */
  readonly namesItsTag: (declaration: AstCursor) => boolean;
}

export function typedefsOf(
  ast: Ast,
  names: Names,
  isSystem: (declaration: AstCursor) => boolean,
  typeOf: (type: AstType) => ApiType,
): Typedefs {
  const { lib } = ast;
  const naming = new Map<number, boolean>();

  function of(type: AstType): ApiType {
    const declaration = lib.typeDeclaration(type) as AstCursor;
    const target = lib.typedefTarget(declaration) as AstType;
    if (target.kind === TYPE.invalid) return { kind: "other", text: names.clean(ast.text(lib.typeSpelling(type))) };
    if (namesItsTag(declaration)) return typeOf(target);
    const name = names.qualified(declaration);
    if (isSystem(declaration)) return standard(type, name, target, names.parent(declaration) !== null);
    return { kind: "alias", name, arguments: null, target: typeOf(target) };
  }

  /** Names that the implementation keeps to itself are looked through; those of other libraries are aliases. */
  function standard(type: AstType, name: string, target: AstType, isMember: boolean): ApiType {
    const word = name.replace(/^.*::/s, "");
    if (word.endsWith("va_list")) return { kind: "builtin", name: "va_list" };
    if (isMember || word.startsWith("__")) return member(type, target);
    const canonical = lib.canonical(type) as AstType;
    const usual = usualTypedef(name);
    if (usual !== undefined && builtinName(canonical.kind) !== undefined) return { kind: "builtin", name: usual };
    if (usual !== undefined && (canonical.kind === TYPE.record || canonical.kind === TYPE.enum))
      return { kind: "named", name: usual, arguments: null };
    return canonical.kind === TYPE.unexposed ? typeOf(target) : { kind: "alias", name, arguments: null, target: typeOf(target) };
  }

  /** A typedef in a class of the standard library: what it stands for, unless that has a name of the implementation's. */
  function member(type: AstType, target: AstType): ApiType {
    const canonical = typeOf(lib.canonical(type));
    if (canonical.kind === "named" && /(^|::)_/.test(canonical.name))
      return { kind: "other", text: names.clean(ast.text(lib.typeSpelling(type))) };
    return canonical.kind === "other" ? canonical : typeOf(target);
  }

  function namesItsTag(declaration: AstCursor): boolean {
    let known = naming.get(declaration.a);
    if (known === undefined) naming.set(declaration.a, (known = namesTag(declaration)));
    return known;
  }

  function namesTag(declaration: AstCursor): boolean {
    const target = lib.typedefTarget(declaration) as AstType;
    const inner = target.kind === TYPE.elaborated ? (lib.namedType(target) as AstType) : target;
    if (inner.kind !== TYPE.record && inner.kind !== TYPE.enum) return false;
    const tag = lib.typeDeclaration(inner) as AstCursor;
    if (tag.kind !== D.struct && tag.kind !== D.union && tag.kind !== D.class && tag.kind !== D.enum) return false;
    const name = names.simple(tag);
    if ((name !== "" && name !== ast.spelling(declaration)) || !sameScope(declaration, tag)) return false;
    names.adopt(tag, declaration);
    return true;
  }

  /** Blocks of a language are no scope. */
  function sameScope(a: AstCursor, b: AstCursor): boolean {
    return names.scope(a) === names.scope(b);
  }

  return { of, namesItsTag };
}
