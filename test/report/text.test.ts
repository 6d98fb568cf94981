import { describe, expect, test } from "vitest";

import { renderReport } from "../../src/report/index.js";
import { withoutStyle } from "../../src/support/style.js";
import { visibleWidth } from "../../src/support/table.js";
import { hostileReport } from "../helpers/hostile-report.js";
import { cleanReport, earlyReport, sampleReport } from "../helpers/sample-report.js";

const plain = { color: false, width: 100 };

describe("the terminal report", () => {
  const text = renderReport("text", sampleReport(), plain);

  test("begins with the headline", () => {
    const start = text.split("\n").slice(0, 2).join(" ");
    expect(start).toBe(sampleReport().headline);
  });

  test("counts the security fixes gained by kind, or says why they are not known", () => {
    expect(text).toContain("3 security fixes gained in WebRTC");
    expect(text).toContain("2 Use after free · 1 Heap buffer overflow");
    const unknown = { ...sampleReport(), security: { status: "unknown" as const, why: "no mirror answers" } };
    expect(renderReport("text", unknown, plain)).toContain("Security fixes between the releases are not known: no mirror answers");
  });

  test("names the dependencies removed and added, by how they are known", () => {
    expect(text).toContain("1 removed, 1 added, 1 at another revision; 4 dependencies in both releases");
    expect(text).toContain("third_party/old_resampler (7 files compiled)");
  });

  test("tells the sections in the order in which a maintainer reads", () => {
    const titles = text
      .split("\n")
      .filter((line) => /^[A-Z]/.test(line))
      .map((line) => line.replace(/ \(.*/, ""));
    expect(titles).toEqual([
      "Needs you",
      "Features",
      "Isolation",
      "Audit",
      "Shim",
      "Security fixes",
      "Dependencies",
      "Sizes",
      "Use cases",
      "Stages",
      "Commands",
      "Not checked",
    ]);
  });

  test.each([
    ["a feature's fate by glyph and word", "✖ conflict       wind-guard"],
    ["clashes before and after", "clashes: 2,412 before isolation → ✖ 1 after"],
    ["bodies that differ under a shared name", "▲ 4  the toolchain's own library"],
    ["what the dual program costs", "over legacy  +1.11 MiB   +813.7 KiB  +354.6 KiB"],
    ["a metric that is worse, with its word", "14.8 → 12.9 dB  −1.9 dB ▼ worse"],
    ["how long a stage took", "5 min 12 s"],
    ["the command that acts", "$ unfork usecase run headset-in-wind"],
    ["what was not checked", "• AVX2 paths on machines without AVX2"],
  ])("shows %s", (_what, shown) => {
    expect(text).toContain(shown);
  });

  test("without colour it holds no escape sequence; with colour it says the same", () => {
    expect(text).not.toContain("\u001b");
    const colored = renderReport("text", sampleReport(), { color: true, width: 100 });
    expect(colored).toContain("\u001b[1;31m");
    expect(withoutStyle(colored)).toBe(text);
  });

  test.each([80, 90, 100, 120])("keeps within %i columns", (width) => {
    for (const report of [sampleReport(), cleanReport(), earlyReport()])
      for (const line of renderReport("text", report, { color: true, width }).split("\n"))
        expect(visibleWidth(line)).toBeLessThanOrEqual(width);
  });

  test.each([80, 100])("cuts no figure at %i columns", (width) => {
    expect(renderReport("text", sampleReport(), { color: false, width })).not.toMatch(/\d…/);
  });

  test("does not grow past 120 columns on a wide screen", () => {
    const widest = Math.max(...renderReport("text", sampleReport(), { color: false, width: 400 }).split("\n").map(visibleWidth));
    expect(widest).toBeLessThanOrEqual(120);
  });

  test("leaves out what the run did not reach", () => {
    const early = renderReport("text", earlyReport(), plain);
    expect(early).not.toMatch(/^(Isolation|Audit|Sizes|Use cases)/m);
  });

  test("a clean run asks for nothing", () => {
    const clean = renderReport("text", cleanReport(), plain);
    expect(clean).not.toContain("Needs you");
    expect(clean).toContain("✔ gate passed");
  });

  test("foreign text cannot steer the terminal", () => {
    // oxlint-disable-next-line no-control-regex
    expect(renderReport("text", hostileReport(), plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
  });
});
