import { describe, expect, it } from "vitest";

import { diffApi } from "../../../src/api/diff/diff-api.js";
import type { ApiDiff, ApiDiffItem } from "../../../src/model/api-diff.js";
import { apiDiffSchema } from "../../../src/model/api-diff.js";
import { apiNameMapSchema } from "../../../src/model/api-name-map.js";
import type { ApiDeclaration, ApiMacro, ApiMethod, ApiType } from "../../../src/model/api-snapshot.js";
import {
  aClass,
  aFunction,
  alias,
  aMacro,
  anEnum,
  aTypedef,
  aVariable,
  builtin,
  constant,
  constructor,
  field,
  FLOAT,
  INT,
  method,
  named,
  parameter,
  pointer,
  reference,
  SIZE,
  snapshot,
  VOID,
} from "./builders.js";

interface Macros {
  readonly legacy?: ApiMacro[];
  readonly latest?: ApiMacro[];
}

function compare(legacy: readonly ApiDeclaration[], latest: readonly ApiDeclaration[], map: object = {}, macros: Macros = {}): ApiDiff {
  return diffApi(
    { file: "old.json", snapshot: snapshot(legacy, { macros: macros.legacy ?? [] }) },
    { file: "new.json", snapshot: snapshot(latest, { macros: macros.latest ?? [] }) },
    apiNameMapSchema.parse(map),
    { legacy: "legacy", latest: "latest" },
  );
}

function find(diff: ApiDiff, name: string): ApiDiffItem {
  const found = diff.items.find((item) => item.name === name);
  if (found === undefined) throw new Error(`no ${name} among ${diff.items.map((item) => item.name).join(", ")}`);
  return found;
}

/** Of two classes that differ by one method each. */
function methodItem(legacy: ApiMethod | null, latest: ApiMethod | null): ApiDiffItem {
  const diff = compare(
    [aClass("Meter", { methods: legacy === null ? [] : [legacy] })],
    [aClass("Meter", { methods: latest === null ? [] : [latest] })],
  );
  const found = diff.items.find(({ kind }) => kind !== "class");
  if (found === undefined) throw new Error("no member");
  return found;
}

function ofParameter(legacy: ApiType, latest: ApiType): ApiDiffItem {
  const [old, one] = [legacy, latest].map((type) => aFunction("put", VOID, [parameter("value", type)]));
  const [item] = compare([old as ApiDeclaration], [one as ApiDeclaration]).items;
  if (item === undefined) throw new Error("no item");
  return item;
}

function short({ status, reasons, work }: ApiDiffItem): string {
  return `${status} [${reasons.map(({ code, change }) => (change === null ? code : `${code}/${change}`)).join(", ")}] ${work.by} ${work.units}`;
}

function isolated(flavor: string) {
  return aClass(`audio_${flavor}::Meter`, { methods: [method("Read", named(`audio_${flavor}::Level`), [], { const: true })] });
}

function dependent(text: string): ApiType {
  return { kind: "other", text };
}

function typeParameter(name: string) {
  return { kind: "type" as const, name, pack: false, default: null, text: `typename ${name}` };
}

function box(outer: string, inner: string) {
  return aClass("Box", {
    templateParameters: [typeParameter(outer)],
    methods: [
      method("put", dependent(`${outer}::size`), [parameter("a", dependent(inner)), parameter("b", dependent(outer))], {
        templateParameters: [typeParameter(inner)],
      }),
    ],
  });
}

type Parameters = readonly ReturnType<typeof parameter>[];

function ofParameters(legacy: Parameters, latest: Parameters): string {
  return short(find(compare([aFunction("put", VOID, legacy)], [aFunction("put", VOID, latest)]), "put"));
}

describe("the status of an item", () => {
  it("is the same for a declaration of an isolated tree that differs by the flavor's suffix alone", () => {
    expect(compare([isolated("legacy")], [isolated("latest")]).items.map(short)).toEqual(["same [] none 0", "same [] none 0"]);
  });

  it("is renamed where only the name changed, and says from what to what", () => {
    const item = find(compare([aClass("rtc::Meter")], [aClass("audio::Meter")], { namespaces: { rtc: "audio" } }), "audio::Meter");
    expect(short(item)).toBe("renamed [renamed] none 0");
    expect(item.reasons[0]?.text).toBe("`rtc::Meter` is `audio::Meter` now");
  });

  it("is renamed where the header moved, but not where the map says so", () => {
    const old = aClass("Meter", { place: { file: "modules/meter.h", line: 3 } });
    const one = aClass("Meter", { place: { file: "api/meter.h", line: 5 } });
    expect(short(find(compare([old], [one]), "Meter"))).toBe("renamed [header-moved] none 0");
    expect(short(find(compare([old], [one], { headers: { "modules/meter.h": "api/meter.h" } }), "Meter"))).toBe("same [] none 0");
  });

  it("of a class sums up its members, whose work it does not count again", () => {
    const diff = compare(
      [aClass("Meter", { methods: [method("Read", INT), method("Gone", VOID)] })],
      [aClass("Meter", { methods: [method("Read", INT)] })],
    );
    expect(diff.items.map((item) => `${item.name} ${short(item)}`)).toEqual([
      "Meter adapter [members-need-adapter] none 0",
      "Meter::Read same [] none 0",
      "Meter::Gone only-legacy [removed] by hand 1",
    ]);
    expect(diff.summary.work).toEqual({ none: 2, generated: { items: 0, units: 0 }, byHand: { items: 1, units: 1 } });
  });

  it("shows both declarations as one line of C++ with their places", () => {
    const old = method("Read", INT, [parameter("n", INT)], { place: { file: "meter.h", line: 12 } });
    const one = method("Read", INT, [parameter("n", SIZE, "4")], {
      place: { file: "meter.h", line: 14 },
      const: true,
      virtual: true,
      pure: true,
    });
    expect(methodItem(old, one)).toMatchObject({
      legacy: { name: "Meter::Read", text: "int Read(int n)", file: "meter.h", line: 12 },
      latest: { name: "Meter::Read", text: "virtual int Read(size_t n = 4) const = 0", file: "meter.h", line: 14 },
    });
  });
});

describe("a parameter's type", () => {
  it.each<[string, ApiType, ApiType, string]>([
    ["int → size_t", INT, SIZE, "convertible [parameter-type/widening] generated 1"],
    ["long → int", builtin("long"), INT, "convertible [parameter-type/narrowing] generated 1"],
    ["int → unsigned int", INT, builtin("unsigned int"), "convertible [parameter-type/signedness] generated 1"],
    ["unsigned int → uint32_t", builtin("unsigned int"), builtin("uint32_t"), "convertible [parameter-type/equivalent] generated 1"],
    ["int → float", INT, FLOAT, "convertible [parameter-type/floating] generated 1"],
    [
      "absl::optional → std::optional",
      named("absl::optional", INT),
      named("std::optional", INT),
      "convertible [parameter-type/equivalent] generated 1",
    ],
    [
      "absl::string_view → std::string_view",
      named("absl::string_view"),
      named("std::string_view"),
      "convertible [parameter-type/equivalent] generated 1",
    ],
    [
      "rtc::scoped_refptr → webrtc::scoped_refptr",
      named("rtc::scoped_refptr", named("webrtc::A")),
      named("webrtc::scoped_refptr", named("webrtc::A")),
      "convertible [parameter-type/equivalent] generated 1",
    ],
    [
      "const std::string& → std::string_view",
      reference(constant(named("std::string"))),
      named("std::string_view"),
      "convertible [parameter-type/text] generated 1",
    ],
    ["T → std::optional<T>", INT, named("std::optional", INT), "adapter [parameter-type/optional-added] generated 1"],
    ["T* → std::unique_ptr<T>", pointer(named("A")), named("std::unique_ptr", named("A")), "adapter [parameter-type/ownership] by hand 1"],
    [
      "unique_ptr → shared_ptr",
      named("std::unique_ptr", named("A")),
      named("std::shared_ptr", named("A")),
      "adapter [parameter-type/ownership] by hand 1",
    ],
    [
      "char* → const char*",
      pointer(builtin("char")),
      pointer(constant(builtin("char"))),
      "convertible [parameter-type/const-added] none 0",
    ],
    ["const A& → A&", reference(constant(named("A"))), reference(named("A")), "adapter [parameter-type/const-removed] by hand 1"],
    ["A → const A&", named("A"), reference(constant(named("A"))), "convertible [parameter-type/passing] generated 1"],
    ["A* → A&", pointer(named("A")), reference(named("A")), "adapter [parameter-type/pointer-reference] generated 1"],
    [
      "const std::vector<int>& → std::span<const int>",
      reference(constant(named("std::vector", INT))),
      named("std::span", constant(INT)),
      "convertible [parameter-type/sequence] generated 1",
    ],
    ["float* → std::span<float>", pointer(FLOAT), named("std::span", FLOAT), "convertible [parameter-type/sequence] generated 1"],
    ["a::Level → b::Level", named("a::Level"), named("b::Level"), "adapter [parameter-type/scope] by hand 1"],
    ["A → B", named("A"), named("B"), "adapter [parameter-type/other] by hand 1"],
    [
      "vector<int> → vector<long>",
      named("std::vector", INT),
      named("std::vector", builtin("long")),
      "convertible [parameter-type/elements] generated 1",
    ],
  ])("%s", (_name, legacy, latest, expected) => {
    expect(short(ofParameter(legacy, latest))).toBe(expected);
  });

  it("says which parameter it is of, and both types", () => {
    expect(ofParameter(INT, SIZE).reasons[0]?.text).toBe("type of parameter 1 (value): `int` → `size_t`: widening");
  });

  it("that is const for the callee alone is the same", () => {
    expect(short(ofParameter(INT, constant(INT)))).toBe("same [] none 0");
  });

  it("is compared through typedefs: a name of equal meaning is the same, a name that means something else now is not", () => {
    expect(short(ofParameter(alias("sample", INT), INT))).toBe("same [] none 0");
    expect(short(ofParameter(alias("sample", INT), alias("sample", SIZE)))).toBe("convertible [parameter-type/widening] generated 1");
  });

  it("tells a number from an enumeration", () => {
    const level = anEnum("Level", { kLow: 0 });
    const diff = compare(
      [level, aFunction("put", VOID, [parameter("level", INT)])],
      [level, aFunction("put", VOID, [parameter("level", named("Level"))])],
    );
    expect(short(find(diff, "put"))).toBe("convertible [parameter-type/enum-integer] generated 1");
  });
});

describe("the parameters of a function", () => {
  it("may be added, with a default or without", () => {
    expect(ofParameters([parameter("a", INT)], [parameter("a", INT), parameter("b", INT, "1")])).toBe(
      "convertible [parameter-added-with-default] generated 1",
    );
    expect(ofParameters([parameter("a", INT)], [parameter("env", reference(named("Env"))), parameter("a", INT)])).toBe(
      "adapter [parameter-added] by hand 1",
    );
  });

  it("may be gone", () => {
    expect(ofParameters([parameter("a", INT), parameter("b", FLOAT)], [parameter("b", FLOAT)])).toBe(
      "adapter [parameter-removed] by hand 1",
    );
  });

  it("may have another default, compared without white space and under the map", () => {
    expect(ofParameters([parameter("a", INT, "1")], [parameter("a", INT, "2")])).toBe("convertible [default-argument] generated 1");
    expect(ofParameters([parameter("a", INT, "f( 1,2 )")], [parameter("a", INT, "f(1, 2)")])).toBe("same [] none 0");
    const map = { namespaces: { rtc: "audio" } };
    const diff = compare(
      [aFunction("put", VOID, [parameter("a", INT, "rtc::kMost")])],
      [aFunction("put", VOID, [parameter("a", INT, "audio::kMost")])],
      map,
    );
    expect(short(find(diff, "put"))).toBe("same [] none 0");
  });

  it("may stand in another order", () => {
    expect(ofParameters([parameter("a", INT), parameter("b", FLOAT)], [parameter("b", FLOAT), parameter("a", INT)])).toBe(
      "convertible [parameters-reordered] generated 1",
    );
  });
});

describe("a method", () => {
  const read = method("Read", INT);

  it.each<[string, Partial<ApiMethod>, string]>([
    ["became const", { const: true }, "convertible [const-added] none 0"],
    ["became noexcept", { noexcept: true }, "convertible [noexcept-added] none 0"],
    ["became pure", { pure: true, virtual: true }, "adapter [virtual-added, pure-added] by hand 1"],
    ["became static", { static: true }, "convertible [static-added] generated 1"],
    ["became protected", { access: "protected" }, "adapter [access-narrowed] by hand 1"],
    ["became deprecated", { attributes: ["deprecated"] }, "same [attributes] none 0"],
    ["returns an optional", { result: named("std::optional", INT) }, "adapter [return-type/optional-added] generated 1"],
  ])("that %s", (_name, change, expected) => {
    expect(short(methodItem(read, { ...read, ...change }))).toBe(expected);
  });

  it("that is no longer static needs an object: by hand", () => {
    expect(short(methodItem({ ...read, static: true }, read))).toBe("adapter [static-removed] by hand 1");
  });

  it("that moved into a base is inherited, which costs nothing", () => {
    const base = aClass("Source", { methods: [read] });
    const bases = [{ type: named("Source"), access: "public" as const, virtual: false }];
    const diff = compare([base, aClass("Meter", { bases, methods: [read] })], [base, aClass("Meter", { bases })]);
    expect(short(find(diff, "Meter::Read"))).toBe("convertible [inherited] none 0");
    expect(find(diff, "Meter::Read").reasons[0]?.text).toBe("the newer release inherits it from `Source`");
  });

  it("that is private is nobody's API, unless it is virtual", () => {
    expect(() => methodItem({ ...read, access: "private" }, null)).toThrow("no member");
    expect(short(methodItem({ ...read, access: "private", virtual: true }, null))).toBe("only-legacy [removed] by hand 1");
  });

  it("has neither order nor place in a table of virtual functions: their order is the compiler's affair", () => {
    const [a, b] = [method("A", INT, [], { virtual: true }), method("B", INT, [], { virtual: true })];
    const diff = compare([aClass("Meter", { methods: [a, b] })], [aClass("Meter", { methods: [b, a] })]);
    expect(diff.items.map(({ status }) => status)).toEqual(["same", "same", "same"]);
  });
});

describe("a template", () => {
  it("is the same whatever its parameters are called, its members' too", () => {
    expect(compare([box("T", "U")], [box("Value", "Other")]).items.map(short)).toEqual(["same [] none 0", "same [] none 0"]);
    expect(compare([box("T", "U")], [box("U", "T")]).items.map(short)).toEqual(["same [] none 0", "same [] none 0"]);
  });

  it("says what a typedef of an unchanged name stands for", () => {
    expect(ofParameter(alias("It", pointer(INT)), alias("It", named("Iterator"))).reasons[0]?.text).toBe(
      "type of parameter 1 (value): `It`, which stood for `int*` and stands for `Iterator`: another type",
    );
  });
});

describe("a constructor", () => {
  it("whose place a function took is an adapter, and the function is named with its place", () => {
    const make = method("Create", named("std::unique_ptr", named("Meter")), [parameter("n", INT)], {
      static: true,
      place: { file: "meter.h", line: 30 },
    });
    const diff = compare(
      [aClass("Meter", { methods: [constructor("Meter", [parameter("n", INT)])] })],
      [aClass("Meter", { methods: [make], abstract: false })],
    );
    expect(short(find(diff, "Meter::Meter"))).toBe("adapter [factory] generated 1");
    expect(find(diff, "Meter::Meter").reasons[0]?.text).toBe("the newer release makes objects by `Meter::Create` (meter.h:30)");
  });

  it("that the other release leaves to the compiler costs nothing", () => {
    const diff = compare([aClass("Meter", { methods: [constructor("Meter")] })], [aClass("Meter")]);
    expect(short(find(diff, "Meter::Meter"))).toBe("convertible [implicit] none 0");
  });
});

describe("fields, bases and enumerators", () => {
  it("tell of types, initializers and places", () => {
    const diff = compare(
      [aClass("Config", { fields: [field("rate", INT, { initializer: "48000", offset: 0 }), field("gain", FLOAT, { offset: 32 })] })],
      [aClass("Config", { fields: [field("gain", FLOAT, { offset: 0 }), field("rate", INT, { initializer: "{ 16000 }", offset: 32 })] })],
    );
    expect(short(find(diff, "Config::rate"))).toBe("convertible [initializer, layout] generated 2");
    expect(short(find(diff, "Config::gain"))).toBe("convertible [layout] generated 1");
    expect(find(diff, "Config::rate").reasons.map(({ text }) => text)).toEqual([
      "starts as `{ 16000 }`, before as `48000`",
      "offset: byte 0 → byte 4",
    ]);
  });

  it("that only one side has are left out for the other, and the class is only convertible", () => {
    const diff = compare([aClass("Config", { fields: [field("gone", INT, { initializer: "3" })] })], [aClass("Config")]);
    expect(short(find(diff, "Config::gone"))).toBe("only-legacy [removed] generated 1");
    expect(find(diff, "Config::gone").work.text).toBe("left out for latest, read back as `3`");
    expect(find(diff, "Config").status).toBe("convertible");
  });

  it("tell of a base that went", () => {
    const base = { type: named("Source"), access: "public" as const, virtual: false };
    const diff = compare([aClass("Meter", { bases: [base] })], [aClass("Meter")]);
    expect(short(find(diff, "Meter : Source"))).toBe("only-legacy [removed] by hand 1");
  });

  it("convert enumerators by name where a value changed", () => {
    const diff = compare([anEnum("Mode", { kLow: 0, kHigh: 1 })], [anEnum("Mode", { kLow: 0, kMid: 1, kHigh: 2 })]);
    expect(diff.items.map((item) => `${item.name}: ${short(item)}`)).toEqual([
      "Mode: convertible [members-differ] none 0",
      "Mode::kLow: same [] none 0",
      "Mode::kMid: only-latest [added] generated 1",
      "Mode::kHigh: convertible [value] generated 1",
    ]);
  });
});

describe("typedefs, variables and macros", () => {
  it("are compared by what they stand for", () => {
    expect(short(find(compare([aTypedef("Rate", INT)], [aTypedef("Rate", SIZE)]), "Rate"))).toBe(
      "convertible [typedef-target/widening] generated 1",
    );
    expect(short(find(compare([aVariable("kMost", INT, "3")], [aVariable("kMost", INT, "4")]), "kMost"))).toBe(
      "convertible [constant] generated 1",
    );
  });

  it("see a constant in a macro, and differing texts where there is no value", () => {
    const most = [aMacro("MOST", "3", { value: "3", valueType: "int" })];
    expect(short(find(compare([], [aVariable("MOST", INT, "4")], {}, { legacy: most }), "MOST"))).toBe(
      "convertible [macro-to-constant, constant] generated 2",
    );
    const macros = { legacy: [aMacro("PUT", "put(x)", { parameters: ["x"] })], latest: [aMacro("PUT", "put( y )", { parameters: ["y"] })] };
    expect(short(find(compare([], [], {}, macros), "PUT"))).toBe("same [] none 0");
    const longer = { ...macros, latest: [aMacro("PUT", "put(x, 1)", { parameters: ["x"] })] };
    expect(short(find(compare([], [], {}, longer), "PUT"))).toBe("adapter [macro-body] by hand 1");
  });
});

describe("suggestions for the map", () => {
  it("find a namespace that another took in, with a ready line", () => {
    const names = ["Buffer", "Thread", "Clock"];
    const diff = compare(
      names.map((name) => aClass(`rtc::${name}`)),
      names.map((name) => aClass(`audio::${name}`)),
    );
    expect(diff.suggestions).toEqual([
      {
        kind: "namespace",
        from: "rtc",
        to: "audio",
        score: 1,
        evidence: ["3 of its 3 names that the newer release lacks are in audio: Buffer, Thread, Clock"],
        section: "namespaces",
        line: "rtc: audio",
      },
    ]);
  });

  it("find a class by its name and members, and never apply it", () => {
    const methods = [method("Create", VOID), method("SetConfig", VOID), method("SetEcho", VOID)];
    const diff = compare([aClass("audio::MeterBuilder", { methods })], [aClass("audio::BuiltinMeterBuilder", { methods })]);
    expect(diff.suggestions.map(({ line, section }) => `${section} ${line}`)).toEqual([
      "names audio::MeterBuilder: audio::BuiltinMeterBuilder",
    ]);
    expect(diff.items.map(({ status }) => status)).toEqual(["only-latest", "only-legacy"]);
  });

  it("find a method within its class, and make no pair of names that only share a type", () => {
    const diff = compare(
      [aClass("Meter", { methods: [method("first_level", INT), method("Gone", INT)] })],
      [aClass("Meter", { methods: [method("FirstLevel", INT), method("Peaks", INT)] })],
    );
    expect(diff.suggestions.map(({ line }) => line)).toEqual(["Meter::first_level: Meter::FirstLevel"]);
  });

  it("give the lines of moved headers", () => {
    const diff = compare(
      [aClass("Meter", { place: { file: "modules/meter.h", line: 1 } })],
      [aClass("Meter", { place: { file: "api/meter.h", line: 1 } })],
    );
    expect(diff.headers).toEqual([{ from: "modules/meter.h", to: "api/meter.h", declarations: 1 }]);
    expect(diff.suggestions.map(({ section, line }) => `${section} ${line}`)).toEqual(["headers modules/meter.h: api/meter.h"]);
  });
});

describe("the whole comparison", () => {
  it("fits its schema, and its counts add up", () => {
    const diff = compare([aClass("A"), anEnum("E", { a: 1 })], [aClass("B"), anEnum("E", { a: 2 })]);
    expect(apiDiffSchema.parse(diff)).toEqual(diff);
    const counted = Object.values(diff.summary.statuses).reduce((sum, size) => sum + size, 0);
    expect(counted).toBe(diff.items.length);
    const { none, generated, byHand } = diff.summary.work;
    expect(none + generated.items + byHand.items).toBe(diff.items.length);
  });
});
