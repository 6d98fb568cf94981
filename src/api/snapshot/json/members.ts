/** Owns functions, methods, parameters of either kind and fields as a dump tells of them. */
import type { ApiField, ApiFunction, ApiMethod, ApiParameter, ApiTemplateParameter } from "../../../model/api-snapshot.js";
import { lineOf, tokensIn } from "../text/c-tokens.js";
import { saysNoexcept } from "../text/function-tail.js";
import { defaultArgument, fieldInitializer, textBehindEquals } from "../text/initializer.js";
import { decoded } from "../text/source-texts.js";
import type { AstNode } from "./nodes.js";
import { childrenOf, commonOf, extentOf, headWords, type JsonReader, type JsonScope, scopedOf } from "./reader.js";

const TEMPLATE_PARAMETERS: Readonly<Record<string, ApiTemplateParameter["kind"]>> = {
  TemplateTypeParmDecl: "type",
  NonTypeTemplateParmDecl: "value",
  TemplateTemplateParmDecl: "template",
};

export function templateParametersOf({ texts }: JsonReader, { inner = [] }: AstNode): ApiTemplateParameter[] {
  return inner.flatMap((child) => {
    const kind = TEMPLATE_PARAMETERS[child.kind];
    if (kind === undefined) return [];
    const { file, start, end } = extentOf(child);
    const source = texts.of(file).slice(start, end);
    const line = decoded(lineOf(tokensIn(source, 0, source.length)));
    const surplus = line.split(">").length - line.split("<").length;
    const text = surplus > 0 && line.endsWith(">") ? line.slice(0, -1).trimEnd() : line;
    return [{ kind, name: child.name ?? "", pack: /\.\.\.\s*\w*$/.test(text), default: textBehindEquals(source, 0, source.length), text }];
  });
}

/** The scope inside a template: its parameters are known. */
export function withParameters<T extends JsonScope>(scope: T, parameters: readonly ApiTemplateParameter[]): T {
  return { ...scope, parameters: namesOf(parameters, scope.parameters) };
}

/** Names that stand for types, and `value NAME` for the others, with those around them. */
export function namesOf(parameters: readonly ApiTemplateParameter[], around: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...around, ...parameters.map(({ kind, name }) => (kind === "type" ? name : `value ${name}`))]);
}

/** `template`: the node of the function template around it. */
export function functionOf(reader: JsonReader, node: AstNode, scope: JsonScope, template?: AstNode): ApiFunction {
  const callable = callableOf(reader, node, scope, template);
  return {
    kind: "function",
    ...scopedOf(reader, template ?? node, scope),
    ...callable,
    cLanguage: reader.isC || scope.inC || (callable.mangled !== null && callable.mangled === node.name),
    internal: node.storageClass === "static",
  };
}

const ROLES: Readonly<Record<string, ApiMethod["role"]>> = {
  CXXConstructorDecl: "constructor",
  CXXDestructorDecl: "destructor",
  CXXConversionDecl: "conversion",
};

export function methodOf(reader: JsonReader, node: AstNode, scope: JsonScope, template?: AstNode): ApiMethod {
  const attributes = new Set((node.inner ?? []).map(({ kind }) => kind));
  const isOverride = attributes.has("OverrideAttr");
  const isFinal = attributes.has("FinalAttr");
  const tail = reader.types.functionOf(node.type ?? { qualType: "" }, scope)?.tail ?? "";
  const common = commonOf(reader, template ?? node);
  const role = ROLES[node.kind] ?? (/^operator\b/.test(common.name) ? "operator" : "method");
  return {
    ...common,
    name: role === "constructor" || role === "destructor" ? common.name.replace(/<.*$/, "") : common.name,
    ...callableOf(reader, node, scope, template),
    role,
    access: scope.access,
    static: node.storageClass === "static",
    virtual: node.virtual === true || isOverride || isFinal || node.pure === true,
    pure: node.pure === true,
    override: isOverride,
    final: isFinal,
    const: /^const\b/.test(tail),
    volatile: /^(?:const )?volatile\b/.test(tail),
    ref: /(?:^|[ \w])&&/.test(tail) ? "rvalue" : /(?:^|[ \w])&/.test(tail) ? "lvalue" : "none",
    explicit: headWords(reader, template ?? node).has("explicit"),
    defaulted: node.explicitlyDefaulted !== undefined && node.explicitlyDefaulted !== "deleted",
  };
}

function callableOf(reader: JsonReader, node: AstNode, outer: JsonScope, template: AstNode | undefined) {
  const templateParameters = template === undefined ? null : templateParametersOf(reader, template);
  const scope = templateParameters === null ? outer : withParameters(outer, templateParameters);
  const type = reader.types.functionOf(node.type ?? { qualType: "void ()" }, scope);
  const { file, at, end } = extentOf(node);
  const isDestructor = node.kind === "CXXDestructorDecl";
  const hasBody = (node.inner ?? []).some(({ kind }) => kind.endsWith("Stmt"));
  const isShort = outer.parent !== null && (hasBody || node.explicitlyDeleted === true || node.explicitlyDefaulted !== undefined);
  return {
    mangled: templateParameters !== null || outer.inTemplate ? null : (node.mangledName ?? node.name ?? null),
    result: type?.result ?? { kind: "other" as const, text: node.type?.qualType ?? "" },
    parameters: parametersOf(reader, node, scope, type?.parameters ?? []),
    variadic: type?.variadic ?? node.variadic === true,
    noexcept: isDestructor ? saysNoexcept(reader.texts.of(file), at, end) : (type?.noexcept ?? false),
    templateParameters,
    inline: node.inline === true || node.constexpr === true || (template === undefined && isShort),
    constexpr: node.constexpr === true && (node.explicitlyDefaulted === undefined || headWords(reader, node).has("constexpr")),
    deleted: node.explicitlyDeleted === true,
  };
}

function parametersOf(
  { texts, types: resolver }: JsonReader,
  node: AstNode,
  scope: JsonScope,
  types: readonly ApiParameter["type"][],
): ApiParameter[] {
  const named = childrenOf(node, "ParmVarDecl");
  return types.map((type, i) => {
    const one = named.length === types.length ? named[i] : undefined;
    if (one === undefined) return { name: "", type, default: null };
    const { file, start, end } = extentOf(one);
    const own = one.type === undefined ? type : resolver.ofParameter(one.type, scope);
    return { name: one.name ?? "", type: own, default: one.init === undefined ? null : defaultArgument(texts.of(file), start, end) };
  });
}

export function fieldOf(reader: JsonReader, node: AstNode, scope: JsonScope): ApiField {
  const { file, at, end } = extentOf(node);
  const width = node.isBitfield === true ? childrenOf(node, "ConstantExpr")[0]?.value : undefined;
  return {
    ...commonOf(reader, node),
    type: reader.types.of(node.type ?? { qualType: "" }, scope),
    access: scope.access,
    offset: null,
    width: typeof width === "string" ? Number(width) : null,
    mutable: node.mutable === true,
    initializer: fieldInitializer(reader.texts.of(file), at, end),
  };
}
