/** Which headers of a C API C++ has to read as C, though they do not say so. */
import { describe, expect, it } from "vitest";

import { takeSnapshot } from "../../../src/api/snapshot/take-snapshot.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { libraryIncludes } from "../../../src/shim/emit/library-includes.js";
import { headerFolder } from "../../helpers/snapshots.js";

const BEGIN = '#ifdef __cplusplus\nextern "C" {\n#endif\n';
const END = "#ifdef __cplusplus\n}\n#endif\n";

const HEADERS = {
  "lib/api.h": `#include "deep/said.h"\n#include "text.h"\n#include <lib/types.h>\n${BEGIN}#include "late.h"\nint api(void);\n${END}`,
  "lib/deep/said.h": `#include "../far.h"\n${BEGIN}int said(void);\n${END}`,
  "lib/far.h": "#pragma once\nint far_away(void);\n",
  "lib/text.h": "#pragma once\nchar *text_new(void);\n",
  "lib/types.h": "#pragma once\nstruct lib_type { int n; };\n",
  "lib/late.h": "int late(void);\n",
  "lib/plain.h": '#include "own.h"\nint plain(void);\n',
  "lib/own.h": "#pragma once\nint own(void);\n",
};

describe.skipIf((await findLibclang()) === undefined)("headers of C", () => {
  it('that others include before they say extern "C" are read as C before all others', async () => {
    const folder = headerFolder(HEADERS);
    const snapshot = await takeSnapshot({
      headers: ["lib/api.h", "lib/plain.h"],
      roots: [folder],
      includes: [folder],
      flags: [],
      language: "c",
      standard: "c11",
      compileCommands: undefined,
      keepGoing: false,
      engine: undefined,
    });
    expect(snapshot.plainC).toEqual(["lib/far.h", "lib/text.h", "lib/plain.h"]);
    const { headers, plainC = [] } = snapshot;
    const lines = libraryIncludes({ name: "legacy", release: "1", includes: headers, plainC, cppWords: [] });
    expect(lines.filter((line) => line.includes("lib/"))).toEqual([
      'extern "C" {\n#include "lib/far.h"\n}',
      'extern "C" {\n#include "lib/text.h"\n}',
      '#include "lib/api.h"',
      'extern "C" {\n#include "lib/plain.h"\n}',
    ]);
  });
});
