import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";

import type { FeatureStatus } from "../../src/model/feature.js";
import type { Verdict } from "../../src/model/use-case.js";
import { headline, headlineParts, type HeadlineFacts } from "../../src/report/headline.js";
import { sampleReport } from "../helpers/sample-report.js";

function facts(
  statuses: readonly FeatureStatus[],
  verdicts: readonly Verdict[],
  clashes: number | null,
  next = "unfork patch continue",
): HeadlineFacts {
  const sample = sampleReport();
  const [feature] = sample.features;
  const [useCase] = sample.useCases;
  if (feature === undefined || useCase === undefined || sample.audit === null) throw new Error("the sample lacks a part");
  return {
    ...sample,
    features: statuses.map((status) => Object.assign({}, feature, { status })),
    useCases: verdicts.map((verdict) => Object.assign({}, useCase, { verdict })),
    audit: clashes === null ? null : { ...sample.audit, clashes },
    next,
  };
}

const repeat = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

test("says all in one line", () => {
  const verdicts: Verdict[] = [...repeat<Verdict>("no worse", 50), "better", "better", "worse", "crashed"];
  expect(headline(facts([...repeat<FeatureStatus>("clean", 5), "conflict"], verdicts, 0))).toBe(
    "webrtc: base M120 → M150 · 6 features: 5 clean, 1 needs you · clashes 0 · 52/54 use cases no worse · next: unfork patch continue",
  );
});

test("one is singular, several are plural", () => {
  expect(headline(facts(["conflict"], ["no worse"], 0))).toContain("1 feature: 1 needs you · clashes 0 · 1/1 use case no worse");
  expect(headline(facts(["conflict", "conflict"], ["worse", "worse"], 0))).toContain("2 features: 2 need you · clashes 0 · 0/2 use cases");
});

test("what the run did not reach is left out", () => {
  expect(headline(facts([], [], null, ""))).toBe("webrtc: base M120 → M150");
});

test("all four fates are named, in one order", () => {
  expect(headline(facts(["conflict", "upstreamed", "auto", "clean"], [], null))).toContain(
    "4 features: 1 clean, 1 auto-resolved, 1 upstreamed, 1 needs you",
  );
});

test("large numbers are grouped", () => {
  expect(headline(facts([], [], 2412))).toContain("clashes 2,412");
});

function tones(value: HeadlineFacts): string[] {
  return headlineParts(value)
    .flat()
    .map((span) => span.tone);
}

test("bad news has a bad tone, good news a good one", () => {
  expect(tones(facts(["clean"], ["better"], 0))).not.toContain("bad");
  expect(tones(facts(["conflict"], [], null))).toContain("bad");
  expect(tones(facts([], ["worse"], null))).toContain("bad");
  expect(tones(facts([], [], 1))).toContain("bad");
});

test("no count of zero is told but that of clashes, and the counts add up", () => {
  const status = constantFrom<FeatureStatus>("clean", "auto", "upstreamed", "conflict");
  assert(
    property(array(status, { minLength: 1, maxLength: 30 }), (statuses) => {
      const text = headline(facts(statuses, [], 0));
      expect(text).not.toMatch(/\b0 (clean|auto|upstreamed|need)/);
      const counts = [...text.matchAll(/(\d+) (?:clean|auto-resolved|upstreamed|needs? you)/g)].map((match) => Number(match[1]));
      expect(counts.reduce((sum, size) => sum + size, 0)).toBe(statuses.length);
    }),
  );
});
