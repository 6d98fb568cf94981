import { describe, expect, it } from "vitest";

import { diffApi } from "../../src/api/diff/diff-api.js";
import { apiNameMapSchema } from "../../src/model/api-name-map.js";
import { renderApiDiff } from "../../src/report/api-diff/index.js";
import { withoutStyle } from "../../src/support/style.js";
import { visibleWidth } from "../../src/support/table.js";
import { aClass, aMacro, field, INT, method, named, parameter, reference, SIZE, snapshot, VOID } from "../api/diff/builders.js";

const TEXT = { color: false, width: 100, all: false };

const old = snapshot([
  aClass("audio::Meter", {
    fields: [field("gone", INT, { initializer: "3" })],
    methods: [method("Read", INT, [parameter("n", INT)]), method("Reset", VOID), method("Same", INT, [], { const: true })],
  }),
  aClass("audio::Old"),
]);
const one = snapshot(
  [
    aClass("audio::Meter", {
      methods: [
        method("Read", INT, [parameter("n", SIZE)]),
        method("Reset", VOID, [parameter("env", reference(named("audio::Env")))]),
        method("Same", INT, [], { const: true }),
      ],
    }),
  ],
  { macros: [aMacro("EVIL", '<b>"&`|*_')] },
);
const diff = diffApi({ file: "old.json", snapshot: old }, { file: "new.json", snapshot: one }, apiNameMapSchema.parse({}), {
  legacy: "legacy",
  latest: "latest",
});

describe("the comparison as text", () => {
  const text = renderApiDiff("text", diff, TEXT);

  it("has counts first, then work by hand, then what is generated", () => {
    const order = [
      "7 items: 1 same",
      "shim work: by hand 2 items, 2 units",
      "By hand",
      "audio::Meter::Reset",
      "− only legacy",
      "Generated",
      "audio::Meter::Read",
      "not shown:",
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it("shows both declarations with their places and the reason", () => {
    expect(text).toContain("legacy int Read(int n)");
    expect(text).toContain("latest int Read(size_t n)");
    expect(text).toContain("· type of parameter 1 (n): int → size_t: widening");
    expect(text).toMatch(/int Read\(size_t n\) +meter\.h:2/);
  });

  it("leaves what costs nothing to --all", () => {
    expect(text).not.toContain("audio::Meter::Same");
    expect(renderApiDiff("text", diff, { ...TEXT, all: true })).toContain("= method audio::Meter::Same");
  });

  it("keeps within the terminal's width, and says in words what colour says", () => {
    const colored = renderApiDiff("text", diff, { color: true, width: 80, all: true });
    expect(Math.max(...colored.split("\n").map((line) => visibleWidth(line)))).toBeLessThanOrEqual(80);
    expect(withoutStyle(colored)).toBe(renderApiDiff("text", diff, { color: false, width: 80, all: true }));
  });
});

describe("the comparison in other formats", () => {
  it("is one HTML file that asks nothing of the network and escapes what headers say", () => {
    const page = renderApiDiff("html", diff, TEXT);
    expect(page).not.toMatch(/<link|@import|\burl\(|<iframe|src="http/);
    expect(page).toContain("#define EVIL &lt;b&gt;&quot;&amp;`|*_");
    expect(page).toContain('data-work="by hand"');
  });

  it("is Markdown with one row per kind and both declarations as code", () => {
    const text = renderApiDiff("markdown", diff, TEXT);
    expect(text).toContain("| method | 1 |");
    expect(text).toContain("  - latest `int Read(size_t n)` (meter.h:2)");
  });

  it("is JSON that reads back as the same value", () => {
    expect(JSON.parse(renderApiDiff("json", diff, TEXT))).toEqual(diff);
  });
});
