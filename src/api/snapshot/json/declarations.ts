/** Owns the declarations of a dump as those of a snapshot, in their order. */
import type { ApiAccess, ApiClass, ApiDeclaration, ApiSnapshot, ApiTemplateArgument, ApiVariable } from "../../../model/api-snapshot.js";
import { withInlineOutside } from "../inline-outside.js";
import { friendText } from "../text/friend.js";
import { textBehindEquals } from "../text/initializer.js";
import { usualSpacing } from "../text/usual-spacing.js";
import { argumentsAt } from "../text/template-arguments.js";
import { enumOf } from "./enums.js";
import { fieldOf, functionOf, methodOf, templateParametersOf, withParameters } from "./members.js";
import type { AstNode } from "./nodes.js";
import { inlineLater, RECORDS, unnamedMembersIn } from "./whole-unit.js";
import { aliasTemplateOf, typedefOf } from "./typedefs.js";
import { childrenOf, extentOf, type JsonReader, type JsonScope, qualifiedName, scopedOf } from "./reader.js";

export type JsonDeclarations = Pick<ApiSnapshot, "declarations" | "namespaces" | "namespaceAliases"> & {
  /** Of constants: what they are initialized with, by qualified name. */
  readonly initializers: ReadonlyMap<string, string>;
};

const METHODS: ReadonlySet<string> = new Set(["CXXMethodDecl", "CXXConstructorDecl", "CXXDestructorDecl", "CXXConversionDecl"]);

/** `defined`: ids of tags that have a definition below the roots, by the name of the tag. */
export function declarationsOf(reader: JsonReader, nodes: readonly AstNode[], definitions: ReadonlySet<string>): JsonDeclarations {
  const found: ApiDeclaration[] = [];
  const seen = new Set<string>();
  const namespaces = new Map<string, boolean>();
  const aliases = new Map<string, string>();
  const namespaceNames = new Map<string, string>();
  const initializers = new Map<string, string>();
  const friends: { readonly node: AstNode; readonly scope: JsonScope }[] = [];
  let space: JsonScope = OUTERMOST;

  function visit(node: AstNode, scope: JsonScope): void {
    if (node.isImplicit === true || node.kind === "") return;
    switch (node.kind) {
      case "NamespaceDecl":
        return namespace(node, scope);
      case "LinkageSpecDecl":
        return all(node.inner ?? [], { ...scope, inC: node.language === "C" });
      case "CXXRecordDecl":
      case "RecordDecl":
      case "ClassTemplatePartialSpecializationDecl":
        return record(node, scope);
      case "ClassTemplateSpecializationDecl":
        return isWritten(node) ? record(node, scope) : undefined;
      case "ClassTemplateDecl":
        return classTemplate(node, scope);
      case "EnumDecl":
        return isOnlyDeclared(node, scope) ? undefined : once(node, scope, "enum", () => enumOf(reader, node, scope));
      case "FunctionDecl":
        return scope.parent === null && !childrenOf(node, "TemplateArgument").length
          ? once(node, scope, node.mangledName ?? node.name ?? "", () => functionOf(reader, node, scope))
          : undefined;
      case "FunctionTemplateDecl":
        return functionTemplate(node, scope);
      case "VarDecl":
        return node.parentDeclContextId === undefined ? once(node, scope, "variable", () => variableOf(node, scope)) : undefined;
      case "TypedefDecl":
      case "TypeAliasDecl":
        return namesItsTag(node) ? undefined : once(node, scope, "typedef", () => typedefOf(reader, node, scope));
      case "TypeAliasTemplateDecl":
        return once(node, scope, "typedef", () => aliasTemplateOf(reader, node, scope));
      case "UsingShadowDecl":
        return undefined;
      case "NamespaceAliasDecl":
        aliases.set(
          qualifiedName(reader, node, scope.name),
          namespaceNames.get(node.aliasedNamespace?.id ?? "") ?? node.aliasedNamespace?.name ?? "",
        );
        return undefined;
      default:
        return undefined;
    }
  }

  function all(some: readonly AstNode[], scope: JsonScope): void {
    some.forEach((node, i) => {
      if (node.kind === "UsingDecl" && scope.parent === null) used(node, some[i + 1], scope);
      else visit(node, scope);
    });
  }

  function namespace(node: AstNode, scope: JsonScope): void {
    if (node.name === undefined) return;
    const name = qualifiedName(reader, node, scope.name);
    namespaces.set(name, node.isInline === true);
    namespaceNames.set(node.id, node.isInline === true ? scope.name : name);
    const around = space;
    space = { ...scope, name: node.isInline === true ? scope.name : name };
    all(node.inner ?? [], space);
    space = around;
  }

  function once(node: AstNode, scope: JsonScope, key: string, make: () => ApiDeclaration | undefined): void {
    const whole = `${key} ${qualifiedName(reader, node, scope.name)}`;
    if (seen.has(whole)) return;
    seen.add(whole);
    const made = make();
    if (made !== undefined) found.push(made);
  }

  /** Explicit specialisations are written, instances are not; what a macro writes is taken for one. */
  function isWritten(node: AstNode): boolean {
    const { file, start } = extentOf(node);
    if (node.loc?.expansionLoc !== undefined) return node.completeDefinition === true;
    return /^template\s*<\s*>/.test(reader.texts.of(file).slice(start, start + 40));
  }

  /** An enumeration that is defined further down. */
  function isOnlyDeclared(node: AstNode, scope: JsonScope): boolean {
    return childrenOf(node, "EnumConstantDecl").length === 0 && definitions.has(qualifiedName(reader, node, scope.name));
  }

  function record(node: AstNode, scope: JsonScope, template?: AstNode): void {
    const name = recordName(node, scope);
    if (node.completeDefinition !== true && (definitions.has(name) || seen.has(`class ${name}`))) return;
    if (seen.has(`class ${name}`)) return;
    seen.add(`class ${name}`);
    const parameters = template ?? (node.kind === "ClassTemplatePartialSpecializationDecl" ? node : undefined);
    const inner = innerScope(node, scope, name, parameters);
    found.push(classOf(node, scope, inner, name, parameters));
    if (node.completeDefinition === true) members(node, inner);
  }

  /** A specialisation is told by its arguments. */
  function recordName(node: AstNode, scope: JsonScope): string {
    // In C a tag with a name belongs to no class.
    const name = qualifiedName(reader, node, reader.isC && node.name !== undefined ? "" : scope.name);
    return node.kind.startsWith("ClassTemplate") ? `${name}<${argumentTexts(node).map(usualSpacing).join(", ")}>` : name;
  }

  /** As the header writes them; of a macro's text as the dump has them. */
  function argumentTexts(node: AstNode): readonly string[] {
    const { file, at } = extentOf(node);
    const written = argumentsAt(reader.texts.of(file), at);
    if (written !== undefined && node.loc?.expansionLoc === undefined) return written.map(usualSpacing);
    // The dump has no text for templates as arguments, which are there by default.
    const texts = childrenOf(node, "TemplateArgument").map(
      ({ type, value }) => type?.qualType ?? (value === undefined ? "" : String(value as number)),
    );
    while (texts.at(-1) === "") texts.pop();
    return texts;
  }

  function innerScope(node: AstNode, scope: JsonScope, name: string, template: AstNode | undefined): JsonScope {
    const inner: JsonScope = {
      ...scope,
      name,
      parent: name,
      access: node.tagUsed === "class" ? "private" : "public",
      inTemplate: scope.inTemplate || template !== undefined,
    };
    return template === undefined ? inner : withParameters(inner, templateParametersOf(reader, template));
  }

  function classOf(node: AstNode, scope: JsonScope, inner: JsonScope, name: string, template: AstNode | undefined): ApiClass {
    const isDefined = node.completeDefinition === true;
    const data = node.definitionData;
    const isDependent = inner.inTemplate || !isDefined;
    return {
      kind: "class",
      ...scopedOf(
        reader,
        template?.kind === "ClassTemplateDecl" ? template : node,
        name.includes("::") || !reader.isC ? scope : { ...scope, parent: null },
      ),
      qualifiedName: name,
      key: node.tagUsed === "union" ? "union" : node.tagUsed === "class" ? "class" : "struct",
      defined: isDefined,
      final: childrenOf(node, "FinalAttr").length > 0,
      abstract: data?.isAbstract === true,
      polymorphic: data?.isPolymorphic === true,
      pod: isDependent ? null : reader.isC || data?.isPOD === true,
      size: null,
      align: null,
      bases: (node.bases ?? []).map(({ access, isVirtual, type }) => ({
        type: reader.types.of(type, inner),
        access: access as ApiAccess,
        virtual: isVirtual === true,
      })),
      templateParameters: template === undefined ? null : templateParametersOf(reader, template),
      specialization: node.kind.startsWith("ClassTemplate") ? specializationOf(node, inner) : null,
      fields: isDefined ? withAccess(node, inner).flatMap(([child, at]) => fieldsOf(child, at)) : [],
      methods: isDefined ? withAccess(node, inner).flatMap(([child, at]) => methodsOf(child, at)) : [],
      friends: isDefined ? childrenOf(node, "FriendDecl").flatMap(friendOf) : [],
    };
  }

  function specializationOf(node: AstNode, scope: JsonScope): ApiTemplateArgument[] {
    return argumentTexts(node).map((text, i): ApiTemplateArgument => {
      const kept = childrenOf(node, "TemplateArgument")[i];
      if (kept?.type === undefined) return { text };
      return { type: kept.type.qualType.includes("type-parameter-") ? { kind: "other", text } : reader.types.ofText(text, scope) };
    });
  }

  function methodsOf(node: AstNode, scope: JsonScope) {
    if (METHODS.has(node.kind)) return [methodOf(reader, node, scope)];
    const inner = node.kind === "FunctionTemplateDecl" ? (node.inner ?? []).find(({ kind }) => METHODS.has(kind)) : undefined;
    return inner === undefined ? [] : [methodOf(reader, inner, scope, node)];
  }

  function fieldsOf(node: AstNode, scope: JsonScope): ApiClass["fields"] {
    if (isUnnamedMember(node, scope))
      return withAccess(node, { ...scope, access: scope.access }).flatMap(([child, at]) => fieldsOf(child, at));
    return node.kind === "FieldDecl" ? [fieldOf(reader, node, scope)] : [];
  }

  /** A union or struct without a name that no field follows as its type. */
  function isUnnamedMember(node: AstNode, scope: JsonScope): boolean {
    return (
      RECORDS.has(node.kind) &&
      node.name === undefined &&
      !reader.typedefOf.has(node.id) &&
      scope.parent !== null &&
      unnamedMembers.has(node.id)
    );
  }

  function friendOf(node: AstNode): string[] {
    const { file, start, end } = extentOf(node);
    const text = friendText(reader.texts.of(file), start, end);
    return text === "" ? [] : [text];
  }

  /** One with a body is inline. */
  function friendFunction(node: AstNode, scope: JsonScope): ApiDeclaration {
    const made = functionOf(reader, node, scope);
    const hasBody = (node.inner ?? []).some(({ kind }) => kind.endsWith("Stmt"));
    return { ...made, inline: made.inline || hasBody, hidden: true };
  }

  function members(node: AstNode, inner: JsonScope): void {
    for (const [child, scope] of withAccess(node, inner)) {
      if (isUnnamedMember(child, scope)) members(child, scope);
      else if (child.kind === "FriendDecl" && !inner.inTemplate)
        for (const friend of childrenOf(child, "FunctionDecl")) friends.push({ node: friend, scope: space });
      else if (!METHODS.has(child.kind) && child.kind !== "FunctionTemplateDecl" && child.kind !== "FriendDecl") visit(child, scope);
    }
  }

  function classTemplate(node: AstNode, scope: JsonScope): void {
    const inner = childrenOf(node, "CXXRecordDecl")[0];
    if (inner !== undefined) record(inner, scope, node);
  }

  function functionTemplate(node: AstNode, scope: JsonScope): void {
    const inner = childrenOf(node, "FunctionDecl")[0];
    if (scope.parent !== null || inner === undefined) return;
    once(
      node,
      scope,
      `template ${inner.type?.qualType ?? ""} ${templateParametersOf(reader, node)
        .map(({ text }) => text)
        .join()}`,
      () => functionOf(reader, inner, scope, node),
    );
  }

  function variableOf(node: AstNode, scope: JsonScope): ApiVariable {
    const { file, at, end } = extentOf(node);
    const scoped = scopedOf(reader, node, scope);
    const type = reader.types.of(node.type ?? { qualType: "" }, scope);
    const constexpr = node.constexpr === true;
    const isConst = constexpr || (type.kind === "array" ? type.of : type).const === true;
    const initializer =
      isConst && node.init !== undefined && !scope.inTemplate
        ? (textBehindEquals(reader.texts.of(file), at, end) ?? bracedIn(reader.texts.of(file).slice(at, end)))
        : null;
    if (initializer !== null) initializers.set(scoped.qualifiedName, initializer);
    return {
      kind: "variable",
      ...scoped,
      type,
      constexpr,
      external: node.storageClass === "extern",
      cLanguage: reader.isC || scope.inC,
      value: null,
    };
  }

  /** `using other::Name;` for a type. */
  function used(node: AstNode, shadow: AstNode | undefined, scope: JsonScope): void {
    const target = shadow?.kind === "UsingShadowDecl" ? shadow.target : undefined;
    if (target === undefined || !/^(?:CXXRecordDecl|RecordDecl|EnumDecl|TypedefDecl|TypeAliasDecl|ClassTemplateDecl)$/.test(target.kind))
      return;
    const name = target.name ?? "";
    const written = (node.name ?? "").replace(/^::/, "");
    once({ ...node, name }, scope, "typedef", () => ({
      kind: "typedef",
      ...scopedOf(reader, { ...node, name }, scope),
      type: reader.types.ofText(written, { ...scope, name: scope.name }),
      templateParameters: target.kind === "ClassTemplateDecl" ? [] : null,
    }));
  }

  function namesItsTag(node: AstNode): boolean {
    return namingTypedefs.has(node.id);
  }

  const namingTypedefs = new Set([...reader.typedefOf.values()].map(({ id }) => id));
  const unnamedMembers = unnamedMembersIn(nodes);
  space = { ...OUTERMOST, inC: reader.isC };
  all(nodes, space);
  // Those that are declared outside of the class, too, have been seen.
  for (const { node, scope } of friends)
    if (childrenOf(node, "TemplateArgument").length === 0)
      once(node, scope, node.mangledName ?? node.name ?? "", () => friendFunction(node, scope));
  return {
    declarations: withInlineOutside(found, inlineLater(nodes)),
    namespaces: [...namespaces].map(([name, inline]) => ({ name, inline })),
    namespaceAliases: [...aliases].map(([name, target]) => ({ name, target })),
    initializers,
  };
}

const OUTERMOST: JsonScope = { name: "", parent: null, access: "public", inC: false, inTemplate: false, parameters: new Set() };

function bracedIn(text: string): string | null {
  return /^[\w$]+\s*\{([^{}]*)\}$/.exec(text)?.[1]?.trim() ?? null;
}

/** A class's members, each with the access that counts where it stands. */
function withAccess({ inner = [] }: AstNode, scope: JsonScope): (readonly [AstNode, JsonScope])[] {
  let { access } = scope;
  return inner.flatMap((child) => {
    if (child.kind === "AccessSpecDecl") access = child.access as ApiAccess;
    return child.isImplicit === true ? [] : [[child, { ...scope, access }] as const];
  });
}
