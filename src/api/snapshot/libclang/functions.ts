/** Owns functions and methods as libclang tells of them. */
import type { ApiFunction, ApiMethod, ApiParameter } from "../../../model/api-snapshot.js";
import type { AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../toolchain/libclang/ast-kinds.js";
import { tokensIn } from "../text/c-tokens.js";
import { saysNoexcept } from "../text/function-tail.js";
import { defaultArgument, textBehindEquals } from "../text/initializer.js";
import { printed } from "./attributes.js";
import { accessOf, commonOf, type Declared, headTokens, type Reader, scopedOf } from "./reader.js";
import { templateParametersOf } from "./template-parameters.js";
import { neverThrows } from "./types.js";

/** CXAvailability_NotAvailable. */
const NOT_AVAILABLE = 2;
const INTERNAL_LINKAGE = 2;

export function functionOf(reader: Reader, one: Declared, inC: boolean): ApiFunction {
  const callable = callableOf(reader, one, false);
  const name = plainName(reader.names.simple(one.cursor));
  const cLanguage = inC || (callable.mangled !== null && callable.mangled === name);
  const internal = reader.ast.lib.linkage(one.cursor) === INTERNAL_LINKAGE;
  return { kind: "function", ...scopedOf(reader, one), name, ...callable, cLanguage, internal };
}

/** `inTemplate`: the class depends on a template's parameters, so that nothing has a mangled name. */
export function methodOf(reader: Reader, one: Declared, inTemplate: boolean): ApiMethod {
  const { lib } = reader.ast;
  const { cursor, children } = one;
  const type = lib.type(cursor) as AstType;
  const role = roleOf(reader, cursor);
  const common = commonOf(reader, one);
  return {
    ...common,
    name: methodName(common.name, role),
    ...callableOf(reader, one, inTemplate),
    role,
    access: accessOf(reader.ast, cursor),
    static: lib.isStatic(cursor) !== 0,
    virtual: lib.isVirtual(cursor) !== 0,
    pure: lib.isPure(cursor) !== 0,
    override: children.some(({ kind }) => kind === D.override),
    final: children.some(({ kind }) => kind === D.final),
    const: lib.isConst(cursor) !== 0,
    volatile: headEnds(reader, one, "volatile"),
    ref: (["none", "lvalue", "rvalue"] as const)[lib.refQualifier(type) as number] ?? "none",
    explicit: wordsOf(reader, one).has("explicit"),
    defaulted: lib.isDefaulted(cursor) !== 0,
  };
}

function roleOf({ ast, names }: Reader, cursor: AstCursor): ApiMethod["role"] {
  const kind = cursor.kind === D.functionTemplate ? (ast.lib.templateKind(cursor) as number) : cursor.kind;
  if (kind === D.constructor) return "constructor";
  if (kind === D.destructor) return "destructor";
  if (kind === D.conversion) return "conversion";
  return /^operator\b/.test(names.simple(cursor)) ? "operator" : "method";
}

/** Constructors of templates are spelled with the parameters; the name is the class's. */
function methodName(name: string, role: ApiMethod["role"]): string {
  return role === "constructor" || role === "destructor" ? name.replace(/<.*$/, "") : plainName(name);
}

/** An operator by its sign alone. */
function plainName(name: string): string {
  return name.replace(/^operator (?=[^\w\s"])/, "operator");
}

function callableOf(reader: Reader, one: Declared, inTemplate: boolean) {
  const { ast, types } = reader;
  const { cursor, children } = one;
  const type = ast.lib.type(cursor) as AstType;
  const isTemplate = cursor.kind === D.functionTemplate;
  const words = wordsOf(reader, one);
  return {
    mangled: isTemplate || inTemplate ? null : ast.text(ast.lib.mangled(cursor)) || null,
    result: types.of(ast.lib.result(type)),
    parameters: parametersOf(reader, one, type),
    variadic: ast.lib.isFunctionVariadic(type) !== 0,
    noexcept:
      cursor.kind === D.destructor ? saysNoexcept(reader.texts.of(one.at.file), one.at.offset, one.end.offset) : neverThrows(ast, type),
    templateParameters: isTemplate ? templateParametersOf(reader, children) : null,
    inline: isTemplate ? words.has("inline") || words.has("constexpr") : ast.lib.isInlined(cursor) !== 0,
    constexpr: words.has("constexpr") || words.has("consteval"),
    deleted: isDeleted(reader, cursor, isTemplate),
  };
}

/** Of templates libclang has no word for it. */
function isDeleted({ ast }: Reader, cursor: AstCursor, isTemplate: boolean): boolean {
  if (isTemplate) return /= delete\b/.test(printed(ast, cursor));
  return ast.lib.availability(cursor) === NOT_AVAILABLE && !printed(ast, cursor).includes("unavailable");
}

function parametersOf(reader: Reader, { children }: Declared, type: AstType): ApiParameter[] {
  const { ast, types } = reader;
  const named = children.filter(({ kind }) => kind === D.parameter);
  const count = Math.max(0, ast.lib.countParameters(type) as number);
  return Array.from({ length: count }, (_, i) => {
    const one = named.length === count ? (named[i] as AstCursor) : undefined;
    return {
      name: one === undefined ? "" : ast.spelling(one),
      type: types.ofParameter(ast.lib.parameter(type, i)),
      default: one === undefined ? null : defaultOf(reader, one),
    };
  });
}

/** The default argument as it is written; where a macro gives the whole parameter, as clang prints it. */
function defaultOf({ ast, texts }: Reader, parameter: AstCursor): string | null {
  const extent = ast.lib.extent(parameter);
  const from = ast.lib.rangeStart(extent);
  const start = ast.place(from);
  const end = ast.place(ast.lib.rangeEnd(extent));
  const text = texts.of(start.file);
  if (end.offset > start.offset && end.file === start.file && !(text.startsWith("=", end.offset) || ast.isFromMacro(from)))
    return defaultArgument(text, start.offset, end.offset);
  const shown = printed(ast, parameter);
  return textBehindEquals(shown, 0, shown.length);
}

/** Words before the name; a macro may stand for some, then clang's own print tells. */
function wordsOf(reader: Reader, one: Declared): ReadonlySet<string> {
  const head = headTokens(reader, one).map(({ text }) => text);
  const isFromMacro = reader.ast.isFromMacro(reader.ast.location(one.cursor));
  if (isFromMacro || head.some((word) => /^[A-Z][A-Z0-9_]{2,}$/.test(word))) {
    const shown = printed(reader.ast, one.cursor);
    const upTo = shown.indexOf(`${reader.ast.spelling(one.cursor)}(`);
    for (const { text } of tokensIn(shown, 0, upTo === -1 ? shown.length : upTo)) head.push(text);
  }
  return new Set(head);
}

/** A word between the closing bracket of the parameters and the body. */
function headEnds({ texts }: Reader, { at, end }: Declared, word: string): boolean {
  const text = texts.of(at.file).slice(at.offset, Math.max(at.offset, end.offset));
  return text.includes(word) && new RegExp(`\\)\\s*(?:const\\s+)?${word}\\b`).test(text.split("{")[0] ?? "");
}
