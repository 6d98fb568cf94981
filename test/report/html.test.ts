import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";

import { escapeHtml, html, markupOf, raw } from "../../src/report/html/template.js";
import { renderReport } from "../../src/report/index.js";
import { hostileReport } from "../helpers/hostile-report.js";
import { earlyReport, sampleReport } from "../helpers/sample-report.js";

const options = { color: false, width: 100 };
const page = renderReport("html", sampleReport(), options);

describe("the template", () => {
  test("escapes text, keeps markup, joins lists, drops nothing-values", () => {
    const list = ["<", html`<b>${"&"}</b>`, null, undefined, false as const, 7];
    expect(markupOf(html`<p title="${'"'}">${list}${raw("<hr>")}</p>`)).toBe('<p title="&quot;">&lt;<b>&amp;</b>7<hr></p>');
  });

  test("leaves no character that could end a text or a quoted attribute", () => {
    assert(property(string({ unit: "binary", maxLength: 40 }), (text) => void expect(escapeHtml(text)).not.toMatch(/[<>"']/)));
  });

  test("shows control and override characters instead of obeying them", () => {
    expect(escapeHtml("a\u0000\u202eb\n")).toBe("a\\u0000\\u202eb\n");
  });
});

describe("the use cases", () => {
  const grid = page.slice(page.indexOf('<div class="grid">'), page.indexOf('data-filter="cases"'));

  test("stand in a grid, what needs a decision first, each cell linked to its evidence", () => {
    const groups = [...grid.matchAll(/<h3[^>]*>.*?<\/span> \d+ ([a-z ]+) <small>/g)].map((match) => match[1]);
    expect(groups).toEqual(["worse", "better", "no worse"]);
    const links = [...grid.matchAll(/href="#(case-[^"]*)"/g)].map((match) => match[1]);
    expect(links.length).toBe(12);
    expect(links.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
  });

  test("say why beside the name: what decided, or how it ended", () => {
    expect(grid).toMatch(/Headset in wind<\/b><span>Noise reduction −1\.9 dB/);
  });

  test("link what both flavors wrote, and picture a sound with the place of its largest difference", () => {
    expect(page).toContain('<a href="../use-cases/headset-in-wind/latest/out.wav">out.wav</a>');
    expect(page).toContain("Level over time: within 1 dB everywhere");
    expect(page).toContain("Long-term spectrum, third octaves: latest differs most at 8 kHz, by −12.5 dB");
  });
});

describe("the page", () => {
  test("loads nothing: no link, no import, no address but anchors and files beside the report", () => {
    expect(page).not.toMatch(/<link|@import|\burl\(|<iframe|<object|<base/);
    expect([...page.matchAll(/(?:src|href|action)="([^"]*)"/g)].filter((match) => !/^(#|\.\.\/use-cases\/)/.test(match[1] ?? ""))).toEqual(
      [],
    );
  });

  test("forbids everything but its own script and style", () => {
    expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;|default-src 'none'; script-src 'sha256-/);
    expect(page).not.toMatch(/ style="| on\w+="/);
  });

  test("holds the headline's words, then what needs a person, then the figures", () => {
    const order = [
      "1 needs you",
      "Needs you",
      "Features ready",
      'id="features"',
      'id="use-cases"',
      'id="sizes"',
      'id="audit"',
      'id="not-checked"',
    ];
    const places = order.map((text) => page.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("every table has a caption and heads with a scope", () => {
    expect(page.match(/<table/g)?.length).toBe(page.match(/<caption/g)?.length);
    expect(page).not.toMatch(/<th(?! scope=)[ >]/);
  });

  test("leaves out the sections that the run did not reach, and their links", () => {
    const early = renderReport("html", earlyReport(), options);
    expect(early).not.toMatch(/id="(audit|sizes|use-cases|isolation)"|href="#(audit|sizes|use-cases|isolation)"/);
  });

  test("no foreign text becomes a tag or an attribute", () => {
    const hostile = renderReport("html", hostileReport(), options);
    expect(tagsOf(hostile)).toEqual(tagsOf(page));
    expect(hostile.match(/<script>/g)).toHaveLength(2);
    expect(hostile).not.toContain("<img");
  });

  test("a long list of findings is cut, and says where the rest is", () => {
    const sample = sampleReport();
    const [finding] = sample.audit?.findings ?? [];
    if (finding === undefined || sample.audit === null) throw new Error("the sample lacks a finding");
    const findings = Array.from({ length: 600 }, (_, index) => ({ ...finding, id: String(index) }));
    expect(renderReport("html", { ...sample, audit: { ...sample.audit, findings } }, options)).toContain(
      "100 more findings: all are in report.json",
    );
  });
});

function tagsOf(text: string): Set<string> {
  return new Set(text.match(/<[a-z][^\s>]*/g));
}
