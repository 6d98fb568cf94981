/** Holds `unfork shim inject --shim`: what public headers expose that leak the library is in its shim, in the shim's types. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { snapshotText } from "../../../src/api/snapshot-file.js";
import { inject } from "../../../src/shim/inject/inject.js";
import type { InjectRequest } from "../../../src/shim/inject/model.js";
import { loadShim } from "../../../src/shim/load-shim.js";
import { writeShim } from "../../../src/shim/write-shim.js";
import { run, runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { sanitized } from "../../helpers/sanitized.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";
import { LAB, RUNTIME_INCLUDE, snapshotOf } from "../lab.js";

const missing = await missingTools("g++", "clang++");
const FIXTURE = fileURLToPath(new URL("../../fixtures/shim/inject", import.meta.url));
const FLAVORS = ["legacy", "latest"] as const;

async function labShim(root: string): Promise<string> {
  mkdirSync(root, { recursive: true });
  for (const name of FLAVORS) writeFileSync(join(root, `${name}.json`), snapshotText(await snapshotOf(join(LAB, name), "lab.h")));
  const file = (name: string) => ({ name, file: join(root, `${name}.json`), release: name });
  const request = { flavors: [file("legacy"), file("latest")] as const, surface: undefined, library: "lab", apps: [] };
  await writeShim(join(root, "shim"), await loadShim(request), request, false);
  return join(root, "shim");
}

function requestFor(folder: string, shim: string): InjectRequest {
  return {
    folder,
    component: "pages",
    library: [],
    flavors: [
      { name: "legacy", includes: [join(LAB, "legacy")] },
      { name: "latest", includes: [join(LAB, "latest")] },
    ],
    namespaces: [],
    names: [],
    publicHeaders: ["pages.h"],
    includes: [],
    exclude: [],
    shim,
    compilers: ["g++"],
    standard: "c++17",
    cStandard: "gnu11",
    flags: [],
  };
}

describe.skipIf(missing.length > 0)(`a component whose header leaks (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const root = temporaryFolder();
  let shim = "";

  beforeAll(async () => {
    shim = await labShim(root);
  }, 60_000);

  it("is called through the library's shim, in the shim's types, by either flavor", async () => {
    const out = join(root, "flavored");
    const result = await inject(requestFor(join(FIXTURE, "pages"), shim), out, false);
    expect(result.findings).toEqual([]);
    expect(result.headers).toEqual({ shown: [], left: [], inShim: ["pages.h"] });
    const objects: string[] = [];
    const flags = ["-std=c++17", "-Wall", "-Werror", ...sanitized("clang++")];
    const includes = [join(out, "include"), join(shim, "include"), RUNTIME_INCLUDE, FIXTURE].flatMap((dir) => ["-I", dir]);
    const compile = async (source: string, more: readonly string[] = []): Promise<void> => {
      const object = join(root, `${objects.length}.o`);
      objects.push(object);
      await runOk({ command: "clang++", args: [...flags, ...more, ...includes, "-c", source, "-o", object] });
    };
    for (const flavor of FLAVORS) {
      const library = ["-I", join(LAB, flavor)];
      const flavored = ["-include", join(out, "include/pages/flavored.h"), `-DPAGES_FLAVOR_${flavor.toUpperCase()}=1`];
      await compile(join(LAB, flavor, "lab.cc"), library);
      await compile(join(FIXTURE, "pages/pages.cc"), [...flavored, ...library]);
      await compile(join(shim, `src/lab_shim_${flavor}.cc`), library);
    }
    await compile(join(FIXTURE, "use-pages.cc"));
    await runOk({ command: "clang++", args: [...flags, ...objects, "-o", join(root, "use")] });
    for (const LAB_FLAVOR of FLAVORS) {
      const { code, stderr } = await run({ command: join(root, "use"), args: [], env: { LAB_FLAVOR } });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    }
  }, 300_000);

  it("names the header and the line of what the shim cannot take in, and writes nothing in a dry run", async () => {
    const folder = join(root, "more/pages");
    writeTree(folder, {
      "pages.h":
        '#ifndef P_\n#define P_\n#include "lab.h"\nnamespace app::pages {\nint Count(const lab::Book& book);\ntemplate <typename T>\nint Other(const lab::Book& book, T one);\n}\n#endif\n',
      "pages.cc": '#include "pages.h"\nint app::pages::Count(const lab::Book& book) { return book.size(); }\n',
    });
    const { findings } = await inject(requestFor(folder, shim), join(root, "more/out"), true);
    expect(findings.map(({ kind, path, line, text }) => `${kind} ${path}:${line} ${text}`)).toEqual([
      "leak pages.h:7 app::pages::Other is not in the shim: a function template: name the instances that are called, " +
        'instances: ["app::pages::Other<T>"] with arguments for T',
    ]);
  }, 60_000);

  it("refuses a folder that holds no shim of these flavors", async () => {
    const request = requestFor(join(FIXTURE, "pages"), temporaryFolder());
    await expect(inject(request, join(root, "none"), true)).rejects.toThrow("shim.json");
  }, 60_000);
});
