/** The tree on disk is the candidate, file by file, and is written only when it is another one. */
import { chmodSync, existsSync, lstatSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { type PatchProject, numbered, patchProject, read } from "./patch-project.js";

function project(): PatchProject {
  const made = patchProject({
    from: { "src/a.cc": numbered(30), "src/run.sh": "#!/bin/sh\n", "keep/b.cc": "b\n" },
    to: { "lib/a.cc": numbered(30), "src/run.sh": "#!/bin/sh\n", "keep/b.cc": "b\n" },
    features: [
      { name: "tweak", files: { "src/a.cc": numbered(30, { 5: "ours" }), "src/new.h": "new\n", "src/run.sh": "#!/bin/sh\necho ours\n" } },
    ],
  });
  for (const id of ["M1", "M2"]) {
    chmodSync(join(made.root, "sources", id, "src/run.sh"), 0o755);
    symlinkSync("b.cc", join(made.root, "sources", id, "keep/link"));
  }
  return made;
}

/** Git's mode and the content of a path, a link's content being its target. */
function onDisk(folder: string, path: string): string {
  const file = join(folder, path);
  if (lstatSync(file).isSymbolicLink()) return `120000 ${readlinkSync(file)}`;
  return `${(statSync(file).mode & 0o100) === 0 ? "100644" : "100755"} ${read(file)}`;
}

describe("a candidate on disk", () => {
  it("holds exactly what the commit holds: contents, modes and links", async () => {
    const made = project();
    await made.run();
    const folder = join(made.trees, "M2");
    const listed = made.git("ls-tree", "-r", "--format=%(objectmode) %(path)", "rM2").trim().split("\n");
    expect(listed).toEqual(["100644 keep/b.cc", "120000 keep/link", "100644 lib/a.cc", "100644 src/new.h", "100755 src/run.sh"]);
    expect(listed.map((line) => onDisk(folder, line.slice(7)))).toEqual(
      listed.map((line) => `${line.slice(0, 6)} ${made.git("cat-file", "blob", `rM2:${line.slice(7)}`)}`),
    );
    expect(readdirSync(folder, { recursive: true }).filter((path) => !lstatSync(join(folder, String(path))).isDirectory())).toHaveLength(
      listed.length,
    );
  });

  it("is left alone when it is there already, and made anew when a file, its folder or its mark has changed", async () => {
    const made = project();
    await made.run();
    const file = join(made.trees, "M2/keep/b.cc");
    const { ino } = statSync(file);
    await made.run();
    expect(statSync(file).ino).toBe(ino);
    writeFileSync(file, "touched\n");
    await made.run();
    expect(read(file)).toBe("b\n");
    rmSync(join(made.trees, "M2.tree"));
    await made.run();
    expect(read(file)).toBe("b\n");
    rmSync(join(made.trees, "M2"), { recursive: true });
    await made.run();
    expect(existsSync(file)).toBe(true);
  });

  it("follows when a feature changes", async () => {
    const made = project();
    await made.run();
    writeFileSync(join(made.features, "tweak/1.ed"), "newer\n");
    await made.run();
    expect(read(made.trees, "M2/src/new.h")).toBe("newer\n");
    expect(readdirSync(made.trees).toSorted()).toEqual(["M1", "M1.tree", "M2", "M2.tree"]);
  });
});
