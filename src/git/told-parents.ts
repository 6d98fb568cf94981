/**
 * Owns the parents that git tells otherwise than the commits do: where a history is cut off (`git clone --depth`), and where somebody
 * put other parents (`info/grafts`). See gitrepository-layout(5) and shallow in gitglossary(7).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface ToldParents {
  /** Commits at which the history is cut off: what lies before is not here. */
  readonly cut: ReadonlySet<string>;
  /** A commit as git takes it. */
  readonly told: (id: string, commit: Buffer) => Buffer;
}

/** `common`: the git directory that all work trees share. */
export function toldParents(common: string): ToldParents {
  const cut = new Set(idLines(join(common, "shallow")).flatMap(([id]) => (id === undefined ? [] : [id])));
  const parents = new Map<string, readonly string[]>([...cut].map((id) => [id, []]));
  for (const [id = "", ...others] of idLines(join(common, "info", "grafts"))) parents.set(id, others);
  return {
    cut,
    told: (id, commit) => {
      const others = parents.get(id);
      return others === undefined ? commit : withParents(commit, others);
    },
  };
}

/** The ids of each line; a file that is not there has none. */
function idLines(path: string): string[][] {
  try {
    const lines = readFileSync(path, "latin1").split("\n");
    return lines.filter((line) => /^[0-9a-f]{40}/.test(line)).map((line) => line.trim().split(/ +/));
  } catch {
    return [];
  }
}

function withParents(commit: Buffer, parents: readonly string[]): Buffer {
  const text = commit.toString("latin1");
  const [head = "", own = "", rest = ""] = /^(tree .*\n)((?:parent .*\n)*)([\s\S]*)$/.exec(text)?.slice(1) ?? [];
  if (head === "") return commit;
  const next = parents.map((id) => `parent ${id}\n`).join("");
  return next === own ? commit : Buffer.from(`${head}${next}${rest}`, "latin1");
}
