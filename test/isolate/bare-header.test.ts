/** Which files without an ending are read as headers. */
import { describe, expect, it } from "vitest";

import { isBareHeader, isBareName } from "../../src/isolate/bare-header.js";

describe("a file without an ending", () => {
  it.each(["Eigen/Core", "vector", "include/QtCore/QString", "Vc/IO"])("may be a header: %s", (path) =>
    expect(isBareName(path)).toBe(true),
  );

  it.each(["README", "README-win32", "sub/LICENSE", "Makefile", "GNUmakefile", "configure", "a.h", ".clang-format", "DEPS"])(
    "is none by its name: %s",
    (path) => expect(isBareName(path)).toBe(false),
  );

  it.each([
    "#pragma once\n",
    "/* licence */\n\n// more\n#ifndef X\n#define X\n",
    "// -*- C++ -*-\n",
    '#include "a.h"\n',
    "namespace lib {}\n",
    "template <class T> struct A;\n",
  ])("is one that begins so: %j", (text) => expect(isBareHeader(Buffer.from(text))).toBe(true));

  it.each(["", "#!/bin/sh\n#define x\n", "# include what you use\n", "lib::a\nnamespace lib {}\n", "#define\n", "/* only a comment"])(
    "is none that begins so: %j",
    (text) => expect(isBareHeader(Buffer.from(text))).toBe(false),
  );
});
