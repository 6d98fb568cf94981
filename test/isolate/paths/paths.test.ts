/** Renamed header files: what gets a new path, which include lines follow, the way back. */
import { readFileSync, readlinkSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { JOURNAL_FILE } from "../../../src/isolate/journal/journal-file.js";
import { revertTree } from "../../../src/isolate/journal/revert-tree.js";
import { MARKER_FILE } from "../../../src/isolate/marker.js";
import { isolationPlanSchema, type IsolationPolicyInput } from "../../../src/model/isolation.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { readTree, writeTree } from "../../helpers/tree.js";

let root = "";
let source = "";
let target = "";

const TREE = {
  "api/view.h": '#include "api/size.h"\nnamespace lib { int view(); }\n',
  "api/size.h": "namespace lib { int size(); }\n",
  "src/a.cc": '#include "api/view.h"\n#include <string.h>\n#include <conf.h>\nint lib::view() { return 1; }\n',
  "other/conf.h": "#pragma once\n",
};

beforeEach(() => {
  root = temporaryFolder();
  [source, target] = [join(root, "source"), join(root, "target")];
  writeTree(source, TREE);
});

/** A file of the result. */
function written(path: string): string {
  return readFileSync(join(target, path), "utf8");
}

function requestOf(plan: IsolationPolicyInput = {}) {
  return {
    flavor: "latest",
    release: "R1",
    source,
    target,
    plan: isolationPlanSchema.parse({ namespaces: ["lib"], paths: "rename", ...plan }),
  };
}

function isolate(plan: IsolationPolicyInput = {}) {
  return isolateTree(requestOf(plan));
}

describe("paths: rename", () => {
  it("renames the headers, lets include lines follow, and tells both", async () => {
    const result = await isolate();
    expect(result.moved).toEqual([
      { from: "api/size.h", to: "api/size_latest.h" },
      { from: "api/view.h", to: "api/view_latest.h" },
      { from: "other/conf.h", to: "other/conf_latest.h" },
    ]);
    expect(written("api/view_latest.h")).toBe('#include "api/size_latest.h"\nnamespace lib_latest { int view(); }\n');
    expect(written("src/a.cc")).toBe(
      '#include "api/view_latest.h"\n#include <string.h>\n#include <conf.h>\nint lib_latest::view() { return 1; }\n',
    );
    expect(result.undecided.map(({ file, line, token }) => [file, line, token])).toEqual([["src/a.cc", 3, "conf.h"]]);
  });

  it("keeps all paths by default", async () => {
    const result = await isolate({ paths: "keep" });
    expect(result.moved).toBeUndefined();
    expect(readTree(target)).toHaveProperty(["api/view.h"]);
  });

  it("is taken back exactly, beside and where it stands", async () => {
    symlinkSync("size.h", join(source, "api/alias.h"));
    await isolate();
    expect(readlinkSync(join(target, "api/alias_latest.h"))).toBe("size_latest.h");
    await revertTree({ source: target, target: join(root, "back") });
    expect(readTree(join(root, "back"))).toEqual(readTree(source));
    expect(readlinkSync(join(root, "back/api/alias.h"))).toBe("size.h");
    await revertTree({ source: target, target: undefined });
    expect(readTree(target)).toEqual(readTree(source));
  });

  it("changes nothing in a second run, also without marker and journal, and is still taken back", async () => {
    const first = await isolate();
    const again = join(root, "again");
    const second = await isolateTree({ ...requestOf(), source: target, target: again });
    expect([second.edits, second.moved, second.digest]).toEqual([0, undefined, first.digest]);
    await revertTree({ source: again, target: join(root, "back") });
    expect(readTree(join(root, "back"))).toEqual(readTree(source));
    for (const file of [MARKER_FILE, JOURNAL_FILE]) rmSync(join(target, file));
    const bare = await isolateTree({ ...requestOf(), source: target, target: join(root, "bare") });
    expect([bare.edits, bare.moved, bare.digest]).toEqual([0, undefined, first.digest]);
  });

  it("keeps the files of an earlier output whose bytes are the same", async () => {
    await isolate();
    const before = statSync(join(target, "api/size_latest.h")).ino;
    writeTree(source, { "api/view.h": '#include "api/size.h"\nnamespace lib { int view(int); }\n' });
    await isolateTree({ ...requestOf(), keepState: true });
    expect(statSync(join(target, "api/size_latest.h")).ino).toBe(before);
    expect(written("api/view_latest.h")).toContain("view(int)");
  });

  it("refuses a new path that is taken, which `keep` settles", async () => {
    writeTree(source, { "api/size_latest.h": "int other();\n" });
    await expect(isolate()).rejects.toThrow("the tree already has a file 'api/size_latest.h', which 'api/size.h' would become");
    const result = await isolate({ keep: ["api/size.h"] });
    expect(written("api/view_latest.h")).toContain('"api/size.h"');
    expect(result.warnings.join("\n")).toContain("a header ends in '_latest' already: api/size_latest.h");
    expect(result.warnings.join("\n")).not.toContain("keep[0]");
  });

  it("takes `settle` for include lines", async () => {
    const settle = [{ token: "conf.h", file: "src/a.cc", line: 3, as: "rename" as const }];
    expect((await isolate({ settle })).undecided).toEqual([]);
    expect(written("src/a.cc")).toContain("<conf_latest.h>");
    expect((await isolate({ settle: [{ token: "conf.h", file: "**", as: "leave" }] })).undecided).toEqual([]);
    expect(written("src/a.cc")).toContain("<conf.h>");
  });

  it("finds headers through a link to a folder, and leaves shared ones alone", async () => {
    symlinkSync("api", join(source, "public"));
    writeTree(source, { "src/b.cc": '#include "public/size.h"\n#include "mod/m.h"\n', "mod/m.h": '#include "api/size.h"\nint m();\n' });
    const result = await isolate({ share: ["mod"], settle: [{ token: "conf.h", file: "**", as: "leave" }] });
    expect(written("src/b.cc")).toBe('#include "public/size_latest.h"\n#include "mod/m.h"\n');
    expect(written("mod/m.h")).toBe('#include "api/size.h"\nint m();\n');
    expect(result.warnings).toContain(
      "paths: 1 place in files that the policy leaves out (1 file) include renamed headers: mod/m.h (api/size.h)",
    );
  });

  it("lets headers that stand in for the system's keep their paths", async () => {
    writeTree(source, { "compat/stdint.h": "#include_next <stdint.h>\n", "src/c.c": "#include <stdint.h>\n" });
    await isolate();
    expect(readTree(target)).toHaveProperty(["compat/stdint.h"]);
    expect(written("src/c.c")).toBe("#include <stdint.h>\n");
  });

  it("lists what else names the headers", async () => {
    writeTree(source, { "BUILD.gn": 'sources = [\n  "api/view.h",\n  "api/none.h",\n]\n' });
    expect((await isolate()).warnings).toEqual([
      "paths: 1 place in build files and templates (1 file) name renamed headers and have to follow: BUILD.gn:2 (api/view.h)",
    ]);
  });
});
