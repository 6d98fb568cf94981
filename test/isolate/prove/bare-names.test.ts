import { describe, expect, it } from "vitest";
import fc from "fast-check";

import { bareNames } from "../../../src/isolate/prove/bare-names.js";

const bare = bareNames("legacy");

describe("bare names", () => {
  it("takes the suffix off mangled names, with the lengths", () => {
    expect(bare.symbol("_ZN13webrtc_legacy3Foo3barEv")).toBe("_ZN6webrtc3Foo3barEv");
    expect(bare.symbol("_ZN13webrtc_legacy8internal10abc_legacyEi")).toBe("_ZN6webrtc8internal3abcEi");
    expect(bare.symbol("_ZN1AILj13EN11absl_legacy1BEE1fEv")).toBe("_ZN1AILj13EN4absl1BEE1fEv");
    expect(bare.symbol("_GLOBAL__sub_I__ZN10rtc_legacy1xE")).toBe("_GLOBAL__sub_I__ZN3rtc1xE");
  });

  it("reads substitutions, templates, literals and lambdas on the way", () => {
    const pairs = [
      [
        "_ZNSt3mapINSt7__cxx1112basic_stringIcEEPN3rtc7NetworkEE4findERKS2_",
        "_ZNSt3mapINSt7__cxx1112basic_stringIcEEPN10rtc_legacy7NetworkEE4findERKS2_",
      ],
      ["_ZN4absl1AILNS_4KindE2EE4EchoENS_3barEi", "_ZN11absl_legacy1AILNS_4KindE2EE4EchoENS_3barEi"],
      ["_ZZN6webrtc1fEiENKUlvE10_clEv", "_ZZN13webrtc_legacy1fEiENKUlvE10_clEv"],
      ["_ZTv0_n24_N6webrtc1BD1Ev", "_ZTv0_n24_N13webrtc_legacy1BD1Ev"],
      ["_ZThn16_N6webrtc1B1fEv", "_ZThn16_N13webrtc_legacy1B1fEv"],
      ["_ZN6webrtc3fooERA13_KcS2_NS_3BarE", "_ZN13webrtc_legacy3fooERA13_KcS2_NS_10Bar_legacyE"],
      ["_ZNK6webrtc4tempILi12EE1gEv.isra.0", "_ZNK13webrtc_legacy4tempILi12EE1gEv.isra.0"],
    ] as const;
    for (const [before, after] of pairs) expect(bare.symbol(after)).toBe(before);
  });

  it("takes it off sections, parts of functions and C names", () => {
    expect(bare.symbol(".text._ZN10rtc_legacy3barEv")).toBe(".text._ZN3rtc3barEv");
    expect(bare.symbol("WebRtcSpl_Init_legacy.part.0")).toBe("WebRtcSpl_Init.part.0");
    expect(bare.symbol(".Lswitch.table._ZN10rtc_legacy3barEv")).toBe(".Lswitch.table._ZN3rtc3barEv");
    expect(bare.symbol("Java_org_webrtc_1legacy_Foo_bar")).toBe("Java_org_webrtc_Foo_bar");
  });

  it("leaves out what GCC draws at random for an initialiser", () => {
    expect(bare.symbol("_GLOBAL__sub_I_00102_x.cc_1A2B3C4D_0x0123456789abcdef")).toBe("_GLOBAL__sub_I_00102_x.cc");
  });

  it("keeps what only looks like it", () => {
    expect(bare.symbol("legacy_mode")).toBe("legacy_mode");
    expect(bare.symbol("_ZN6webrtc6legacyE")).toBe("_ZN6webrtc6legacyE");
  });

  it("calls two texts the same only when the new one has suffixes more", () => {
    expect(bare.sameText("webrtc::Foo", "webrtc_legacy::Foo")).toBe(true);
    expect(bare.sameText("N6webrtc3FooE", "N13webrtc_legacy3FooE")).toBe(true);
    expect(bare.sameText("webrtc_legacy::Foo", "webrtc::Foo")).toBe(false);
    expect(bare.sameText("webrtc::Foo", "webrtc_legacy::Bar")).toBe(false);
    expect(bare.sameText("N6webrtc3FooE", "N14webrtc_legacy3FooE")).toBe(false);
  });

  it("undoes any renaming of any identifiers of a nested name", () => {
    const word = fc.stringMatching(/^[A-Za-z_][A-Za-z_0-9]{0,12}$/).filter((text) => !text.includes("legacy"));
    const part = fc.record({ word, renamed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const before = mangled(parts.map((one) => one.word));
        const after = mangled(parts.map((one) => (one.renamed ? `${one.word}_legacy` : one.word)));
        expect(bare.symbol(after)).toBe(before);
      }),
    );
  });
});

function mangled(names: readonly string[]): string {
  return `_ZN${names.map((name) => `${name.length}${name}`).join("")}Ev`;
}
