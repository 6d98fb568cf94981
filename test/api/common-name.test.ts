import { describe, expect, it } from "vitest";

import { commonName } from "../../src/api/common-name.js";
import { EMPTY_NAME_MAP } from "../../src/model/api-name-map.js";

const LEGACY = { flavor: "legacy" };
const map = { ...EMPTY_NAME_MAP, namespaces: { rtc: "webrtc", "a::b": "c" }, names: { "rtc::Old": "webrtc::New" } };

describe("the name that both releases have in common", () => {
  it("is without the flavor's suffix, which stands behind the outermost word only", () => {
    expect(commonName("webrtc_legacy::Foo_legacy", LEGACY, EMPTY_NAME_MAP)).toBe("webrtc::Foo_legacy");
    expect(commonName("deflate_legacy", LEGACY, EMPTY_NAME_MAP)).toBe("deflate");
    expect(commonName("_legacy::x", LEGACY, EMPTY_NAME_MAP)).toBe("_legacy::x");
  });

  it("goes through the map's namespaces, the longest first", () => {
    expect(commonName("rtc_legacy::Foo::Bar", LEGACY, map)).toBe("webrtc::Foo::Bar");
    expect(commonName("a::b::X", LEGACY, map)).toBe("c::X");
    expect(commonName("a::bb::X", LEGACY, map)).toBe("a::bb::X");
  });

  it("follows single names before namespaces, with what is nested in them", () => {
    expect(commonName("rtc::Old::Inner", LEGACY, map)).toBe("webrtc::New::Inner");
    expect(commonName("rtc::Older", LEGACY, map)).toBe("webrtc::Older");
  });
});
