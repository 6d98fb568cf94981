import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";

import { renderReport } from "../../src/report/index.js";
import { code, codeCell, md, shellBlock } from "../../src/report/markdown/escape.js";
import { hostileReport } from "../helpers/hostile-report.js";
import { sampleReport } from "../helpers/sample-report.js";

const options = { color: false, width: 100 };

describe("the comment", () => {
  const text = renderReport("markdown", sampleReport(), options);

  test("begins with the verdict and the headline", () => {
    expect(text.split("\n").slice(0, 3)).toEqual(["### ◆ webrtc M120 → M150: waits for you", "", sampleReport().headline]);
  });

  test("shows what is worse, folds what is not", () => {
    const [open, folded] = text.slice(text.indexOf("**Use cases**")).split("<details>");
    expect(open).toContain("| Headset in wind | ▼ worse |");
    expect(folded).toContain("11 use cases no worse");
  });

  test("rows have as many cells as their head", () => {
    for (const report of [sampleReport(), hostileReport()]) {
      const lines = renderReport("markdown", report, options).split("\n");
      const tables = lines.map((line, index) => ({ line, index })).filter(({ line }) => /^\| (---|---:) \|/.test(line));
      expect(tables.length).toBeGreaterThan(4);
      for (const { line, index } of tables)
        for (let at = index - 1; lines[at]?.startsWith("|"); at += 1) expect(cellsOf(lines[at] ?? "")).toBe(cellsOf(line));
    }
  });

  test("fits a comment on GitHub with thousands of findings", () => {
    const sample = sampleReport();
    const [finding] = sample.audit?.findings ?? [];
    if (finding === undefined || sample.audit === null) throw new Error("the sample lacks a finding");
    const findings = Array.from({ length: 3000 }, (_, index) => ({ ...finding, id: String(index), demangled: "x".repeat(900) }));
    const long = renderReport("markdown", { ...sample, audit: { ...sample.audit, findings } }, options);
    expect(long.length).toBeLessThan(65_536);
    expect(long).toContain("and 2,980 more findings: see report.html");
  });

  test("foreign text brings no tag, mentions nobody and links nowhere", () => {
    const outside = renderReport("markdown", hostileReport(), options)
      .replaceAll(/^```+sh\n[\s\S]*?\n```+$/gm, "")
      .replaceAll(/\\.|(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, (found) => (found.startsWith("\\") ? found : ""));
    expect(outside).not.toMatch(/<(?!\/?details>|\/?summary>|br>|!-- -->)/);
    expect(outside).not.toMatch(/@nobody|#1\b|http:\/\//);
    expect(outside).not.toMatch(/(?<!\\)\[x\]/);
  });
});

function cellsOf(line: string): number {
  return line.replaceAll("\\|", "").split("|").length;
}

describe("escapes", () => {
  test("inline text keeps to itself", () => {
    expect(md("a|b <i> *x* @you #12")).toBe("a\\|b &lt;i&gt; \\*x\\* @<!-- -->you #<!-- -->12");
  });
  test("code takes a fence longer than any inside", () => {
    expect(code("a`b")).toBe("``a`b``");
    expect(code("`")).toBe("`` ` ``");
    expect(codeCell("a|b")).toBe("`a\\|b`");
    expect(shellBlock(["echo ```"])).toBe("````sh\necho ```\n````");
  });
  test("a code span holds the whole text whatever it is", () => {
    assert(
      property(string({ minLength: 1 }), (text) => {
        const span = code(text);
        const fence = /^`*/.exec(span)?.[0] ?? "";
        expect(span === "" || span.slice(fence.length, -fence.length).match(/`+/g)?.includes(fence) !== true).toBe(true);
      }),
    );
  });
});
