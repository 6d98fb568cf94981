/** Holds snapshots of what libclang tells less well: declarations that macros write, texts that it prints as addresses, crashes. */
import { describe, expect, it } from "vitest";

import { takeSnapshot } from "../../../src/api/snapshot/take-snapshot.js";
import { typeText } from "../../../src/api/type-text.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { declarationOf, headerFolder, methodOf, snapshotOf } from "../../helpers/snapshots.js";

const libclang = await findLibclang();

describe.skipIf(libclang === undefined)("hard headers (libclang)", () => {
  it("reads declarations that a macro writes as the compiler sees them", async () => {
    const snapshot = await snapshotOf(
      [
        "#define MAKE_OP(name, sign) struct name { template <typename T = int> static constexpr bool Is(T a, T b = 1 + 1) { return a sign b; } };",
        "#define MAKE_FIELD(type, name) type name = type(3)",
        "MAKE_OP(Less, <)",
        "struct Holder { MAKE_FIELD(int, kept); };",
        "",
      ].join("\n"),
    );
    const less = methodOf(declarationOf(snapshot, "class", "Less"), "Is");
    expect(less).toMatchObject({ constexpr: true, static: true });
    expect(less.templateParameters?.map(({ name, default: value }) => [name, value])).toEqual([["T", "int"]]);
    expect(less.parameters.map(({ name, default: value }) => [name, value])).toEqual([
      ["a", null],
      ["b", "1 + 1"],
    ]);
    expect(declarationOf(snapshot, "class", "Holder").fields.map(({ name, type }) => [name, typeText(type)])).toEqual([["kept", "int"]]);
  });

  it("has no address in a thread annotation", async () => {
    const snapshot = await snapshotOf(
      "struct __attribute__((lockable)) Mutex {};\nstruct A { Mutex mutex_; int a __attribute__((guarded_by(mutex_))) = 0; };\n",
    );
    const [, field] = declarationOf(snapshot, "class", "A").fields;
    expect(field?.attributes).toEqual([expect.stringMatching(/^guarded_by\((this->)?mutex_\)$/)]);
  });

  it("keeps a class's members in a union without a name as open as the union", async () => {
    const snapshot = await snapshotOf("class A { union { int a; float b; }; public: int c; };\n");
    expect(declarationOf(snapshot, "class", "A").fields.map(({ name, access }) => [name, access])).toEqual([
      ["a", "private"],
      ["b", "private"],
      ["c", "public"],
    ]);
  });

  it("takes a macro for gone that another header takes back", async () => {
    const folder = headerFolder({ "a.h": "#define INNER 1\n#define KEPT 2\n", "b.h": '#include "a.h"\n#undef INNER\n' });
    const snapshot = await takeSnapshot({ headers: ["b.h"], roots: [folder], includes: [], flags: [], keepGoing: false });
    expect(snapshot.macros.map(({ name }) => name)).toEqual(["KEPT"]);
  });

  it("names the header that libclang cannot take", async () => {
    const depth = 60_000;
    const folder = headerFolder({
      "fine.h": "int fine();\n",
      "deep.h": `constexpr int deep = ${"(".repeat(depth)}1${")".repeat(depth)};\n`,
      "other.h": "int other();\n",
    });
    const flags = [`-fbracket-depth=${depth + 1}`];
    const error = await takeSnapshot({
      headers: ["fine.h", "deep.h", "other.h"],
      roots: [folder],
      includes: [],
      flags,
      keepGoing: false,
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "tool-failed", message: expect.stringMatching(/ as it read deep\.h$/) });
  });
});
