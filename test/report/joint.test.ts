import { describe, expect, it } from "vitest";

import { renderReport } from "../../src/report/index.js";
import { jointSentence } from "../../src/report/joint.js";
import { sampleReport } from "../helpers/sample-report.js";

const OPTIONS = { color: false, width: 100 };

describe("both flavors in one process", () => {
  it("is told in text, page and Markdown alike", () => {
    const report = sampleReport();
    for (const format of ["text", "html", "markdown"] as const) {
      expect(renderReport(format, report, OPTIONS).replaceAll(/\s+/g, " ")).toContain(
        "Both flavors in one process: 2 of 2 use cases write the same bytes as alone",
      );
    }
  });

  it("names each use case that writes something else, and where", () => {
    const sentence = jointSentence({
      joint: [
        { id: "a", status: "equal", files: 2, detail: "" },
        { id: "b", status: "differs", files: 1, detail: "latest out.wav from byte 44" },
      ],
    });
    expect(sentence).toEqual({
      ok: false,
      glyph: "✖",
      text: "Both flavors in one process: 1 of 2 use cases write the same bytes as alone; b differs (latest out.wav from byte 44)",
    });
  });

  it("is not told when none was run", () => {
    expect(jointSentence({ joint: [] })).toBeNull();
    expect(renderReport("text", sampleReport({ joint: [] }), OPTIONS)).not.toContain("in one process");
  });
});
