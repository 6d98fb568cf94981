/** Owns the claims about verdicts. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type Metric, metricSchema } from "../../src/model/use-case.js";
import { breaksLimit, gainOf, judgeMetric, median, overallVerdict } from "../../src/usecases/verdict.js";

function metric(fields: Partial<Metric> = {}): Metric {
  return metricSchema.parse({ id: "quality.erleDb", name: "echo", unit: "dB", direction: "higher", margin: 1, ...fields });
}

function verdict(fields: Partial<Metric>, legacy: (number | null)[], latest: (number | null)[]) {
  return judgeMetric(metric(fields), { legacy, latest }).verdict;
}

/** Hundredths, so that a margin is never lost in the rounding of a subtraction. */
const number = fc.integer({ min: -1e6, max: 1e6 }).map((hundredths) => hundredths / 100);
const samples = fc.array(number, { minLength: 1, maxLength: 9 });
const RANK: readonly string[] = ["worse", "no worse", "better"];
const direction = fc.constantFrom("higher" as const, "lower" as const);

describe("one deterministic metric", () => {
  test("a change within the margin is no worse, beyond it better or worse", () => {
    expect(verdict({}, [20], [19])).toBe("no worse");
    expect(verdict({}, [20], [21])).toBe("no worse");
    expect(verdict({}, [20], [18.9])).toBe("worse");
    expect(verdict({}, [20], [21.1])).toBe("better");
  });

  test("direction 'lower' turns the sides", () => {
    expect(verdict({ direction: "lower" }, [20], [21.1])).toBe("worse");
    expect(verdict({ direction: "lower" }, [20], [18.9])).toBe("better");
  });

  test("direction 'target' judges the distance on either side of the target", () => {
    const level = { direction: "target" as const, target: -20 };
    expect(verdict(level, [-20], [-22])).toBe("worse");
    expect(verdict(level, [-20], [-18])).toBe("worse");
    expect(verdict(level, [-25], [-21])).toBe("better");
    expect(verdict(level, [-23], [-17])).toBe("no worse");
  });

  test("a relative margin is in percent of the legacy value, whatever its sign", () => {
    expect(verdict({ relative: true, margin: 10 }, [-50], [-54])).toBe("no worse");
    expect(verdict({ relative: true, margin: 10 }, [-50], [-56])).toBe("worse");
  });

  test("a broken limit is worse although the legacy flavor is as bad", () => {
    expect(verdict({ limit: 15 }, [10], [14])).toBe("worse");
    expect(verdict({ limit: 15 }, [10], [15])).toBe("better");
    expect(verdict({ limit: 15 }, [null], [14])).toBe("worse");
    expect(breaksLimit(metric({ direction: "target", target: -20, limit: 6 }), -27)).toBe(true);
    expect(breaksLimit(metric({ direction: "lower", limit: 6 }), 6)).toBe(false);
  });

  test("a figure that no flavor gives is not measured; one that only latest fails to give is worse", () => {
    expect(verdict({}, [null], [null])).toBe("not measured");
    expect(verdict({}, [null], [3])).toBe("not measured");
    expect(verdict({}, [3], [null])).toBe("worse");
    expect(verdict({}, [3], [Number.NaN])).toBe("worse");
  });

  test("equal values are no worse, whatever the margin", () => {
    fc.assert(
      fc.property(number, fc.nat(), direction, (value, margin, side) => {
        expect(verdict({ direction: side, margin }, [value], [value])).toBe("no worse");
      }),
    );
  });

  test("with flavors swapped, better and worse change places (absolute margin, no limit)", () => {
    const swapped: Record<string, string> = { better: "worse", worse: "better", "no worse": "no worse" };
    fc.assert(
      fc.property(number, number, fc.nat(100), direction, (a, b, margin, side) => {
        const there = verdict({ direction: side, margin }, [a], [b]);
        expect(verdict({ direction: side, margin }, [b], [a])).toBe(swapped[there]);
      }),
    );
  });

  test("a better latest value never gives a worse verdict", () => {
    fc.assert(
      fc.property(number, number, number, fc.nat(100), direction, fc.option(number), (legacy, a, b, margin, side, limit) => {
        const fields = { direction: side, margin, ...(limit === null ? {} : { limit }) };
        const [low, high] = gainOf(metric(fields), legacy, a) <= gainOf(metric(fields), legacy, b) ? [a, b] : [b, a];
        expect(RANK.indexOf(verdict(fields, [legacy], [low]))).toBeLessThanOrEqual(RANK.indexOf(verdict(fields, [legacy], [high])));
      }),
    );
  });
});

describe("the median", () => {
  test("lies between the extremes and does not mind the order", () => {
    fc.assert(
      fc.property(samples, (values) => {
        const middle = median(values);
        expect(middle).toBeGreaterThanOrEqual(Math.min(...values));
        expect(middle).toBeLessThanOrEqual(Math.max(...values));
        expect(median(values.toReversed())).toBe(middle);
      }),
    );
  });

  test("leaves out what is no number, and is null when nothing is left", () => {
    expect(median([null, 1, Number.NaN, 3, Number.NEGATIVE_INFINITY])).toBe(2);
    expect(median([null])).toBeNull();
  });
});

describe("a use case", () => {
  const any = fc.array(
    fc.record({ verdict: fc.constantFrom(...(["better", "no worse", "inconclusive", "worse", "not measured"] as const)) }),
  );

  test("is worse when any metric is, inconclusive when any is not settled, better when one is and all are settled", () => {
    fc.assert(
      fc.property(any, (metrics) => {
        const has = (wanted: string) => metrics.some((each) => each.verdict === wanted);
        expect(overallVerdict(metrics)).toBe(["worse", "inconclusive", "better"].find(has) ?? "no worse");
      }),
    );
  });

  test("with a better and a worse metric is worse", () => {
    expect(overallVerdict([{ verdict: "better" }, { verdict: "worse" }])).toBe("worse");
    expect(overallVerdict([{ verdict: "better" }, { verdict: "not measured" }])).toBe("better");
  });
});
