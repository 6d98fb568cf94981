/** Owns which files of an application a file includes, directly or through others. */

/** Gives, for a file, itself and all files of `paths` that it includes; include paths are matched by their end. */
export function includeClosure(
  includes: ReadonlyMap<string, readonly string[]>,
  paths: ReadonlySet<string>,
): (file: string) => ReadonlySet<string> {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [path]);
    else known.push(path);
  }
  const resolve = (include: string): readonly string[] => {
    const plain = include.replace(/^(\.\.?\/)+/, "");
    return (byName.get(plain.slice(plain.lastIndexOf("/") + 1)) ?? []).filter((path) => path === plain || path.endsWith(`/${plain}`));
  };
  return (file) => {
    const seen = new Set([file]);
    for (const path of seen) for (const include of includes.get(path) ?? []) for (const target of resolve(include)) seen.add(target);
    return seen;
  };
}
