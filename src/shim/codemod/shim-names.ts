/** Owns what a shim's manifest says about names: which become which, which are missing, which namespaces they stand in. */
import type { ShimManifest } from "../../model/shim-manifest.js";

type ManifestName = ShimManifest["names"][number];

export interface ShimNames {
  readonly manifest: ShimManifest;
  /** By the library's spelling. */
  readonly names: ReadonlyMap<string, ManifestName>;
  readonly missing: ReadonlyMap<string, string>;
  /** Namespaces of the library with the one of the shim that most of their names go to. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** First words of these. */
  readonly roots: ReadonlySet<string>;
  /** Names without a namespace: of a C library, or of global scope. */
  readonly globals: ReadonlyMap<string, ManifestName>;
  readonly missingGlobals: ReadonlyMap<string, string>;
  /** Whether any name of the shim is one of C++ alone: then no C file can use it. */
  readonly needsCxx: boolean;
  /** By namespace and last word: names and missing ones right in a namespace. */
  readonly inNamespace: ReadonlyMap<string, readonly string[]>;
  /** First words of names in one flavor: `webrtc_legacy`, and of global ones: `deflate_legacy`. */
  readonly flavored: ReadonlyMap<string, string>;
}

/** Reads the names of a manifest. */
export function shimNames(manifest: ShimManifest): ShimNames {
  const names = new Map(manifest.names.map((one) => [one.from, one]));
  const missing = new Map(manifest.missing.map(({ from, reason }) => [from, reason]));
  const all = [...names.keys(), ...missing.keys()];
  const types = new Set(manifest.names.filter(({ kind }) => TYPES.has(kind)).map(({ from }) => from));
  const namespaces = namespaceTargets(manifest, all, types);
  const globals = new Map([...names].filter(([from]) => !from.includes("::")));
  const missingGlobals = new Map([...missing].filter(([from]) => !from.includes("::")));
  const roots = new Set([...namespaces.keys()].map((path) => path.split("::")[0] as string));
  return {
    manifest,
    names,
    missing,
    namespaces,
    roots,
    needsCxx: manifest.names.some(({ to }) => to.includes("::")),
    globals,
    missingGlobals,
    inNamespace: directNames(all, namespaces),
    flavored: flavoredWords(manifest, [...roots, ...globals.keys(), ...missingGlobals.keys()]),
  };
}

const TYPES: ReadonlySet<string> = new Set(["class", "struct", "interface", "enum", "typedef"]);

/** A scope around a name is a namespace unless it is a type that the manifest knows, or lies in one. */
function namespaceTargets(manifest: ShimManifest, all: readonly string[], types: ReadonlySet<string>): Map<string, string> {
  const scopes = new Set(all.flatMap((name) => outerScopes(name, types)));
  const targets = new Map<string, string>();
  for (const scope of scopes) {
    const votes = new Map<string, number>();
    for (const { from, to } of manifest.names) {
      if (scopeOf(from) !== scope) continue;
      const target = scopeOf(to);
      votes.set(target, (votes.get(target) ?? 0) + 1);
    }
    const [best] = [...votes].toSorted((a, b) => b[1] - a[1])[0] ?? [manifest.namespace];
    targets.set(scope, best);
  }
  return targets;
}

function outerScopes(name: string, types: ReadonlySet<string>): string[] {
  const scopes: string[] = [];
  for (let at = name.indexOf("::"); at !== -1; at = name.indexOf("::", at + 2)) {
    if (types.has(name.slice(0, at))) break;
    scopes.push(name.slice(0, at));
  }
  return scopes;
}

function directNames(all: readonly string[], namespaces: ReadonlyMap<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of all) {
    const scope = scopeOf(name);
    if (!namespaces.has(scope)) continue;
    const known = found.get(scope);
    if (known === undefined) found.set(scope, [name]);
    else known.push(name);
  }
  return found;
}

function flavoredWords({ flavors }: ShimManifest, words: readonly string[]): Map<string, string> {
  return new Map(flavors.flatMap(({ name }) => words.map((word) => [`${word}_${name}`, name] as const)));
}

/** `a::b` of `a::b::C`, "" of a name without a scope. */
export function scopeOf(name: string): string {
  const at = name.lastIndexOf("::");
  return at === -1 ? "" : name.slice(0, at);
}

export function lastOf(name: string): string {
  const at = name.lastIndexOf("::");
  return at === -1 ? name : name.slice(at + 2);
}

/** What the longest part of a name that the manifest knows becomes. */
export type Resolution =
  | { readonly status: "known"; readonly words: number; readonly to: string; readonly from: string }
  | { readonly status: "missing"; readonly words: number; readonly from: string; readonly reason: string }
  | { readonly status: "namespace"; readonly words: number; readonly to: string; readonly from: string }
  | { readonly status: "unknown"; readonly words: number; readonly from: string };

/** Of a qualified name whose first word is a namespace of the library. */
export function resolveName(words: readonly string[], shim: ShimNames): Resolution {
  for (let count = words.length; count > 0; count--) {
    const from = words.slice(0, count).join("::");
    const reason = shim.missing.get(from);
    if (reason !== undefined) return { status: "missing", words: count, from, reason };
    const name = shim.names.get(from);
    if (name !== undefined) return { status: "known", words: count, to: name.to, from };
    const namespace = shim.namespaces.get(from);
    if (namespace !== undefined && count === words.length) return { status: "namespace", words: count, to: namespace, from };
    if (namespace !== undefined) return { status: "unknown", words: count + 1, from: words.slice(0, count + 1).join("::") };
  }
  return { status: "unknown", words: words.length, from: words.join("::") };
}
