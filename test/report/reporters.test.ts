import { describe, expect, test } from "vitest";

import { runReportSchema } from "../../src/model/report.js";
import { REPORT_FORMATS, REPORTERS, renderReport } from "../../src/report/index.js";
import { hostileReport } from "../helpers/hostile-report.js";
import { cleanReport, earlyReport, sampleReport } from "../helpers/sample-report.js";

const options = { color: false, width: 100 };

test("every format has a reporter", () => {
  expect(Object.keys(REPORTERS).toSorted()).toEqual(REPORT_FORMATS.toSorted());
});

describe.each(REPORT_FORMATS)("%s", (format) => {
  test("is the same for the same report, ends with a line end, and leaves the report as it was", () => {
    const report = sampleReport();
    const before = JSON.stringify(report);
    expect(renderReport(format, report, options)).toBe(renderReport(format, sampleReport(), options));
    expect(renderReport(format, report, options)).toMatch(/\S\n$/);
    expect(JSON.stringify(report)).toBe(before);
  });

  test("is written for a clean run and for one that stopped early", () => {
    expect(renderReport(format, cleanReport(), options)).toContain("M150");
    expect(renderReport(format, earlyReport(), options)).toContain("M150");
  });
});

describe("json", () => {
  test("reads back as the report", () => {
    expect(runReportSchema.parse(JSON.parse(renderReport("json", sampleReport(), options)))).toEqual(sampleReport());
  });

  test("does not depend on the order in which the value was built", () => {
    const report = sampleReport();
    const turned = Object.fromEntries(Object.entries(report).toReversed()) as typeof report;
    expect(renderReport("json", turned, options)).toBe(renderReport("json", report, options));
  });
});

describe("github", () => {
  const lines = renderReport("github", sampleReport(), options).trimEnd().split("\n");

  test("one annotation per problem, errors first, the headline last", () => {
    expect(lines.map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual(["error", "error", "error", "error", "notice", "notice"]);
    expect(lines.at(-1)).toBe(`::notice title=unfork::${sampleReport().headline}`);
  });

  test("a conflict names the file to edit", () => {
    expect(lines[0]).toContain(
      "file=.unfork/conflicts/wind-guard/modules/audio_processing/high_pass_filter.cc,title=feature-conflict%3A wind-guard::",
    );
  });

  test("foreign text cannot begin a command of its own", () => {
    const hostile = renderReport("github", hostileReport(), options).trimEnd().split("\n");
    expect(hostile).toHaveLength(lines.length);
    for (const line of hostile) expect(line).toMatch(/^::(error|warning|notice) [^\r]*$/);
  });
});
