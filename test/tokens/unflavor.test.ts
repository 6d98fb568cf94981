/** That an isolated symbol leads back to its name before isolation. */
import { describe, expect, it } from "vitest";

import { unflavor, unflavorAny, unflavorFor } from "../../src/tokens/unflavor.js";

const RENAMED = ["webrtc", "rtc", "absl", "WebRtcSpl_Init", "PFFFT_Setup", "_Tag"].map((from) => ({ from, to: `${from}_legacy` }));
const back = unflavorFor("legacy", RENAMED);

describe("taking the flavor off a symbol", () => {
  it("finds it before a version that the library's macros put behind the name", () => {
    const map = unflavorFor("legacy", [{ from: "city", to: "city_legacy" }]);
    expect(map("_ZN13city_legacy_77streetsEv")).toBe("_ZN6city_77streetsEv");
    expect(map("city_legacy_7")).toBe("city_7");
    expect(unflavorAny("legacy")("_ZN14city_legacy_764nameEv")).toBe("_ZN7city_764nameEv");
    expect(map("_ZN11city_legacy4nameEv")).toBe("_ZN4city4nameEv");
  });

  it.each([
    ["_ZN13webrtc_legacy3FooC1Ev", "_ZN6webrtc3FooC1Ev"],
    ["_ZN13webrtc_legacy3barERKN10rtc_legacy3BazE", "_ZN6webrtc3barERKN3rtc3BazE"],
    ["_ZTVN13webrtc_legacy3FooE", "_ZTVN6webrtc3FooE"],
    ["_ZTv0_n24_N11absl_legacy1XD0Ev", "_ZTv0_n24_N4absl1XD0Ev"],
    ["_ZZN13webrtc_legacy3fooEvE1x", "_ZZN6webrtc3fooEvE1x"],
    ["_ZGVZN13webrtc_legacy3fooEvE1x", "_ZGVZN6webrtc3fooEvE1x"],
    ["_Z3fooP18PFFFT_Setup_legacy", "_Z3fooP11PFFFT_Setup"],
    ["_ZNSt6vectorIN13webrtc_legacy3FooESaIS1_EE9push_backEv", "_ZNSt6vectorIN6webrtc3FooESaIS1_EE9push_backEv"],
    ["_ZN5int1613webrtc_legacy1fEv", "_ZN5int166webrtc1fEv"],
    ["_Z1fIXLi13EEE13webrtc_legacy", "_Z1fIXLi13EEE6webrtc"],
    ["_Z1fB5cxx1113webrtc_legacy", "_Z1fB5cxx116webrtc"],
    ["_ZN13webrtc_legacy1fEv.cold", "_ZN6webrtc1fEv.cold"],
    ["_GLOBAL__sub_I__ZN13webrtc_legacy1xE", "_GLOBAL__sub_I__ZN6webrtc1xE"],
    ["__ZN13webrtc_legacy1xE", "__ZN6webrtc1xE"],
    ["_Z1f11_Tag_legacy", "_Z1f4_Tag"],
  ])("%s was %s", (isolated, original) => {
    expect(back(isolated)).toBe(original);
  });

  it.each([
    ["WebRtcSpl_Init_legacy", "WebRtcSpl_Init"],
    ["WebRtcSpl_Init_legacy.part.0", "WebRtcSpl_Init.part.0"],
    ["_WebRtcSpl_Init_legacy", "_WebRtcSpl_Init"],
    ["_Tag_legacy", "_Tag"],
  ])("the C symbol %s was %s", (isolated, original) => {
    expect(back(isolated)).toBe(original);
  });

  it.each(["_ZN10not_legacy1xE", "not_legacy", "WebRtcSpl_Init_legacy2", "_ZN14webrtc_legacy21xE", "_ZNSt6vectorIiE", "main"])(
    "%s is left as it is",
    (symbol) => {
      expect(back(symbol)).toBe(symbol);
    },
  );

  it("one call gives what the map gives, for each flavor", () => {
    expect(unflavor("_ZN13webrtc_legacy1xE", "legacy", RENAMED)).toBe("_ZN6webrtc1xE");
    expect(unflavor("_ZN13webrtc_legacy1xE", "latest", RENAMED)).toBe("_ZN13webrtc_legacy1xE");
  });
});
