/** Owns keys of a name map that fit nothing: most often a misspelled name. */
import type { ApiNameMap } from "../../model/api-name-map.js";
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import { withoutSuffix } from "../common-name.js";
import type { DiffFlavors } from "./side.js";

/** `names.webrtc::Fo`: those that no name and no header of either release begins with. */
export function unusedKeys(
  map: ApiNameMap,
  legacy: Pick<ApiSnapshot, "declarations" | "macros" | "files">,
  latest: Pick<ApiSnapshot, "declarations" | "macros" | "files">,
  flavors: DiffFlavors,
): string[] {
  const used = new Set([...scopesOf(legacy, flavors.legacy), ...scopesOf(latest, flavors.latest)]);
  const files = new Set([...legacy.files, ...latest.files]);
  return [
    ...Object.keys(map.namespaces).flatMap((key) => (used.has(key) ? [] : [`namespaces.${key}`])),
    ...Object.keys(map.names).flatMap((key) => (used.has(key) ? [] : [`names.${key}`])),
    ...Object.keys(map.headers).flatMap((key) => (files.has(key) ? [] : [`headers.${key}`])),
  ];
}

/** All names with the scopes around them, members too. */
function scopesOf({ declarations, macros }: Pick<ApiSnapshot, "declarations" | "macros">, flavor: string): Set<string> {
  const found = new Set(macros.map(({ name }) => withoutSuffix(name, flavor)));
  for (const one of declarations) {
    const name = withoutSuffix(one.qualifiedName, flavor);
    for (let end = name.length; end > 0; end = name.lastIndexOf("::", end - 1)) found.add(name.slice(0, end));
    const members = one.kind === "class" ? [...one.fields, ...one.methods] : one.kind === "enum" ? one.enumerators : [];
    for (const member of members) found.add(`${name}::${member.name}`);
  }
  return found;
}
