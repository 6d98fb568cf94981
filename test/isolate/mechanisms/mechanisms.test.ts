/** Holds the recognition of a library's own mechanism, by general rules, on small texts in the manner of real libraries. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { listTree } from "../../../src/isolate/engine/tree-files.js";
import { readTree } from "../../../src/isolate/inventory/read-tree.js";
import { findMechanisms } from "../../../src/isolate/mechanisms/find-mechanisms.js";
import type { Mechanism } from "../../../src/model/isolation-scan.js";
import { temporaryFolder } from "../../helpers/temp.js";

function found(files: Readonly<Record<string, string>>): Mechanism[] {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const paths = listTree(root).files.map(({ path }) => path);
  return findMechanisms(readTree(root, paths), paths, root);
}

const renames = (prefix: string, count = 6): string =>
  Array.from({ length: count }, (_, index) => `#  define call${index} ${prefix}call${index}\n`).join("");

describe("a mechanism of the library's own", () => {
  it("is an inline namespace whose name an options file sets", () => {
    const [mechanism] = found({
      "lib/base/options.h": "#define LIB_USE_INLINE 0\n#define LIB_INLINE_NAME head\n",
      "lib/base/config.h": "#define LIB_NAMESPACE_BEGIN inline namespace LIB_INLINE_NAME {\n#define LIB_NAMESPACE_END }\n",
    });
    expect(mechanism).toMatchObject({ kind: "inline namespace", option: "LIB_INLINE_NAME", value: "head", library: "lib" });
    expect(mechanism?.evidence.map(({ file, line }) => `${file}:${line}`)).toEqual(["lib/base/options.h:2", "lib/base/config.h:1"]);
  });

  it("is abseil's, with what it does not cover", () => {
    const [mechanism] = found({
      "absl/base/options.h": "#define ABSL_OPTION_USE_INLINE_NAMESPACE 0\n#define ABSL_OPTION_INLINE_NAMESPACE_NAME head\n",
      "absl/base/config.h": "#define ABSL_NAMESPACE_BEGIN inline namespace ABSL_OPTION_INLINE_NAMESPACE_NAME {\n",
    });
    expect(mechanism?.library).toBe("abseil");
    expect(mechanism?.step).toContain("ABSL_OPTION_USE_INLINE_NAMESPACE 1");
    expect(mechanism?.leaves).toContain("FLAGS_");
  });

  it("is a macro that opens the namespace and that a build may set", () => {
    const text =
      "#ifndef FMT_BEGIN_NAMESPACE\n#  define FMT_BEGIN_NAMESPACE \\\n    namespace fmt { \\\n    inline namespace v9 {\n#  define FMT_END_NAMESPACE }}\n#endif\n";
    expect(found({ "fmt/core.h": text })).toMatchObject([
      { library: "fmt", kind: "inline namespace", option: "FMT_BEGIN_NAMESPACE", evidence: [{ line: 2 }] },
    ]);
  });

  it("is a macro that names the outermost namespace", () => {
    const text =
      "#ifndef RAPIDJSON_NAMESPACE\n#define RAPIDJSON_NAMESPACE rapidjson\n#endif\nnamespace RAPIDJSON_NAMESPACE { class A {}; }\n";
    expect(found({ "r.h": text })).toMatchObject([{ kind: "namespace macro", option: "RAPIDJSON_NAMESPACE", value: "rapidjson" }]);
  });

  it("is a block of definitions under a prefix macro", () => {
    const [mechanism] = found({
      "zconf.h": `#ifndef ZCONF_H\n#define ZCONF_H\n#ifdef Z_PREFIX\n#  define Z_PREFIX_SET\n${renames("z_")}#endif\n#endif\n`,
    });
    expect(mechanism).toMatchObject({
      library: "zlib",
      kind: "prefix macro",
      option: "Z_PREFIX",
      step: "compile library and users with -DZ_PREFIX",
    });
    expect(mechanism?.evidence[0]).toEqual({ file: "zconf.h", line: 3, text: "#ifdef Z_PREFIX" });
  });

  it("is a block whose definitions paste the macro's own value", () => {
    const block = Array.from({ length: 6 }, (_, index) => `#  define XQ${index}go XQ_NAME2(XQ_NAMESPACE, XQ${index}go)\n`).join("");
    const [mechanism] = found({ "xq.h": `#ifdef XQ_NAMESPACE\n#  define XQ_NAME2(A, B) A##B\n${block}#endif\n` });
    expect(mechanism).toMatchObject({
      kind: "prefix macro",
      option: "XQ_NAMESPACE",
      step: "compile library and users with -DXQ_NAMESPACE={flavor}_",
    });
  });

  it("is a header that renames everything", () => {
    expect(found({ "lib_mangle.h": renames("vendor_", 30) })).toMatchObject([{ kind: "renaming header", option: "lib_mangle.h" }]);
  });

  it("is a generated header of prefixes that a macro asks for", () => {
    const text = "#if defined(BORINGSSL_PREFIX)\n#include <boringssl_prefix_symbols.h>\n#endif\nint f(void);\n";
    expect(found({ "base.h": text })).toMatchObject([
      { library: "BoringSSL", option: "BORINGSSL_PREFIX", evidence: [{ line: 1 }, { line: 2 }] },
    ]);
  });

  it("is a macro that puts a prefix before class names", () => {
    const text =
      "#ifndef RTC_OBJC_TYPE_PREFIX\n#define RTC_OBJC_TYPE_PREFIX\n#endif\n#define RTC_OBJC_TYPE(n) JOIN(RTC_OBJC_TYPE_PREFIX, n)\n@class RTC_OBJC_TYPE(A);\n@class RTC_OBJC_TYPE(B);\n@class RTC_OBJC_TYPE(C);\n";
    expect(found({ "m.h": text })).toMatchObject([{ kind: "class prefix macro", option: "RTC_OBJC_TYPE_PREFIX" }]);
  });

  it("is an option of the build: jemalloc's prefix, FFmpeg's suffix, which renames files only", () => {
    const [jemalloc] = found({
      "a.c": "int f;\n",
      "configure.ac": "AC_ARG_WITH([jemalloc_prefix],\n  [x])\nAC_ARG_WITH([private_namespace],\n",
    });
    expect(jemalloc).toMatchObject({
      library: "jemalloc",
      option: "--with-jemalloc-prefix",
      evidence: [{ file: "configure.ac", line: 1 }],
    });
    const [ffmpeg] = found({
      "a.c": "int f;\n",
      configure: "#! /bin/sh\n  --build-suffix=SUFFIX    library name suffix []\n  --prefix=PREFIX  install in PREFIX\n",
    });
    expect(ffmpeg).toMatchObject({ library: "FFmpeg", option: "--build-suffix" });
    expect(ffmpeg?.leaves).toContain("every symbol");
  });

  it.each([
    [
      "a word that is compared",
      "enum { NAL_PREFIX = 14 };\n#define IS_NEW(t) ((t) == NAL_PREFIX || (t) == 20)\nint a = IS_NEW(1) + IS_NEW(2) + IS_NEW(3);\n",
    ],
    [
      "a macro with parameters",
      "#define HAS_PREFIX(s, p) starts(s, p)\n#define IS_WEB(u) HAS_PREFIX(u, web)\nint a = IS_WEB(b) + IS_WEB(c) + IS_WEB(d);\n",
    ],
    [
      "text before a text",
      '#ifndef LOW_PREFIX\n#define LOW_PREFIX "_"\n#endif\n#define LOW(a) LOW_PREFIX SPELL(a)\nLOW(a) LOW(b) LOW(c)\n',
    ],
    [
      "a prefix that the source itself sets anew",
      "#define KIND_PREFIX s\n#define NAME(x) JOIN(KIND_PREFIX, x)\nNAME(a) NAME(b) NAME(c)\n#undef KIND_PREFIX\n",
    ],
  ])("is not %s", (_what, text) => {
    expect(found({ "a.h": text })).toEqual([]);
  });

  it("is not an argument of a tool in CMake's files", () => {
    expect(
      found({ "a.c": "int f;\n", "CMakeLists.txt": "add_custom_command(COMMAND scan\n  --namespace=Lib\n  --symbol-prefix lib_g\n)\n" }),
    ).toEqual([]);
  });

  it("is not a large-file alias, an include guard, a lone prefix or an ordinary namespace", () => {
    const aliases = Array.from({ length: 8 }, (_, index) => `#define call${index} call${index}64\n`).join("");
    expect(
      found({
        "a.h": `#ifndef A_NAMESPACE_H\n#define A_NAMESPACE_H\n${aliases}#define INSTALL_PREFIX "/usr"\nnamespace lib { class A {}; }\n#endif\n`,
      }),
    ).toEqual([]);
  });
});
