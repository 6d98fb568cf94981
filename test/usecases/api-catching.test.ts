/** Holds what hunts on a shim's functions decide without running anything: causes, what a call is cut to, what a profile reaches. */
import { describe, expect, it } from "vitest";

import { wordsIn } from "../../src/pipeline/catching/api-changes.js";
import { callAt } from "../../src/shim/catching/call-text.js";
import { bareOf } from "../../src/shim/catching/types.js";
import { callEdges, reachedFrom } from "../../src/usecases/callgrind/call-edges.js";
import { causeOf, shortResults } from "../../src/usecases/catching/api/cause.js";

describe("the cause of a difference", () => {
  it("is one for other values, and another for another way of ending", () => {
    const plain = causeOf("f(int)", { legacy: "1", latest: "2" });
    expect(causeOf("f(int)", { legacy: "30", latest: "-7" })).toBe(plain);
    expect(causeOf("g(int)", { legacy: "1", latest: "2" })).not.toBe(plain);
    expect(causeOf("f(int)", { legacy: "1", latest: 'throws "no"' })).not.toBe(plain);
    const ended = causeOf("f(int)", { legacy: "ends by SIGABRT: 0.5 is no number", latest: "2" });
    expect(causeOf("f(int)", { legacy: "ends by SIGABRT: 7.5 is no number", latest: "3" })).toBe(ended);
  });

  it("is the field in which results begin to differ", () => {
    const width = causeOf("f()", { legacy: "{.width = 1, .height = 2}", latest: "{.width = 3, .height = 2}" });
    expect(causeOf("f()", { legacy: "{.width = 1, .height = 2}", latest: "{.width = 1, .height = 3}" })).not.toBe(width);
    expect(causeOf("f()", { legacy: "{.width = 8, .height = 2}", latest: "{.width = 9, .height = 9}" })).toBe(width);
  });

  it("is what an object says of itself, whoever made it so", () => {
    const asked = causeOf("n::Dial::level() const", { legacy: "1", latest: "2" });
    const turned = { legacy: "the object is {n::Dial::level() = 1}", latest: "the object is {n::Dial::level() = 2}" };
    expect(causeOf("n::Dial::Turn(int)", turned)).toBe(asked);
  });
});

describe("long results", () => {
  it("are cut to what is around the first difference", () => {
    const same = "x".repeat(500);
    const { legacy, latest } = shortResults({ legacy: `${same}A${same}`, latest: `${same}B${same}` });
    expect(legacy).toMatch(/^…x{60}Ax{59}…$/);
    expect(latest).toMatch(/^…x{60}Bx{59}…$/);
  });
});

describe("numbers of a diff", () => {
  it("are those of added and removed lines that stand for themselves", () => {
    const diff = "--- a/3.cc\n+++ b/4.cc\n@@ -9 +9 @@ f() {\n-  if (mp3 > 1000) return 2.5;\n+  if (mp3 > 0x10) return 1e3;\n   77;\n";
    expect(wordsIn(diff)).toEqual({ whole: ["1000", "16"], parts: ["1000.0", "2.5", "16.0"] });
  });
});

describe("a type's text", () => {
  it.each([
    ["const std::string&", { base: "std::string", const: true, passed: "reference" }],
    ["int&", { base: "int", const: false, passed: "reference" }],
    ["Note&&", { base: "Note", const: false, passed: "move" }],
    ["const float*", { base: "float", const: true, passed: "pointer" }],
    ["std::vector<int>", { base: "std::vector<int>", const: false, passed: "value" }],
  ])("%s is taken apart", (text, bare) => {
    expect(bareOf(text)).toEqual(bare);
  });
});

describe("a line of the driver", () => {
  it("belongs to the call around it", () => {
    const text = "template <class Use>\nvoid WithDial() {\n}\nvoid Call0(Input& in) {\n  f();\n}\n\nvoid Call1(Input& in) {\n  g();\n}\n";
    expect([2, 5, 9].map((line) => callAt(text, line))).toEqual([undefined, 0, 1]);
  });
});

describe("calls in a profile", () => {
  it("are followed from function to function, recursion taken together", () => {
    const profile = "fn=(1) Call0\n1 5\ncfn=(2) a\ncalls=1 2\n2 9\n\nfn=(2)\n2 3\ncfn=(3) b'2\ncalls=1 3\n3 1\n\nfn=(4) Call1\n4 1\n";
    const edges = callEdges(profile);
    expect([...reachedFrom(edges, "Call0")]).toEqual(["Call0", "a", "b"]);
    expect([...reachedFrom(edges, "Call1")]).toEqual(["Call1"]);
  });
});
