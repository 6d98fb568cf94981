/** That what the parts of a tree say together does not depend on which part has which file. */
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { createLocalPart } from "../../src/isolate/engine/part-local.js";
import type { Part } from "../../src/isolate/engine/part-model.js";
import { surveyParts } from "../../src/isolate/engine/survey-parts.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const FILES = {
  "a.h": "#define REAL(x) lib_real_##x\n#define lib_hook REAL(hook)\ntypedef int hook_t(void);\nhook_t lib_hook;\n",
  "b.c": '#include "a.h"\nint lib_hook(void) { return 0; }\n',
};

function partOf(source: string, index: number, path: string): Part {
  const file = { index, path, code: true };
  return createLocalPart({ source, suffix: "_old", namespaces: [], names: [], files: [file] }, () => undefined);
}

describe("a function that its declaration does not show as one, with a longer name by a macro", () => {
  it("is of the kind that the first file says, whoever has read that", async () => {
    const root = temporaryFolder();
    const source = join(root, "tree");
    writeTree(source, FILES);
    const paths = Object.keys(FILES);
    const kinds = [];
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { surveys } = await surveyParts(
        order.map((index) => partOf(source, index, paths[index] as string)),
        paths,
      );
      kinds.push(surveys.flatMap(({ defined }) => defined.flatMap(({ kind, isLonger }) => (isLonger === true ? [kind] : []))));
    }
    expect(kinds).toEqual([["variable"], ["variable"]]);
  });
});
