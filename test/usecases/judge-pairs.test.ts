/** Owns the claims about metrics that scatter: what a comparison says, and how often it is wrong. */
import { describe, expect, test } from "vitest";

import { type Metric, metricSchema } from "../../src/model/use-case.js";
import { ERROR_RATES, judgePairs } from "../../src/usecases/judge-pairs.js";
import { standardNormals } from "../stats/normals.js";

function metric(fields: Partial<Metric> = {}): Metric {
  return metricSchema.parse({
    id: "measured.cpu",
    name: "CPU",
    unit: "ns",
    direction: "lower",
    margin: 5,
    relative: true,
    measured: true,
    ...fields,
  });
}

function judge(fields: Partial<Metric>, legacy: (number | null)[], latest: (number | null)[]) {
  const [result] = judgePairs([{ metric: metric(fields), samples: { legacy, latest } }], ERROR_RATES);
  if (result === undefined) throw new Error("one metric gives one result");
  return result;
}

describe("pairs of runs", () => {
  test("that lose more than the margin, steadily, are worse; that gain, better; within it, no worse", () => {
    const legacy = [100, 101, 99, 100, 102, 100];
    expect(judge({}, legacy, [115, 117, 114, 115, 118, 114]).verdict).toBe("worse");
    expect(judge({}, legacy, [85, 86, 85, 84, 87, 85]).verdict).toBe("better");
    expect(judge({}, legacy, [101, 101, 100, 101, 102, 100]).verdict).toBe("no worse");
  });

  test("that scatter wider than the margin are inconclusive, and so are fewer than three", () => {
    expect(judge({}, [100, 101, 99, 100, 102], [101, 100, 300, 99, 100]).verdict).toBe("inconclusive");
    expect(judge({}, [100, 100], [150, 150]).verdict).toBe("inconclusive");
  });

  test("without scatter are judged by the change alone, a change of just the margin being within it", () => {
    const plain = { relative: false, margin: 10 };
    expect(judge(plain, [100, 100, 100], [110, 110, 110]).verdict).toBe("no worse");
    expect(judge(plain, [100, 100, 100], [111, 111, 111]).verdict).toBe("worse");
    expect(judge(plain, [100, 100, 100], [89, 89, 89]).verdict).toBe("better");
  });

  test("with direction 'higher' turn the sides, and the change shown keeps its own", () => {
    const result = judge({ direction: "higher" }, [100, 101, 99, 100], [80, 81, 79, 80]);
    expect(result.verdict).toBe("worse");
    expect(result.statistics?.change).toBeCloseTo(-20, 0);
    expect(result.statistics?.low).toBeLessThan(-20);
  });

  test("with direction 'target' are judged by the distance to it", () => {
    const level = { direction: "target" as const, target: 0, relative: false, margin: 1 };
    expect(judge(level, [0.1, 0, -0.1, 0], [-3.1, -3, -2.9, -3]).verdict).toBe("worse");
    expect(judge(level, [-3.1, -3, -2.9, -3], [0.1, 0, -0.1, 0]).verdict).toBe("better");
  });

  test("beyond the metric's limit are worse although nothing changed", () => {
    const result = judge({ limit: 90 }, [100, 100, 100, 100], [100, 100, 100, 100]);
    expect(result.verdict).toBe("worse");
  });

  test("of which one flavor gives no figure are not measured, or worse when only latest fails", () => {
    expect(judge({}, [null, null], [1, 2]).verdict).toBe("not measured");
    expect(judge({}, [1, 2], [null, null]).verdict).toBe("worse");
  });

  test("tell the interval and the smallest change they would have called worse", () => {
    const { statistics } = judge({}, [100, 101, 99, 100, 102, 100], [101, 101, 100, 101, 102, 100]);
    expect(statistics).toMatchObject({ pairs: 6, relative: true });
    expect(statistics?.low).toBeLessThan(statistics?.change ?? 0);
    expect(statistics?.high).toBeGreaterThan(statistics?.change ?? 0);
    expect(statistics?.detectable).toBeGreaterThan(5);
  });
});

/** Figures around `middle` that scatter by 3 %. */
function figures(noise: () => number, runs: number, middle: number): number[] {
  return Array.from({ length: runs }, () => middle * Math.exp(0.03 * noise()));
}

describe("a whole comparison of many use cases", () => {
  const METRICS = 54;

  /** Looks at `pairs` runs of each of many metrics; `factor` is what latest's figures are multiplied by. */
  function compare(noise: () => number, pairs: number, factor: (index: number) => number, margin: number) {
    const measured = Array.from({ length: METRICS }, (_, index) => {
      const samples = { legacy: figures(noise, pairs, 1000), latest: figures(noise, pairs, 1000 * factor(index)) };
      return { metric: metric({ margin }), samples };
    });
    return judgePairs(measured, ERROR_RATES).map((result) => result.verdict);
  }

  test("of a release with itself says a false 'worse' or 'better' at the stated rate at most, with the margin at zero", () => {
    const noise = standardNormals(7);
    const rounds = 1000;
    let wrong = 0;
    for (let round = 0; round < rounds; round++) {
      const looks = [4, 8, 16].map((pairs) => compare(noise, pairs, () => 1, 0));
      if (looks.some((verdicts) => verdicts.includes("worse"))) wrong += 1;
    }
    // Three standard errors above 1 % of 1,000.
    expect(wrong).toBeLessThanOrEqual(19);
  });

  test("finds the one that lost 25 %, and nothing else", () => {
    const noise = standardNormals(8);
    for (let round = 0; round < 50; round++) {
      const verdicts = compare(noise, 16, (index) => (index === 20 ? 1.25 : 1), 5);
      expect(verdicts.flatMap((verdict, index) => (verdict === "worse" ? [index] : []))).toEqual([20]);
    }
  });

  test("says 'no worse' of a metric that is worse by its margin at the stated rate at most", () => {
    const noise = standardNormals(9);
    const verdicts = Array.from({ length: 100 }, () => compare(noise, 8, () => 1.05, 5)).flat();
    const said = verdicts.filter((verdict) => verdict === "no worse").length;
    expect(said / verdicts.length).toBeLessThan(ERROR_RATES.falseNoWorse);
  });
});
