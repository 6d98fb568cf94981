/**
 * Owns names of commits that can be looked up in a repository's files without a process: whole ids, and refs by the rules of
 * gitrevisions(7). Only for the usual form of repository: refs as files, no linked work tree.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { systemCodeOf } from "../../support/errors.js";

export interface RefFiles {
  /** The id that a name stands for; null: there is no such ref; undefined: git has to be asked. */
  readonly idOf: (name: string) => string | null | undefined;
}

const ID = /^[0-9a-f]{40}$/;

/** `folder`: the git directory. */
export function openRefFiles(folder: string): RefFiles {
  const packed = { key: "", text: "" };

  function idOf(name: string): string | null | undefined {
    try {
      return lookedUp(name);
    } catch {
      return undefined;
    }
  }

  function lookedUp(name: string): string | null | undefined {
    if (ID.test(name)) return name;
    if (!/^[A-Za-z0-9_][\w./-]*$/.test(name) || /\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(name)) return undefined;
    if (name.startsWith("refs/")) return valueOf(name, 0);
    const places = [...(/^(?:[A-Z]+_)*HEAD$/.test(name) ? [name] : []), ...RULES.map((rule) => rule(name))];
    for (const place of places) {
      const id = valueOf(place, 0);
      if (id !== null) return id;
    }
    return undefined;
  }

  function valueOf(ref: string, depth: number): string | null | undefined {
    const text = textOf(join(folder, ref));
    if (text === undefined) return ref.startsWith("refs/") ? packedValueOf(ref) : null;
    const value = text.trimEnd();
    if (ID.test(value)) return value;
    const other = /^ref: (refs\/\S+)$/.exec(value)?.[1];
    return other === undefined || depth > 4 ? undefined : valueOf(other, depth + 1);
  }

  /** Lines `<id> <ref>`. */
  function packedValueOf(ref: string): string | null {
    const text = packedText();
    const at = text.indexOf(` ${ref}\n`);
    const id = text.slice(at - 40, at);
    return at >= 41 && text[at - 41] === "\n" && ID.test(id) ? id : null;
  }

  /** Read again when somebody wrote it meanwhile. */
  function packedText(): string {
    const path = join(folder, "packed-refs");
    const stat = statSync(path, { throwIfNoEntry: false });
    const key = stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    if (key !== packed.key) Object.assign(packed, { key, text: `\n${textOf(path) ?? ""}\n` });
    return packed.text;
  }

  return { idOf };
}

const RULES: readonly ((name: string) => string)[] = [
  (name) => `refs/${name}`,
  (name) => `refs/tags/${name}`,
  (name) => `refs/heads/${name}`,
  (name) => `refs/remotes/${name}`,
  (name) => `refs/remotes/${name}/HEAD`,
];

/** Undefined where there is no such file, or a folder stands there. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(systemCodeOf(error) ?? "")) return undefined;
    throw error;
  }
}
