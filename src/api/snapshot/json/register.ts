/** Owns the first look at a dump: which types it declares, which tags a typedef names, which classes are defined. */
import type { ApiType } from "../../../model/api-snapshot.js";
import { namesOf, templateParametersOf } from "./members.js";
import type { AstNode } from "./nodes.js";
import { childrenOf, type JsonReader, qualifiedName } from "./reader.js";
import type { Symbols } from "./symbols.js";
import type { TypeScope } from "./type-resolver.js";

const RECORDS: ReadonlySet<string> = new Set(["CXXRecordDecl", "RecordDecl"]);

/** Typedefs that only name a tag, by the tag's id: of one without a name, or of the typedef's own name. */
export function namingTypedefs(nodes: readonly AstNode[], found = new Map<string, AstNode>()): Map<string, AstNode> {
  const byName = new Map<string, AstNode>();
  for (const node of nodes) {
    if ((RECORDS.has(node.kind) || node.kind === "EnumDecl") && node.name !== undefined) byName.set(node.name, node);
    if (node.kind === "TypedefDecl") {
      const [type] = node.inner ?? [];
      const owned = type?.ownedTagDecl;
      if (owned?.name === "" && type?.kind === "ElaboratedType") found.set(owned.id, node);
      const written = /^(?:struct|union|enum|class) (\w+)$/.exec(node.type?.qualType ?? "")?.[1];
      const tag = written === node.name ? byName.get(node.name ?? "") : undefined;
      if (tag !== undefined) found.set(tag.id, node);
    }
    if (node.inner !== undefined && !node.kind.startsWith("Function")) namingTypedefs(node.inner, found);
  }
  return found;
}

/** Names of classes and enumerations that are defined. */
export function registerTypes(reader: JsonReader, symbols: Symbols, nodes: readonly AstNode[]): ReadonlySet<string> {
  const defined = new Set<string>();
  const naming = new Set([...reader.typedefOf.values()].map(({ id }) => id));

  function all(some: readonly AstNode[], scope: TypeScope): void {
    some.forEach((node, i) => visit(node, scope, some[i + 1]));
  }

  function visit(node: AstNode, scope: TypeScope, next: AstNode | undefined): void {
    if (node.isImplicit === true) return;
    const isTagOfC = reader.isC && node.kind === "RecordDecl" && node.name !== undefined;
    const name = qualifiedName(reader, node, isTagOfC ? "" : scope.name);
    switch (node.kind) {
      case "NamespaceDecl":
        return node.name === undefined ? undefined : all(node.inner ?? [], node.isInline === true ? scope : { ...scope, name });
      case "LinkageSpecDecl":
        return all(node.inner ?? [], scope);
      case "CXXRecordDecl":
      case "RecordDecl":
        return record(node, name, scope, "tag");
      case "ClassTemplateDecl": {
        const inner = childrenOf(node, "CXXRecordDecl")[0];
        return inner === undefined ? undefined : record(inner, name, withParameters(reader, node, scope), "template");
      }
      case "EnumDecl":
        symbols.add(name, { kind: "tag", name });
        if (childrenOf(node, "EnumConstantDecl").length > 0) defined.add(name);
        for (const one of childrenOf(node, "EnumConstantDecl")) value(one, node.scopedEnumTag === undefined ? scope.name : name);
        return;
      case "VarDecl":
        return value(node, scope.name);
      case "TypedefDecl":
      case "TypeAliasDecl":
        if (!naming.has(node.id))
          symbols.add(name, { kind: "typedef", name, type: once(() => reader.types.of(node.type ?? { qualType: "" }, scope)) });
        return;
      case "TypeAliasTemplateDecl":
        return aliasTemplate(node, name, scope);
      case "UsingDecl":
        return used(node, scope, next);
      default:
        return;
    }
  }

  function record(node: AstNode, name: string, scope: TypeScope, kind: "tag" | "template"): void {
    if (!name.endsWith(")") || node.name !== undefined) symbols.add(name, { kind, name });
    if (node.completeDefinition !== true) return;
    defined.add(name);
    for (const { type } of node.bases ?? []) symbols.addBase(name, type.qualType.replace(/<.*$/s, ""));
    all(node.inner ?? [], { ...scope, name });
  }

  function value(node: AstNode, scope: string): void {
    const name = scope === "" ? (node.name ?? "") : `${scope}::${node.name ?? ""}`;
    symbols.add(name, { kind: "value", name });
  }

  function aliasTemplate(node: AstNode, name: string, scope: TypeScope): void {
    const parameters = templateParametersOf(reader, node).map((one) => one.name);
    const inner = childrenOf(node, "TypeAliasDecl")[0];
    const within = withParameters(reader, node, scope);
    symbols.add(name, {
      kind: "alias-template",
      name,
      parameters,
      type: once(() => reader.types.ofText(inner?.type?.qualType ?? "", within)),
    });
  }

  /** The name means what it is of elsewhere. */
  function used(node: AstNode, scope: TypeScope, shadow: AstNode | undefined): void {
    const target = shadow?.kind === "UsingShadowDecl" ? shadow.target?.name : undefined;
    const symbol = target === undefined ? undefined : symbols.find((node.name ?? "").replace(/^::/, ""), scope.name);
    if (target !== undefined && symbol !== undefined) symbols.add(scope.name === "" ? target : `${scope.name}::${target}`, symbol);
  }

  all(nodes, { name: "", parameters: new Set() });
  return defined;
}

function withParameters(reader: JsonReader, template: AstNode, scope: TypeScope): TypeScope {
  return { ...scope, parameters: namesOf(templateParametersOf(reader, template), scope.parameters) };
}

/** A typedef of itself by way of others has no type. */
function once(make: () => ApiType): () => ApiType {
  let made: ApiType | undefined;
  let isMaking = false;
  return () => {
    if (made !== undefined) return made;
    if (isMaking) return { kind: "other", text: "" };
    isMaking = true;
    made = make();
    return made;
  };
}
