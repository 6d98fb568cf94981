import { describe, expect, it } from "vitest";

import { type NameParts, nameParts } from "../../../src/objects/demangle/demangle.js";
import { NAMES } from "./names.js";

type Row = readonly [symbol: string, special: NameParts["special"], scopes: readonly string[], mentions: readonly string[]];

const ROWS: readonly Row[] = [
  ["_ZN5meter5Gauge4readEi", undefined, ["meter", "Gauge", "read"], []],
  ["_Z4readv", undefined, ["read"], []],
  ["_Znwm", undefined, ["operator new"], []],
  ["_ZN5GaugeI4Unit4KindE4readEv", undefined, ["Gauge", "read"], ["Unit", "Kind"]],
  ["_ZN5GaugeIN4Unit4KindEEC2Ev", undefined, ["Gauge", "Gauge"], ["Unit::Kind"]],
  ["_ZN5GaugeD1Ev", undefined, ["Gauge", "~Gauge"], []],
  ["_ZNSsC1Ev", undefined, ["std", "basic_string", "basic_string"], []],
  ["_ZN5GaugecvN5meter4UnitEEv", undefined, ["Gauge", "operator"], ["meter::Unit"]],
  ["_ZN5GaugeplERKS_", undefined, ["Gauge", "operator+"], []],
  ["_ZN5Gauge4readB4wideEv", undefined, ["Gauge", "read"], []],
  ["_ZW5meter4readv", undefined, ["read"], []],
  ["_ZN12_GLOBAL__N_14readEv", undefined, ["(anonymous namespace)", "read"], []],
  ["_ZZ4readiENKUldE_clEd", undefined, ["read", "{lambda}", "operator()"], []],
  ["_ZN5GaugeUt_4peakE", undefined, ["Gauge", "{unnamed}", "peak"], []],
  ["_ZN5meterDC4peak4baseEE", undefined, ["meter", "[peak, base]"], []],
  ["_ZN5GaugeIiEF4readEv", undefined, ["Gauge", "read"], []],
  ["_Z4readI5GaugeI4UnitEEvT_", undefined, ["read"], ["Gauge", "Unit"]],
  ["_Z4readIPFv5Gauge4UnitEEvv", undefined, ["read"], ["Gauge", "Unit"]],
  ["_Z4readIN5GaugeIiE4type4DeepEEvv", undefined, ["read"], ["Gauge"]],
  ["_Z4readIXadL_ZN5meter4peakEvEEEvv", undefined, ["read"], ["meter::peak"]],
  ["_Z4readIL4Unit2EEvv", undefined, ["read"], ["Unit"]],
  ["_Z4readIZ4peek3ArgEUl5OtherE_Evv", undefined, ["read"], ["peek", "Arg", "Other"]],
  ["_Z4readIJ5Gauge4UnitEEvDpT_", undefined, ["read"], ["Gauge", "Unit"]],
  ["_Z4readI5GaugeEDTcl4peekfp_EET_", undefined, ["read"], ["Gauge"]],
  ["_ZTVN5meter5GaugeI4UnitEE", "vtable", ["meter", "Gauge"], ["Unit"]],
  ["_ZTT5Gauge", "vtt", ["Gauge"], []],
  ["_ZTI5Gauge", "typeinfo", ["Gauge"], []],
  ["_ZTSPK5Gauge", "typeinfo-name", [], ["Gauge"]],
  ["_ZTIi", "typeinfo", [], []],
  ["_ZTC5Meter8_5Gauge", "construction-vtable", ["Meter"], ["Gauge"]],
  ["_ZThn16_N5Meter4readEv", "thunk", ["Meter", "read"], []],
  ["_ZTv0_n24_N5MeterD1Ev", "virtual-thunk", ["Meter", "~Meter"], []],
  ["_ZTch0_h0_N5Meter5cloneEv", "covariant-thunk", ["Meter", "clone"], []],
  ["_ZGVZ4readvE5level", "guard", ["read", "level"], []],
  ["_ZGR5level_", "reference-temporary", ["level"], []],
  ["_ZTW5level", "tls-wrapper", ["level"], []],
  ["_ZTH5level", "tls-init", ["level"], []],
  ["_ZTAXtl5Gauge4UnitEE", "template-object", [], ["Gauge", "Unit"]],
  ["_ZGIW5meterW4core", "module-init", ["meter", "core"], []],
  ["_GLOBAL__sub_I__ZN5Meter4peakE", "constructors", ["Meter", "peak"], []],
  ["___ZN5Meter4readEv_block_invoke", "block", ["Meter", "read"], []],
  ["_ZN5Meter4readEv.cold", undefined, ["Meter", "read"], []],
  ["_ZN6mètre4readEv", undefined, ["mètre", "read"], []],
];

describe("the parts of a name", () => {
  it.each(ROWS)("of %s: special %s, scopes %j, mentions %j", (symbol, special, scopes, mentions) => {
    expect(nameParts(symbol)).toEqual({ special, scopes, mentions });
  });

  it.each(["main", "_Z99read", "?read@@YAXXZ", ""])("are none for %j", (symbol) => {
    expect(nameParts(symbol)).toBeUndefined();
  });

  it("are there for every kind of name, and none of them is one that is not known", () => {
    for (const [what, symbol] of NAMES) {
      const parts = nameParts(symbol);
      expect({ what, scopes: parts?.scopes.join("::") }).not.toMatchObject({ scopes: expect.stringMatching(/\{unknown\}/) });
      expect({ what, known: parts !== undefined }).toEqual({ what, known: true });
    }
  });
});
