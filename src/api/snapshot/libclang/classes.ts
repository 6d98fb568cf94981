/** Owns classes, structs and unions with their members, templates of them and their specialisations. */
import type { ApiClass, ApiField, ApiMethod, ApiTemplateArgument } from "../../../model/api-snapshot.js";
import type { AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { ACCESS, DECLARATION as D, TYPE } from "../../../toolchain/libclang/ast-kinds.js";
import { friendText } from "../text/friend.js";
import { usualSpacing } from "../text/usual-spacing.js";
import { writtenArguments } from "../text/template-arguments.js";
import { fieldOf } from "./fields.js";
import { methodOf } from "./functions.js";
import { accessOf, type Declared, declared, type Reader, scopedOf } from "./reader.js";
import { templateParametersOf } from "./template-parameters.js";

const METHODS: ReadonlySet<number> = new Set([D.method, D.constructor, D.destructor, D.conversion, D.functionTemplate]);
const RECORDS: ReadonlySet<number> = new Set([D.struct, D.union, D.class]);

/** `inTemplate`: a class around it is a template. */
export function classOf(reader: Reader, one: Declared, inTemplate: boolean): ApiClass {
  const { ast } = reader;
  const { cursor, children } = one;
  const isTemplate = cursor.kind === D.classTemplate || cursor.kind === D.partialSpecialization;
  const isDependent = isTemplate || inTemplate;
  const isDefined = ast.lib.isDefinition(cursor) !== 0;
  const type = isDependent || !isDefined ? null : (ast.lib.type(cursor) as AstType);
  const methods = isDefined ? methodsOf(reader, children, isDependent) : [];
  return {
    kind: "class",
    ...scopedOf(reader, one),
    key: keyOf(reader, cursor),
    defined: isDefined,
    final: children.some(({ kind }) => kind === D.final),
    abstract: isDefined && ast.lib.isAbstract(cursor) !== 0,
    polymorphic: isDefined && isPolymorphic(reader, cursor),
    pod: type === null ? null : ast.lib.isPod(type) !== 0,
    size: type === null ? null : known(ast.lib.size(type)),
    align: type === null ? null : known(ast.lib.align(type)),
    bases: basesOf(reader, children),
    templateParameters: isTemplate ? templateParametersOf(reader, children) : null,
    specialization: specializationOf(reader, one),
    fields: isDefined ? fieldsOf(reader, children, type) : [],
    methods,
    friends: isDefined ? children.flatMap((child) => friendOf(reader, child)) : [],
  };
}

function keyOf({ ast }: Reader, cursor: AstCursor): ApiClass["key"] {
  const kind =
    cursor.kind === D.classTemplate || cursor.kind === D.partialSpecialization ? (ast.lib.templateKind(cursor) as number) : cursor.kind;
  if (kind === D.union) return "union";
  return kind === D.struct ? "struct" : "class";
}

function methodsOf(reader: Reader, children: readonly AstCursor[], isDependent: boolean): ApiMethod[] {
  return children.flatMap((child) => {
    const one = METHODS.has(child.kind) ? declared(reader, child) : undefined;
    return one === undefined ? [] : [methodOf(reader, one, isDependent)];
  });
}

function fieldsOf(reader: Reader, children: readonly AstCursor[], around: AstType | null): ApiField[] {
  return children.flatMap((child) => {
    if (isUnnamedMember(reader, child))
      return fieldsOf(reader, reader.ast.children(child), around).map((field) => within(field, accessOf(reader.ast, child)));
    const one = child.kind === D.field ? declared(reader, child) : undefined;
    return one === undefined || isOfUnnamed(reader, one) ? [] : [fieldOf(reader, one, around)];
  });
}

/** A member of a union without a name is no more open than the union. */
function within(field: ApiField, access: ApiField["access"]): ApiField {
  return access === "public" || field.access === "private" ? field : { ...field, access };
}

/** `union { int a; float b; };` as a member: not one that is only a field's type. */
export function isUnnamedMember({ ast }: Reader, cursor: AstCursor): boolean {
  return RECORDS.has(cursor.kind) && ast.lib.isAnonymousRecord(cursor) !== 0;
}

/** The field that such a member stands for; a bit-field without a name is another thing. */
function isOfUnnamed({ ast }: Reader, { cursor }: Declared): boolean {
  const name = ast.spelling(cursor);
  return (name === "" || name.includes("(")) && ast.lib.isBitField(cursor) === 0;
}

function basesOf({ ast, types }: Reader, children: readonly AstCursor[]): ApiClass["bases"] {
  return children
    .filter(({ kind }) => kind === D.base)
    .map((base) => ({
      type: types.of(ast.lib.type(base)),
      access: ACCESS[ast.lib.access(base) as number] ?? "public",
      virtual: ast.lib.isVirtualBase(base) !== 0,
    }));
}

/** A class declares a virtual function or inherits one. */
function isPolymorphic(reader: Reader, cursor: AstCursor): boolean {
  const { ast } = reader;
  return ast.children(cursor).some((child) => {
    if (child.kind === D.base) {
      const base = ast.lib.typeDeclaration(ast.lib.canonical(ast.lib.type(child))) as AstCursor;
      const defined = ast.lib.definition(base) as AstCursor;
      return RECORDS.has(defined.kind) && isPolymorphic(reader, defined);
    }
    return (child.kind === D.method || child.kind === D.destructor) && ast.lib.isVirtual(child) !== 0;
  });
}

/** The arguments of an explicit or partial specialisation. */
function specializationOf(reader: Reader, { cursor }: Declared): ApiTemplateArgument[] | null {
  const { ast, types, names } = reader;
  if (cursor.kind === D.classTemplate) return null;
  const isPartial = cursor.kind === D.partialSpecialization;
  if (!isPartial && (ast.lib.specialized(cursor) as AstCursor).kind !== D.classTemplate) return null;
  const written = writtenArguments(usualSpacing(names.clean(ast.text(ast.lib.displayName(cursor)))))?.arguments ?? [];
  const type = ast.lib.type(cursor) as AstType;
  const count = ast.lib.countTypeArguments(type) as number;
  return written.map((text, i): ApiTemplateArgument => {
    const argument = i < count ? (ast.lib.typeArgument(type, i) as AstType) : undefined;
    if (argument === undefined || argument.kind === TYPE.invalid) return { text };
    // What depends on a parameter is known by its place only.
    const found = types.of(argument);
    return { type: JSON.stringify(found).includes("type-parameter-") ? { kind: "other", text } : found };
  });
}

/** A friend as it is declared, without its body. */
function friendOf({ ast, texts, files }: Reader, cursor: AstCursor): string[] {
  if (cursor.kind !== D.friend) return [];
  const [start, end] = [ast.place(ast.start(cursor)), ast.place(ast.end(cursor))];
  if (files.pathOf(start.file) === undefined) return [];
  const text = friendText(texts.of(start.file), start.offset, end.offset);
  return text === "" ? [] : [text];
}

function known(value: unknown): number | null {
  const number = Number(value);
  return number < 0 ? null : number;
}
