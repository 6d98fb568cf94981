import { describe, expect, test } from "vitest";

import { junitReport } from "../../src/report/junit.js";
import { escapeXml } from "../../src/report/xml.js";
import { cleanReport, sampleReport } from "../helpers/sample-report.js";

describe("junit", () => {
  const xml = junitReport(sampleReport());

  test("counts what it holds", () => {
    const cases = xml.match(/<testcase /g)?.length;
    const failures = xml.match(/<failure /g)?.length;
    const skipped = xml.match(/<skipped /g)?.length;
    expect(xml).toContain(`tests="${cases}" failures="${failures}" errors="0" skipped="${skipped}"`);
    expect([cases, failures, skipped]).toEqual([7 + 6 + 1 + 12, 4, 1]);
  });

  test("a use case that is worse fails with its figures", () => {
    expect(xml).toMatch(
      /name="headset-in-wind">\n\s*<failure type="use-case-worse" message="[^"]*Noise reduction 14.8 → 12.9 dB \(−1.9 dB, margin 1 dB\)/,
    );
  });

  test("a clean run has one passing case for the audit and no failure", () => {
    const clean = junitReport(cleanReport());
    expect(clean).toContain('name="no name is defined by both flavors outside the shared list"/>');
    expect(clean).not.toContain("<failure");
  });

  test("stages tell their seconds", () => {
    expect(xml).toContain('name="build" time="312.408"');
  });
});

test("characters that XML forbids are replaced, the others escaped", () => {
  expect(escapeXml("a\u0000b\u001b<c>&\"'\n\ud800")).toBe("a\ufffdb\ufffd&#60;c&#62;&#38;&#34;&#39;&#10;\ufffd");
});
