import { describe, expect, it } from "vitest";

import { type ApiPair, pairApi } from "../../../src/api/diff/pair.js";
import { apiNameMapSchema } from "../../../src/model/api-name-map.js";
import type { ApiDeclaration, ApiMacro, ApiType } from "../../../src/model/api-snapshot.js";
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

const FLAVORS = { legacy: "legacy", latest: "latest" };

function pairs(
  legacy: readonly ApiDeclaration[],
  latest: readonly ApiDeclaration[],
  map: object = {},
  macros: { legacy?: ApiMacro[]; latest?: ApiMacro[] } = {},
): ApiPair[] {
  return pairApi(
    snapshot(legacy, { macros: macros.legacy ?? [] }),
    snapshot(latest, { macros: macros.latest ?? [] }),
    apiNameMapSchema.parse(map),
    FLAVORS,
  );
}

function lines(found: readonly ApiPair[]): string[] {
  return found.map(({ name, legacy, latest }) => `${name}: ${nameOf(legacy)} | ${nameOf(latest)}`);
}

function nameOf(item: ApiPair["legacy"]): string {
  if (item === null) return "-";
  return item.kind === "macro" ? item.name : item.qualifiedName;
}

function signatures({ members }: ApiPair): string[] {
  return members.map(({ kind, name, legacy, latest }) => `${kind} ${name} ${legacy === null ? "-" : "+"}${latest === null ? "-" : "+"}`);
}

function boxOf(type: ApiType) {
  return aClass("Box", { specialization: [{ type }] });
}

function withConstructor(name: string) {
  return aClass(`audio::${name}`, {
    methods: [constructor(name, [parameter("n", INT)]), method(`~${name}`, VOID, [], { role: "destructor" })],
  });
}

describe("pairs of declarations", () => {
  it("take a flavor's suffix off either side", () => {
    expect(lines(pairs([aClass("audio_legacy::Meter")], [aClass("audio_latest::Meter")]))).toEqual([
      "audio::Meter: audio_legacy::Meter | audio_latest::Meter",
    ]);
  });

  it("follow namespaces that were merged, many to one", () => {
    const map = { namespaces: { rtc: "audio", cricket: "audio" } };
    expect(lines(pairs([aClass("rtc::A"), aClass("cricket::B")], [aClass("audio::A"), aClass("audio::B")], map))).toEqual([
      "audio::A: rtc::A | audio::A",
      "audio::B: cricket::B | audio::B",
    ]);
  });

  it("name both classes of one side that come to one name, with their places", () => {
    const old = [
      aClass("rtc::Buffer", { place: { file: "rtc/buffer.h", line: 4 } }),
      aClass("cricket::Buffer", { place: { file: "media/buffer.h", line: 7 } }),
    ];
    expect(() => pairs(old, [], { namespaces: { rtc: "audio", cricket: "audio" } })).toThrow(
      "two classes of legacy come to one name, audio::Buffer: rtc::Buffer (rtc/buffer.h:4) and cricket::Buffer (media/buffer.h:7)",
    );
  });

  it("name a class and an enumeration of one side that come to one name", () => {
    const old = [aClass("rtc::Buffer"), anEnum("cricket::Buffer", { kNone: 0 })];
    expect(() => pairs(old, [], { namespaces: { rtc: "audio", cricket: "audio" } })).toThrow(
      /^two types of legacy come to one name, audio::Buffer: rtc::Buffer .* and cricket::Buffer /,
    );
  });

  it("take the definition where a merged name is only declared in the other namespace", () => {
    const declared = aClass("cricket::Buffer", { defined: false });
    expect(lines(pairs([declared, aClass("rtc::Buffer")], [], { namespaces: { rtc: "audio", cricket: "audio" } }))).toEqual([
      "audio::Buffer: rtc::Buffer | -",
    ]);
  });

  it("leave out a typedef that stands for what has its common name", () => {
    const old = [aClass("audio::Buffer"), aTypedef("rtc::Buffer", named("audio::Buffer"))];
    expect(lines(pairs(old, [aClass("audio::Buffer")], { namespaces: { rtc: "audio" } }))).toHaveLength(1);
  });

  it("leave out what the map ignores, with what is nested in it", () => {
    const old = [aClass("audio::Meter"), aClass("audio::internal_x::A"), aClass("audio::Meter::Impl")];
    expect(lines(pairs(old, [], { ignore: ["audio::internal*", "audio::Meter::Impl"] }))).toEqual(["audio::Meter: audio::Meter | -"]);
  });

  it("find the same overload by its types under the map, whatever the order", () => {
    const old = [
      aFunction("rtc::put", VOID, [parameter("a", INT)]),
      aFunction("rtc::put", VOID, [parameter("a", pointer(named("rtc::A")))]),
    ];
    const one = [
      aFunction("audio::put", VOID, [parameter("b", pointer(named("audio::A")))]),
      aFunction("audio::put", VOID, [parameter("b", INT)]),
    ];
    const found = pairs(old, one, { namespaces: { rtc: "audio" } });
    expect(found.map(({ legacy, latest }) => [old.indexOf(legacy as never), one.indexOf(latest as never)])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it("see through typedefs when they look for the same overload", () => {
    const old = [
      aFunction("put", VOID, [parameter("a", alias("sample", builtin("short")))]),
      aFunction("put", VOID, [parameter("a", INT)]),
    ];
    const one = [aFunction("put", VOID, [parameter("a", builtin("short"))])];
    expect(pairs(old, one)[0]?.legacy).toBe(old[0]);
  });

  it("take the most alike overload where no types are equal", () => {
    const old = [
      aFunction("put", VOID, [parameter("a", INT)]),
      aFunction("put", VOID, [parameter("a", pointer(FLOAT)), parameter("n", INT), parameter("step", INT)]),
    ];
    const one = [aFunction("put", VOID, [parameter("a", pointer(FLOAT)), parameter("n", SIZE), parameter("step", INT)])];
    const [first, second] = pairs(old, one);
    expect(first?.legacy).toBe(old[1]);
    expect(second).toMatchObject({ latest: null });
  });

  it("leave overloads of other types apart: operators always, others where they are several", () => {
    const old = [aFunction("operator==", INT, [parameter("a", named("A"))]), aFunction("put", VOID, [parameter("a", named("A"))])];
    const one = [
      aFunction("operator==", INT, [parameter("b", named("B"))]),
      aFunction("put", VOID, [parameter("b", named("B"))]),
      aFunction("put", VOID, [parameter("c", named("C"))]),
    ];
    expect(
      pairs(old, one).map(({ name, legacy, latest }) => `${name} ${legacy === null ? "-" : "+"}${latest === null ? "-" : "+"}`),
    ).toEqual(["operator== -+", "put -+", "put -+", "operator== +-", "put +-"]);
  });

  it("take the only one left of its shape for the other's: an index that became unsigned, const and not", () => {
    const [old, one] = [INT, SIZE].map((type) =>
      aClass("List", {
        methods: [method("operator[]", INT, [parameter("i", type)]), method("operator[]", INT, [parameter("i", type)], { const: true })],
      }),
    );
    expect(signatures(pairs([old as ApiDeclaration], [one as ApiDeclaration])[0] as ApiPair)).toEqual([
      "method operator[] ++",
      "method operator[] ++",
    ]);
  });

  it("join a macro and the constant that took its place, and a class and its typedef", () => {
    const found = pairs(
      [aClass("audio::Span")],
      [aTypedef("audio::Span", named("std::span")), aVariable("MAX", INT, "3")],
      {},
      { legacy: [aMacro("MAX", "3")] },
    );
    expect(found.map(({ kind, legacy, latest }) => [kind, legacy?.kind, latest?.kind])).toEqual([
      ["typedef", "class", "typedef"],
      ["variable", "macro", "variable"],
    ]);
  });

  it("know enumerations without a name by what they hold", () => {
    const old = [anEnum("(enum at a.h:3)", { A: 1, B: 2 }, { name: "" }), anEnum("(enum at a.h:9)", { X: 1 }, { name: "" })];
    const one = [anEnum("(enum at a.h:30)", { X: 1 }, { name: "" }), anEnum("(enum at a.h:40)", { B: 2, C: 3 }, { name: "" })];
    const found = pairs(old, one);
    expect(found.map(({ legacy, latest }) => [old.indexOf(legacy as never), one.indexOf(latest as never)])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(signatures(found[1] as ApiPair)).toEqual(["enumerator B ++", "enumerator C -+", "enumerator A +-"]);
  });

  it("keep specialisations of a template apart", () => {
    expect(lines(pairs([aClass("Box"), boxOf(INT)], [boxOf(INT), boxOf(FLOAT)]))).toEqual([
      "Box<int>: Box | Box",
      "Box<float>: - | Box",
      "Box: Box | -",
    ]);
  });
});

describe("pairs of members", () => {
  it("are bases, fields and methods of both sides under the map", () => {
    const old = aClass("rtc::Meter", {
      bases: [{ type: named("rtc::Source"), access: "public", virtual: false }],
      fields: [field("gone", INT), field("level", INT)],
      methods: [method("Read", INT)],
    });
    const one = aClass("audio::Meter", {
      bases: [{ type: named("audio::Source"), access: "public", virtual: false }],
      fields: [field("level", INT), field("peak", INT)],
      methods: [method("Reset", VOID), method("Read", INT)],
    });
    expect(signatures(pairs([old], [one], { namespaces: { rtc: "audio" } })[0] as ApiPair)).toEqual([
      "base audio::Source ++",
      "field level ++",
      "field peak -+",
      "field gone +-",
      "method Reset -+",
      "method Read ++",
    ]);
  });

  it("pair constructors and destructors of a class that was renamed", () => {
    const found = pairs([withConstructor("Meter")], [withConstructor("LevelMeter")], { names: { "audio::Meter": "audio::LevelMeter" } });
    expect(signatures(found[0] as ApiPair)).toEqual(["method LevelMeter ++", "method ~LevelMeter ++"]);
  });

  it("follow the map to a single method's new name", () => {
    const found = pairs(
      [aClass("audio::Builder", { methods: [method("Create", INT)] })],
      [aClass("audio::MeterBuilder", { methods: [method("Build", INT)] })],
      { names: { "audio::Builder": "audio::MeterBuilder", "audio::Builder::Create": "audio::MeterBuilder::Build" } },
    );
    expect(signatures(found[0] as ApiPair)).toEqual(["method Build ++"]);
  });

  it("never take a copy constructor for one with other parameters", () => {
    const copy = constructor("Meter", [parameter("other", reference(constant(named("audio::Meter"))))]);
    const found = pairs(
      [aClass("audio::Meter", { methods: [copy] })],
      [aClass("audio::Meter", { methods: [constructor("Meter", [parameter("n", INT)])] })],
    );
    expect(signatures(found[0] as ApiPair)).toEqual(["method Meter -+", "method Meter +-"]);
  });

  it("tell the const overload from the other", () => {
    const both = [method("at", INT, [parameter("n", INT)], { const: true }), method("at", INT, [parameter("n", INT)])];
    const turned = both.toReversed();
    const found = pairs([aClass("A", { methods: both })], [aClass("A", { methods: turned })]);
    expect(
      found[0]?.members.every(({ legacy, latest }) => (legacy as { const: boolean }).const === (latest as { const: boolean }).const),
    ).toBe(true);
  });

  it("give all members of a class that only one side has", () => {
    expect(signatures(pairs([], [anEnum("Mode", { kLow: 0, kHigh: 1 })])[0] as ApiPair)).toEqual([
      "enumerator kLow -+",
      "enumerator kHigh -+",
    ]);
  });
});
