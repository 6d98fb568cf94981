/** Owns libclang's types as types of the snapshot. */
import type { ApiTemplateArgument, ApiType } from "../../../model/api-snapshot.js";
import type { Ast, AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D, isDeclaration, TYPE } from "../../../toolchain/libclang/ast-kinds.js";
import { usualNamed } from "../standard-names.js";
import { writtenArguments } from "../text/template-arguments.js";
import { builtinName } from "./builtins.js";
import type { Names } from "./names.js";
import { type Typedefs, typedefsOf } from "./typedefs.js";
import { asParameter } from "../parameter-type.js";

export interface Types {
  readonly of: (type: AstType) => ApiType;
  /** As a parameter's type: an array is a pointer, and its own `const` says nothing to callers. */
  readonly ofParameter: (type: AstType) => ApiType;
  readonly typedefs: Typedefs;
  /** An instance of a template that was met, by its type of the snapshot. */
  readonly instances: ReadonlyMap<ApiType, AstType>;
  /** A class template that was declared: of which kinds its parameters are. */
  readonly learnTemplate: (qualified: string, kinds: readonly string[]) => void;
  /** An alias template that was declared: its instances are spelled by its name. */
  readonly learnAlias: (name: string, qualified: string) => void;
}

/** CXCursor_ExceptionSpecificationKind of a function that does not throw. */
const NEVER_THROWS: ReadonlySet<number> = new Set([1, 4, 9]);
const COMPUTED = 5;

/** `isApi`: the declaration is one of the API or of another library, not of the system's. */
export function typesOf(ast: Ast, names: Names, isSystem: (declaration: AstCursor) => boolean): Types {
  const { lib } = ast;
  const known = new Map<number, ApiType>();
  const instances = new Map<ApiType, AstType>();
  const aliases = new Map<string, string[]>();
  const templates = new Map<string, readonly string[]>();
  const typedefs = typedefsOf(ast, names, isSystem, of);

  function of(type: AstType): ApiType {
    let found = known.get(type.a);
    if (found === undefined) known.set(type.a, (found = qualified(type)));
    return found;
  }

  function qualified(type: AstType): ApiType {
    const shape = shapeOf(type);
    const isConst = lib.isConstQualified(type) !== 0;
    const isVolatile = lib.isVolatileQualified(type) !== 0;
    if (!isConst && !isVolatile) return shape;
    return { ...shape, ...(isConst ? { const: true as const } : {}), ...(isVolatile ? { volatile: true as const } : {}) };
  }

  function shapeOf(type: AstType): ApiType {
    switch (type.kind) {
      case TYPE.pointer:
        return { kind: "pointer", to: of(lib.pointee(type)) };
      case TYPE.lvalue:
      case TYPE.rvalue:
        return { kind: "reference", to: of(lib.pointee(type)), rvalue: type.kind === TYPE.rvalue };
      case TYPE.constantArray:
        return { kind: "array", of: of(lib.element(type)), size: lib.arraySize(type) as number };
      case TYPE.incompleteArray:
        return { kind: "array", of: of(lib.element(type)), size: null };
      case TYPE.function:
      case TYPE.functionNoProto:
        return functionOf(type);
      case TYPE.memberPointer:
        return { kind: "member-pointer", of: textOf(lib.classType(type)), to: of(lib.pointee(type)) };
      case TYPE.typedef:
        return typedefs.of(type);
      case TYPE.elaborated:
        return of(lib.namedType(type));
      case TYPE.attributed:
        return lib.modifiedType === undefined ? other(type) : of(lib.modifiedType(type));
      case TYPE.record:
        return recordOf(type);
      case TYPE.enum:
        return { kind: "named", name: names.qualified(lib.typeDeclaration(type)), arguments: null };
      case TYPE.unexposed:
      case TYPE.auto:
        return unexposedOf(type);
      default: {
        const name = builtinName(type.kind);
        return name === undefined ? other(type) : { kind: "builtin", name };
      }
    }
  }

  function functionOf(type: AstType): ApiType {
    const count = lib.countParameters(type) as number;
    const parameters = Array.from({ length: Math.max(0, count) }, (_, i) => ofParameter(lib.parameter(type, i)));
    return {
      kind: "function",
      result: of(lib.result(type)),
      parameters,
      variadic: lib.isFunctionVariadic(type) !== 0,
      noexcept: neverThrows(ast, type),
    };
  }

  function ofParameter(type: AstType): ApiType {
    return asParameter(of(type));
  }

  function recordOf(type: AstType): ApiType {
    const declaration = lib.typeDeclaration(type) as AstCursor;
    const count = lib.countTypeArguments(type) as number;
    if (count < 0) return { kind: "named", name: names.qualified(declaration), arguments: null };
    return instanceOf(type, templateName(declaration), count, textOf(type));
  }

  /** Of an instance the name of its template: without arguments. */
  function templateName(declaration: AstCursor): string {
    const template = lib.specialized(declaration) as AstCursor;
    return names.qualified(template.kind === D.classTemplate || template.kind === D.aliasTemplate ? template : declaration);
  }

  function instanceOf(type: AstType, name: string, count: number, text: string): ApiType {
    const found = usualNamed(name, argumentsOf(type, count, text));
    if (found.kind === "named" && found.arguments !== null) instances.set(found, type);
    return found;
  }

  function argumentsOf(type: AstType, count: number, text: string): ApiTemplateArgument[] {
    const written = writtenArguments(text)?.arguments ?? [];
    // clang's text leaves out arguments that go without saying, its list does not.
    return Array.from({ length: Math.min(count, written.length) }, (_, i) => {
      const argument = lib.typeArgument(type, i) as AstType;
      return argument.kind === TYPE.invalid ? { text: written[i] ?? "" } : { type: of(argument) };
    });
  }

  /** What libclang has no kind for: instances as they were written, parameters of templates, `decltype`, brackets. */
  function unexposedOf(type: AstType): ApiType {
    const canonical = lib.canonical(type) as AstType;
    if (canonical.kind === TYPE.function || canonical.kind === TYPE.functionNoProto) return functionOf(type);
    if (type.kind === TYPE.unexposed) {
      const text = textOf(type);
      const declaration = lib.typeDeclaration(type) as AstCursor;
      const count = lib.countTypeArguments(type) as number;
      const written = writtenArguments(text);
      if (count >= 0 && written !== undefined && isDeclaration(declaration) && declaration.kind !== D.templateTemplate)
        return writtenInstance(type, canonical, declaration, written.name, count, text);
      if (isOwnTemplate(declaration, canonical)) return injected(declaration, written?.arguments ?? []);
    }
    return canonical.kind === TYPE.unexposed || canonical.a === type.a ? other(type) : of(canonical);
  }

  function writtenInstance(
    type: AstType,
    canonical: AstType,
    declaration: AstCursor,
    written: string,
    count: number,
    text: string,
  ): ApiType {
    const template = templateName(declaration);
    const word = lastWord(written);
    if (word === lastWord(template) && declaration.kind !== D.aliasTemplate) return instanceOf(type, template, count, text);
    const name = declaration.kind === D.aliasTemplate ? template : aliasNamed(word, written);
    const target = canonical.kind === TYPE.unexposed ? undefined : of(canonical);
    if (name === undefined || (declaration.kind === D.aliasTemplate && isSystem(declaration))) return target ?? other(type);
    return { kind: "alias", name, arguments: argumentsOf(type, count, text), target: target ?? other(type) };
  }

  function aliasNamed(word: string, written: string): string | undefined {
    const candidates = aliases.get(word) ?? [];
    return candidates.length === 1 ? candidates[0] : candidates.find((name) => name === written || name.endsWith(`::${written}`));
  }

  function injected(declaration: AstCursor, written: readonly string[]): ApiType {
    const kinds = templates.get(templateName(declaration)) ?? [];
    const given = written.map((text, i): ApiTemplateArgument => (kinds[i] === "type" ? { type: { kind: "other", text } } : { text }));
    return { kind: "named", name: templateName(declaration), arguments: given.length === 0 ? null : given };
  }

  function textOf(type: AstType): string {
    return names.clean(ast.text(lib.typeSpelling(type)));
  }

  function other(type: AstType): ApiType {
    const isQualified = lib.isConstQualified(type) !== 0 || lib.isVolatileQualified(type) !== 0;
    return { kind: "other", text: isQualified ? textOf(type).replace(/^(?:(?:const|volatile) )+/, "") : textOf(type) };
  }

  function learnAlias(name: string, whole: string): void {
    aliases.set(name, [...new Set([...(aliases.get(name) ?? []), whole])]);
  }

  return { of, ofParameter, typedefs, instances, learnAlias, learnTemplate: (name, kinds) => void templates.set(name, kinds) };
}

/** `noexcept` as declared; of one that depends on a template's parameters it is not known. */
export function neverThrows({ lib }: Ast, type: AstType): boolean {
  const kind = lib.exceptions(type) as number;
  return NEVER_THROWS.has(kind) || (kind === COMPUTED && NEVER_THROWS.has(lib.exceptions(lib.canonical(type)) as number));
}

function lastWord(name: string): string {
  return name.replace(/^.*::/s, "").trim();
}

/** The template's own name in its body. */
function isOwnTemplate({ kind }: AstCursor, canonical: AstType): boolean {
  return (
    (kind === D.classTemplate || kind === D.class || kind === D.struct || kind === D.partialSpecialization) &&
    canonical.kind === TYPE.unexposed
  );
}
