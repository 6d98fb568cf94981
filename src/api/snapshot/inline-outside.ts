/** Owns functions that are inline by a later declaration: `inline int Shape::area() const { … }` behind the class. */
import type { ApiDeclaration } from "../../model/api-snapshot.js";

/** The declarations, with what later ones say. `later`: the mangled names of those that are inline there. */
export function withInlineOutside(declarations: readonly ApiDeclaration[], later: ReadonlySet<string>): ApiDeclaration[] {
  const isInline = ({ inline, mangled }: { readonly inline: boolean; readonly mangled: string | null }): boolean =>
    inline || (mangled !== null && later.has(mangled));
  if (later.size === 0) return [...declarations];
  return declarations.map((one): ApiDeclaration => {
    if (one.kind === "function") return { ...one, inline: isInline(one) };
    if (one.kind !== "class") return one;
    return { ...one, methods: one.methods.map((method) => Object.assign({}, method, { inline: isInline(method) })) };
  });
}
