/** Headers of both flavors in one unit: both include roots are given, each flavor's own code is called. */
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../../src/model/isolation.js";
import { runOk } from "../../../src/support/exec.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";

/** A release: headers that include each other over the root, beside and through `__has_include`. */
function release(number: number): Record<string, string> {
  return {
    "api/view.h": `#ifndef VIEW_H_\n#define VIEW_H_\n#include "api/size.h"\n#if __has_include("api/extra.h")\n#include <api/extra.h>\n#endif\nnamespace lib { inline int view() { return size() + EXTRA; } }\n#endif\n`,
    "api/size.h": `#ifndef SIZE_H_\n#define SIZE_H_\n#include "values.inc"\nnamespace lib { inline int size() { return value; } }\n#endif\n`,
    "api/values.inc": `namespace lib { inline const int value = ${number}; }\n`,
    "api/extra.h": `#ifndef EXTRA_H_\n#define EXTRA_H_\n#define EXTRA ${number * 10}\n#endif\n`,
  };
}

const UNIT = `#include "api/view_legacy.h"
#include "api/view_latest.h"
int main() { return lib_legacy::view() == 11 && lib_latest::view() == 22 && EXTRA_legacy != EXTRA_latest ? 0 : 1; }
`;

describe.each(["g++", "clang++"])("one unit with both flavors' headers by %s", async (compiler) => {
  const missing = await missingTools(compiler);

  it.skipIf(missing.length > 0)(`reads and runs both${missing.length > 0 ? ` (needs ${missing.join(", ")})` : ""}`, async () => {
    const root = temporaryFolder();
    const plan = isolationPlanSchema.parse({ namespaces: ["lib"], guards: "rename", macros: "rename", paths: "rename" });
    for (const [flavor, number] of [
      ["legacy", 1],
      ["latest", 2],
    ] as const) {
      writeTree(join(root, `${flavor}.in`), release(number));
      const result = await isolateTree({ flavor, release: "R", source: join(root, `${flavor}.in`), target: join(root, flavor), plan });
      expect(result.undecided).toEqual([]);
    }
    const flags = ["-std=c++17", "-Wall", "-Werror", "-I", join(root, "legacy"), "-I", join(root, "latest")];
    const object = await compileObject({ folder: root, name: "unit.cc", source: UNIT, compiler, flags });
    await runOk({ command: compiler, args: [object, "-o", join(root, "unit")] });
    await runOk({ command: join(root, "unit"), args: [] });
  });
});
