/** Owns the step from a name as one flavor's headers spell it to the name that both releases have in common. */
import type { ApiNameMap } from "../model/api-name-map.js";

/** A flavor whose snapshot is read: names of an isolated tree end in its suffix. */
export interface SnapshotSide {
  /** `legacy`. */
  readonly flavor: string;
}

/** `webrtc_legacy::Foo::Bar` → `webrtc::Foo::Bar`; of the flavor's suffix, and through the map. */
export function commonName(name: string, side: SnapshotSide, map: ApiNameMap): string {
  return throughMap(withoutSuffix(name, side.flavor), map);
}

/** The suffix stands behind the outermost word, be it a namespace, a class at global scope or a C function. */
export function withoutSuffix(name: string, flavor: string): string {
  const at = name.indexOf("::");
  const first = at === -1 ? name : name.slice(0, at);
  const suffix = `_${flavor}`;
  return first.endsWith(suffix) && first.length > suffix.length ? first.slice(0, -suffix.length) + name.slice(first.length) : name;
}

function throughMap(name: string, map: ApiNameMap): string {
  return replaced(name, map.names) ?? replaced(name, map.namespaces) ?? name;
}

/** The longest key that is the name or a scope around it. */
function replaced(name: string, renames: Readonly<Record<string, string>>): string | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf("::", end - 1)) {
    const to = renames[name.slice(0, end)];
    if (to !== undefined) return (to + name.slice(end)).replace(/^::/, "");
  }
  return undefined;
}
