/** Owns the walk over a unit: all declarations below the roots, in their order, what is nested in a class behind it. */
import type { ApiDeclaration, ApiSnapshot, ApiTypedef } from "../../../model/api-snapshot.js";
import type { AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D, isDeclaration } from "../../../toolchain/libclang/ast-kinds.js";
import { withInlineOutside } from "../inline-outside.js";
import { classOf, isUnnamedMember } from "./classes.js";
import { enumOf } from "./enums.js";
import { functionOf } from "./functions.js";
import { languageOf } from "./linkage.js";
import { type Declared, declared, type Reader, scopedOf } from "./reader.js";
import { templateParametersOf } from "./template-parameters.js";
import { usedName } from "./using.js";
import { variableOf } from "./variables.js";

export type Declarations = Pick<ApiSnapshot, "declarations" | "namespaces" | "namespaceAliases">;

interface Scope {
  readonly inC: boolean;
  readonly inTemplate: boolean;
  readonly inClass: boolean;
}

/** `top`: what stands at the outermost level of the unit. */
export function declarationsOf(reader: Reader, top: readonly AstCursor[], isC: boolean): Declarations {
  const { ast, names, types, files, texts } = reader;
  const found: ApiDeclaration[] = [];
  const seen = new Set<number>();
  const namespaces = new Map<string, boolean>();
  const aliases = new Map<string, string>();
  const friends: AstCursor[] = [];
  const inlineLater = new Set<string>();

  function scope(children: readonly AstCursor[], around: Scope): void {
    for (const child of children) if (child.kind === D.typedef && isApi(child)) types.typedefs.namesItsTag(child);
    for (const child of children) visit(child, around);
  }

  function isApi(cursor: AstCursor): boolean {
    return files.pathOf(ast.place(ast.location(cursor)).file) !== undefined;
  }

  function visit(cursor: AstCursor, around: Scope): void {
    switch (cursor.kind) {
      case D.namespace:
        return namespace(cursor, around);
      case D.linkage:
      case D.unexposed:
        return linkage(cursor, around);
      case D.struct:
      case D.union:
      case D.class:
      case D.classTemplate:
      case D.partialSpecialization:
        return record(cursor, around);
      case D.enum:
        return hasDefinitionElsewhere(cursor) ? undefined : once(cursor, (one) => enumOf(reader, one, around.inTemplate));
      case D.method:
      case D.constructor:
      case D.destructor:
      case D.conversion:
        return around.inClass ? undefined : learnInline(cursor);
      case D.function:
        learnInline(cursor);
        return around.inClass || isSpecialization(cursor) ? undefined : once(cursor, (one) => functionOf(reader, one, around.inC));
      case D.functionTemplate:
        return around.inClass || names.parent(cursor) !== null ? undefined : once(cursor, (one) => functionOf(reader, one, false));
      case D.variable:
        return isOwn(cursor, around) ? once(cursor, (one) => variableOf(reader, one, around.inC, around.inTemplate)) : undefined;
      case D.typedef:
      case D.typeAlias:
        return once(cursor, typedefOf);
      case D.aliasTemplate:
        return once(cursor, aliasTemplateOf);
      case D.using:
        return around.inClass ? undefined : once(cursor, (one) => usedName(reader, one));
      case D.namespaceAlias:
        return alias(cursor);
      case D.friend:
        return around.inTemplate ? undefined : void friends.push(...ast.children(cursor).filter(({ kind }) => kind === D.function));
      default:
        return undefined;
    }
  }

  function namespace(cursor: AstCursor, around: Scope): void {
    if (!isApi(cursor) || ast.lib.isAnonymous(cursor) !== 0) return;
    const name = names.qualified(cursor);
    const inline = ast.lib.isInlineNamespace(cursor) !== 0;
    const key = inline ? [name, names.simple(cursor)].filter((part) => part !== "").join("::") : name;
    namespaces.set(key, inline);
    scope(ast.children(cursor), around);
  }

  function linkage(cursor: AstCursor, around: Scope): void {
    if (!isApi(cursor)) return;
    const children = ast.children(cursor);
    scope(children, { ...around, inC: languageOf(reader, cursor, children) ?? around.inC });
  }

  /** Of one that is declared before: its body stands in the headers. */
  function learnInline(cursor: AstCursor): void {
    if (ast.lib.isInlined(cursor) === 0 || !isApi(cursor)) return;
    for (let at = ast.lib.semanticParent(cursor) as AstCursor; isDeclaration(at); at = ast.lib.semanticParent(at) as AstCursor)
      if (at.kind === D.classTemplate || at.kind === D.partialSpecialization) return;
    inlineLater.add(ast.text(ast.lib.mangled(cursor)));
  }

  /** A class that is defined below the roots stands where it is defined. */
  function record(cursor: AstCursor, around: Scope): void {
    if (around.inClass && isUnnamedMember(reader, cursor)) return unnamedMember(cursor, around);
    if (hasDefinitionElsewhere(cursor) || isInstantiation(cursor)) return;
    if (cursor.kind === D.classTemplate && isApi(cursor)) learn(cursor);
    once(
      cursor,
      (one) => classOf(reader, one, around.inTemplate),
      (one) => {
        const isTemplate = cursor.kind === D.classTemplate || cursor.kind === D.partialSpecialization;
        scope(one.children, { ...around, inClass: true, inTemplate: around.inTemplate || isTemplate });
      },
    );
  }

  /** `template class Box<int>;`: an instance that is only asked for. */
  function isInstantiation(cursor: AstCursor): boolean {
    if (cursor.kind === D.classTemplate || (ast.lib.specialized(cursor) as AstCursor).kind !== D.classTemplate) return false;
    const { file, offset } = ast.place(ast.start(cursor));
    return /^(?:extern\s+)?template\s*[^<\s]/.test(texts.of(file).slice(offset, offset + 60));
  }

  function learn(template: AstCursor): void {
    const parameters = templateParametersOf(reader, ast.children(template));
    types.learnTemplate(
      names.qualified(template),
      parameters.map(({ kind }) => kind),
    );
  }

  /** Its types are types of the class around it. */
  function unnamedMember(cursor: AstCursor, around: Scope): void {
    scope(ast.children(cursor), around);
  }

  function hasDefinitionElsewhere(cursor: AstCursor): boolean {
    if (ast.lib.isDefinition(cursor) !== 0) return false;
    const definition = ast.lib.definition(cursor) as AstCursor;
    return isDeclaration(definition) && isApi(definition);
  }

  /** Of a function template: what callers see is the template. */
  function isSpecialization(cursor: AstCursor): boolean {
    return (ast.lib.countTemplateArguments(cursor) as number) >= 0;
  }

  /** Not the definition outside of the class of a member. */
  function isOwn(cursor: AstCursor, { inClass }: Scope): boolean {
    return inClass || names.parent(cursor) === null;
  }

  function once(cursor: AstCursor, make: (one: Declared) => ApiDeclaration | undefined, behind?: (one: Declared) => void): void {
    const key = (ast.lib.canonicalCursor(cursor) as AstCursor).a;
    if (seen.has(key)) return;
    const one = declared(reader, cursor);
    if (one === undefined || names.isInUnnamed(cursor)) return;
    seen.add(key);
    const made = make(one);
    if (made !== undefined) found.push(made);
    behind?.(one);
  }

  function typedefOf(one: Declared): ApiTypedef | undefined {
    if (types.typedefs.namesItsTag(one.cursor)) return undefined;
    return { kind: "typedef", ...scopedOf(reader, one), type: types.of(ast.lib.typedefTarget(one.cursor)), templateParameters: null };
  }

  function aliasTemplateOf(one: Declared): ApiTypedef {
    const scoped = scopedOf(reader, one);
    types.learnAlias(scoped.name, scoped.qualifiedName);
    const inner = one.children.find(({ kind }) => kind === D.typeAlias);
    const type = inner === undefined ? ({ kind: "other", text: "" } as const) : types.of(ast.lib.typedefTarget(inner) as AstType);
    return { kind: "typedef", ...scoped, type, templateParameters: templateParametersOf(reader, one.children) };
  }

  function alias(cursor: AstCursor): void {
    if (!isApi(cursor)) return;
    const target = ast.children(cursor).at(-1);
    if (target !== undefined) aliases.set(names.qualified(cursor), names.qualified(ast.lib.referenced(target)));
  }

  scope(top, { inC: isC, inTemplate: false, inClass: false });
  // Those that are declared outside of the class, too, have been seen.
  for (const friend of friends)
    if (names.parent(friend) === null && !isSpecialization(friend))
      once(friend, (one) => ({ ...functionOf(reader, one, false), hidden: true as const }));
  return {
    declarations: withInlineOutside(found, inlineLater),
    namespaces: [...namespaces].map(([name, inline]) => ({ name, inline })),
    namespaceAliases: [...aliases].map(([name, target]) => ({ name, target })),
  };
}
