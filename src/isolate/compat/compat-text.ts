/** Owns the text of the compatibility headers. */

/** How old namespaces come back; see docs/isolation/compat.md for what each can do. */
export type ImportKind = "using" | "alias";

export interface ImportedNamespace {
  readonly old: string;
  readonly new: string;
}

/** The header that brings the old namespaces back: one declaration each, whatever they hold. */
export function compatText(flavor: string, namespaces: readonly ImportedNamespace[], kind: ImportKind, namesHeader?: string): string {
  const guard = `UNFORK_COMPAT_${flavor.toUpperCase()}_H_`;
  const targets = [...new Set(namespaces.map(({ new: to }) => to))].toSorted();
  const imports = [
    ...targets.map((to) => `namespace ${to} {}`),
    ...namespaces.map(({ old, new: to }) =>
      kind === "alias" ? `namespace ${old} = ::${to};` : `namespace ${old} { using namespace ::${to}; }`,
    ),
  ];
  return [
    `/* The names of flavor ${flavor} under their old spelling; made by \`unfork isolate compat\`. Adds nothing to an object file. */`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    ...(imports.length === 0 ? [] : ["#ifdef __cplusplus", ...imports, "#endif"]),
    ...(namesHeader === undefined ? [] : [`#include "${namesHeader}"`]),
    "#endif",
    "",
  ].join("\n");
}

/** The header with one macro per name outside of namespaces. */
export function namesText(flavor: string, names: readonly string[]): string {
  const guard = `UNFORK_COMPAT_${flavor.toUpperCase()}_NAMES_H_`;
  return [
    `/* The names of flavor ${flavor} outside of namespaces under their old spelling; made by \`unfork isolate compat\`: make it anew`,
    " * when the tree declares others. The preprocessor knows no patterns, so each name needs a line. */",
    `#ifndef ${guard}`,
    `#define ${guard}`,
    ...names.map((name) => `#define ${name} ${name}_${flavor}`),
    "#endif",
    "",
  ].join("\n");
}
