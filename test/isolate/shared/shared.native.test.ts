/** A module that both flavors share: which units of one flavor do not fit the other's copy. */
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { checkShared, type SharedRequest } from "../../../src/isolate/shared/check-shared.js";
import { filesThatSee } from "../../../src/isolate/shared/include-reach.js";
import { ownerArguments } from "../../../src/isolate/shared/owner-arguments.js";
import { sharedCheckSchema } from "../../../src/model/isolation-shared.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";

const missing = await missingTools("g++");

let root = "";
let tree = "";
let owner = "";

const module = (text: string) => ({ "third/base/base/a.h": '#pragma once\n#include "base/b.h"\n', "third/base/base/b.h": text });

beforeEach(() => {
  root = temporaryFolder();
  [tree, owner] = [join(root, "old"), join(root, "new")];
  writeTree(tree, {
    ...module("namespace base { inline int both() { return 1; } inline int gone() { return 2; } }\n"),
    "src/uses.h": '#pragma once\n#include "base/a.h"\n',
    "src/fits.cc": '#include "src/uses.h"\nint f() { return base::both(); }\n',
    "src/fails.cc": '#include "src/uses.h"\nint g() { return base::gone(); }\n',
    "src/above.cc": '#include "third/base/base/b.h"\nint h() { return base::gone(); }\n',
    "src/broken.cc": '#include "src/uses.h"\nint i() { return nothing; }\n',
    "src/apart.cc": "int j() { return 1; }\n",
  });
  writeTree(owner, module("namespace base { inline int both() { return 3; } }\n"));
});

const flags = () => ["-std=c++17", `-I${tree}`, `-I${join(tree, "third/base")}`];

function check(more: Partial<SharedRequest> = {}) {
  return checkShared({ tree, owner, modules: ["third/base"], commands: [], compiler: "g++", flags: flags(), ...more });
}

describe.skipIf(missing.length > 0)(`the check of a shared module (needs ${missing.join(", ") || "nothing more"})`, () => {
  it("compiles what sees the module against the owner's copy, and tells unfit from broken units", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("unfork-shared-"));
    const result = await check({ jobs: 2 });
    expect(sharedCheckSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ units: 4, compiled: 1, owner });
    expect(result.failed).toEqual([
      { file: "src/above.cc", place: "src/above.cc:2", reason: expect.stringContaining("gone"), errors: 1 },
      { file: "src/fails.cc", place: "src/fails.cc:2", reason: expect.stringContaining("gone"), errors: 1 },
    ]);
    expect(result.broken.map(({ file }) => file)).toEqual(["src/broken.cc"]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("unfork-shared-"))).toEqual(before);
  });

  it("takes the commands of a compile database, and only the units asked for", async () => {
    const file = join(tree, "src/fails.cc");
    const commands = [
      { directory: tree, file, source: file, arguments: ["g++", ...flags(), "-o", "x.o", "-MD", "-MF", "x.d", "-c", file] },
    ];
    expect(await checkShared({ tree, owner, modules: ["third/base"], commands })).toMatchObject({
      units: 1,
      failed: [{ file: "src/fails.cc" }],
    });
    expect(await check({ files: ["src/fits.*"] })).toMatchObject({ units: 1, compiled: 1, failed: [] });
    expect(readdirSync(tree)).toEqual(["src", "third"]);
  });

  it("refuses a module that one tree lacks, and says what is missing to compile anything", async () => {
    await expect(check({ modules: ["third/none"] })).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("third/none"),
    });
    await expect(checkShared({ tree, owner, modules: ["third/base"], commands: [] })).rejects.toMatchObject({
      hint: expect.stringContaining("--compile-commands"),
    });
  });
});

describe("include lines", () => {
  it("lead from the module to all that see it, through other headers, and not from inside the module", () => {
    const texts: Record<string, string> = {
      "m/a.h": '#include "m/b.h"\n',
      "m/b.h": "",
      "x.h": "#  include <m/b.h>\n",
      "y.cc": '#import "../x.h"\n',
      "z.cc": '#include "xm/b.h"\n',
    };
    const found = filesThatSee(
      Object.keys(texts),
      (file) => file.startsWith("m/"),
      (file) => texts[file] ?? "",
    );
    expect([...found].toSorted()).toEqual(["x.h", "y.cc"]);
  });
});

describe("a unit's command", () => {
  it("gets the owner's roots inside the module, a link before roots above it, and writes nothing", () => {
    const words = ["-I", "third/base", "-isystem/t/src", "-I/t", "-DX=1", "-o", "a.o", "-MMD", "-MF", "a.d", "-c", "src/a.cc", "-Werror"];
    const made = ownerArguments(
      { words, directory: "/t", source: "/t/src/a.cc" },
      [{ own: "/t/third/base", owners: "/o/third/base" }],
      "/links",
    );
    expect(made.arguments).toEqual([
      "-I",
      "/o/third/base",
      "-isystem",
      "/t/src",
      "-I",
      "/links/_t",
      "-I",
      "/t",
      "-DX=1",
      "-w",
      "-fsyntax-only",
      "/t/src/a.cc",
    ]);
    expect(made.links).toEqual([["/links/_t/third/base", "/o/third/base"]]);
  });
});
