/** Owns what only a look over the whole unit tells: unnamed members, and functions that are inline by a later declaration. */
import type { AstNode } from "./nodes.js";

/** Kinds of nodes that are classes of C or C++. */
export const RECORDS: ReadonlySet<string> = new Set([
  "CXXRecordDecl",
  "RecordDecl",
  "ClassTemplateSpecializationDecl",
  "ClassTemplatePartialSpecializationDecl",
]);

/** Tags without a name behind which the compiler put a field without a name. */
export function unnamedMembersIn(nodes: readonly AstNode[], found = new Set<string>()): Set<string> {
  nodes.forEach((node, i) => {
    const next = nodes[i + 1];
    if (RECORDS.has(node.kind) && node.name === undefined && next?.kind === "FieldDecl" && next.isImplicit === true) found.add(node.id);
    if (node.inner !== undefined) unnamedMembersIn(node.inner, found);
  });
  return found;
}

/** Mangled names of functions that a later declaration says to be inline. */
export function inlineLater(nodes: readonly AstNode[], found = new Set<string>()): Set<string> {
  for (const { previousDecl, inline, mangledName, inner } of nodes) {
    if (previousDecl !== undefined && inline === true && mangledName !== undefined) found.add(mangledName);
    if (inner !== undefined) inlineLater(inner, found);
  }
  return found;
}
