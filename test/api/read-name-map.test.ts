import { describe, expect, it } from "vitest";

import { unusedKeys } from "../../src/api/diff/unused-keys.js";
import { parseNameMap } from "../../src/api/read-name-map.js";
import { aClass, method, snapshot, VOID } from "./diff/builders.js";

describe("a name map", () => {
  it("is YAML or JSON, and every key may be left out", () => {
    expect(parseNameMap("map.yaml", "namespaces:\n  rtc: webrtc\n")).toEqual({
      namespaces: { rtc: "webrtc" },
      names: {},
      headers: {},
      ignore: [],
    });
    expect(parseNameMap("map.json", '{ "ignore": ["a::*"] }').ignore).toEqual(["a::*"]);
    expect(parseNameMap("map.yaml", "")).toEqual({ namespaces: {}, names: {}, headers: {}, ignore: [] });
  });

  it("names an unknown key, its line and the key that was probably meant", () => {
    expect(() => parseNameMap("map.yaml", "names:\n  a::B: a::C\nnamespace:\n  rtc: webrtc\n")).toThrow(
      /map\.yaml:\d: namespace: is not a known key \(did you mean 'namespaces'\?\)/,
    );
  });

  it("names the key and the line of a value of the wrong kind, and of what is no name", () => {
    expect(() => parseNameMap("map.yaml", "namespaces:\n  rtc: webrtc\n  media: 3\n")).toThrow("map.yaml:3: namespaces.media");
    expect(() => parseNameMap("map.yaml", "names:\n  a::B: '::c::D'\n")).toThrow("map.yaml:2: names.a::B: '::c::D' is no name");
  });

  it("may empty a namespace, but no name", () => {
    expect(parseNameMap("map.yaml", "namespaces: { old: '' }").namespaces).toEqual({ old: "" });
    expect(() => parseNameMap("map.yaml", "names: { a::B: '' }")).toThrow("names.a::B: '' is no name");
  });

  it("tells of keys that fit nothing in either release", () => {
    const map = parseNameMap(
      "map.yaml",
      "namespaces: { rtc: a, rct: a }\nnames: { rtc::B: a::C, rtc::B::Put: a::C::Add, rtc::D: a::E }\nheaders: { meter.h: m.h, x.h: y.h }",
    );
    const old = snapshot([aClass("rtc_legacy::B", { methods: [method("Put", VOID)] })]);
    expect(unusedKeys(map, old, snapshot([]), { legacy: "legacy", latest: "latest" })).toEqual([
      "namespaces.rct",
      "names.rtc::D",
      "headers.x.h",
    ]);
  });
});
