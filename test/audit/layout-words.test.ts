import { describe, expect, it } from "vitest";

import { layoutDifferences } from "../../src/audit/layout-words.js";
import { layoutClashes } from "../../src/audit/layouts.js";
import type { BaseLayout, MemberLayout, TypeLayout, VirtualSlot } from "../../src/objects/dwarf/layout.js";

function layout(parts: Partial<TypeLayout> = {}): TypeLayout {
  return {
    name: "S",
    kind: "struct",
    language: "c++",
    size: 16,
    members: [],
    bases: [],
    slots: [],
    enumerators: [],
    place: null,
    ...parts,
  };
}

function member(name: string, offset: number, parts: Partial<MemberLayout> = {}): MemberLayout {
  return { name, type: "int", unit: "byte", offset, size: 4, ...parts };
}

function slot(name: string, index: number | null, parts: Partial<VirtualSlot> = {}): VirtualSlot {
  return { name, symbol: `_ZN1S1${name}Ev`, index, overrides: false, ...parts };
}

function base(name: string, offset: number | null, virtual = false): BaseLayout {
  return { name, offset, virtual };
}

function differences(a: Partial<TypeLayout>, b: Partial<TypeLayout>): string[] {
  return layoutDifferences(layout(a), layout(b));
}

describe("the words for what differs between two layouts", () => {
  it("are none for layouts that agree, wherever they are declared and whether class or struct", () => {
    const parts = { members: [member("x", 8)], slots: [slot("f", 0)], bases: [base("B", 0)] };
    expect(differences(parts, { ...parts, kind: "class", place: { file: "a.h", line: 3 } })).toEqual([]);
  });

  it("tell the size and the kind", () => {
    expect(differences({ size: 16 }, { size: 24, kind: "union" })).toEqual(["struct became union", "size 16 became 24"]);
  });

  it("tell members that moved, changed, came or went", () => {
    const before = [member("a", 0), member("x", 8), member("y", 12), member("z", 16)];
    const after = [member("x", 16), member("y", 12, { type: "long", size: 8 }), member("new", 32), member("a", 0)];
    expect(differences({ members: before }, { members: after })).toEqual([
      "member 'x' moved from offset 8 to 16",
      "member 'y' was int, is long",
      "member 'y': size 4 became 8",
      "member 'z' at offset 16 is gone",
      "member 'new' at offset 32 is new",
    ]);
  });

  it("tell bit-fields in bits", () => {
    const before = [member("a", 64, { unit: "bit", size: 3 }), member("b", 67, { unit: "bit", size: 1 })];
    const after = [member("a", 64, { unit: "bit", size: 4 }), member("b", 12)];
    expect(differences({ members: before }, { members: after })).toEqual([
      "member 'a': width 3 became 4",
      "member 'b' moved from bit 67 to offset 12",
    ]);
  });

  it("are none for a member that only has another name, and for what an object does not say", () => {
    expect(differences({ members: [member("x", 8)] }, { members: [member("x_", 8)] })).toEqual([]);
    expect(differences({ members: [member("x", 8, { size: null })] }, { members: [member("x", 8)] })).toEqual([]);
  });

  it("tell two members that changed places", () => {
    expect(differences({ members: [member("x", 0), member("y", 4)] }, { members: [member("y", 0), member("x", 4)] })).toEqual([
      "member 'x' moved from offset 0 to 4",
      "member 'y' moved from offset 4 to 0",
    ]);
  });

  it("tell bases that moved, came, went or became virtual", () => {
    const before = [base("A", 0), base("B", 8), base("C", 16), base("V", 24, true)];
    const after = [base("A", 8), base("B", 24, true), base("V", 32, true), base("D", 0)];
    expect(differences({ bases: before }, { bases: after })).toEqual([
      "base 'A' moved from offset 0 to 8",
      "base 'B' became virtual",
      "base 'C' is gone",
      "virtual base 'V' is found at -32 in the vtable, was at -24",
      "base 'D' is new",
    ]);
  });

  it("tell virtual slots with another function, or with other parameters", () => {
    const before = [slot("f", 2), slot("g", 3), slot("h", 4)];
    const after = [slot("g", 2), slot("g", 3, { symbol: "_ZN1S1gEi" })];
    expect(differences({ slots: before }, { slots: after })).toEqual([
      "virtual slot 2 is 'g', was 'f'",
      "virtual slot 3 is 'g' (_ZN1S1gEi), was 'g' (_ZN1S1gEv)",
      "virtual slot 4, 'h', is gone",
    ]);
  });

  it("are none for a function that overrides a base's, and for a destructor whose slot is not told", () => {
    expect(differences({ slots: [slot("f", 2, { overrides: true })] }, { slots: [] })).toEqual([]);
    expect(differences({ slots: [slot("~S", 2)] }, { slots: [slot("~S", null)] })).toEqual([]);
    expect(differences({ slots: [slot("~S", 2)] }, { slots: [slot("~S", 3)] })).toEqual(["virtual slot of the destructor: 2 became 3"]);
    expect(differences({}, { slots: [slot("~S", null)] })).toEqual(["the virtual destructor is new"]);
  });

  it("tell enumerators with another value, and values with another name", () => {
    const red = { name: "red", value: "1" };
    expect(differences({ enumerators: [red] }, { enumerators: [{ ...red, value: "2" }] })).toEqual(["enumerator 'red' 1 became 2"]);
    expect(differences({ enumerators: [red] }, { enumerators: [red, { name: "blue", value: "2" }] })).toEqual([]);
    expect(differences({ enumerators: [red] }, { enumerators: [{ name: "blue", value: "1" }] })).toEqual(["value 1 was 'red', is 'blue'"]);
  });
});

describe("clashes of layouts", () => {
  it("are types of which no layout of one flavor is one of the other", () => {
    const small = layout({ size: 8 });
    const large = layout({ size: 24 });
    const other = layout({ size: 16, members: [member("x", 8)] });
    expect(layoutClashes([small, large], [large, other])).toEqual([]);
    expect(layoutClashes([small], [layout({ name: "T" })])).toEqual([]);
    expect(layoutClashes([small, layout({ size: 16 })], [other])).toEqual([
      { name: "S", a: layout({ size: 16 }), b: other, differences: ["member 'x' at offset 8 is new"] },
    ]);
  });
});
