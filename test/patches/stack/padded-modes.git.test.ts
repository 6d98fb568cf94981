/** Folders with the mode `040000`, as old histories have them: the port's trees are those of git. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { stackRepository } from "./stack-repository.js";

describe("a tree whose folder has a padded mode", () => {
  it("is ported to the tree that git rebase makes, in the right order, and is clean", async () => {
    const files = { "o.txt": "1\n", "sub.c": "c\n", "sub/in.txt": "in\n", "sub/other.txt": "other\n" };
    const { path, git } = stackRepository({
      old: files,
      new: { ...files, "o.txt": "2\n" },
      stack: [
        { ...files, "a.txt": "a\n" },
        { ...files, "a.txt": "a\n", "sub/in.txt": "ours\n" },
      ],
    });
    /** The same commit on another parent, with `040000` for the folder in its root. */
    function padded(name: string, parent: string | null): string {
      const bytes = execFileSync("git", ["cat-file", "tree", `${name}^{tree}`], { cwd: path });
      const at = bytes.indexOf("40000 sub\0");
      const input = Buffer.concat([bytes.subarray(0, at), Buffer.from("0"), bytes.subarray(at)]);
      const tree = execFileSync("git", ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"], { cwd: path, input })
        .toString()
        .trim();
      return git("commit-tree", "-m", name, ...(parent === null ? [] : ["-p", parent]), tree).trim();
    }
    const base = padded("old", null);
    const onto = padded("new", base);
    const tip = padded("tip", padded("tip~1", base));
    const port = await portAlone({ repo: path, series: `${base}..${tip}`, onto, name: "port", dryRun: false });
    expect(port.patches.map(({ status }) => status)).toEqual(["clean", "clean"]);
    git("checkout", "-q", "-f", "--detach", tip);
    git("rebase", "-q", "--onto", onto, base);
    expect(port.tree).toBe(git("rev-parse", "HEAD^{tree}").trim());
  });
});
