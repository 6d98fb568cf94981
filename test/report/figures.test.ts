import { assert, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";

import { byteDelta, bytes, count, decimal, duration, plural, signed } from "../../src/report/figures.js";

describe("numbers", () => {
  test("are grouped by thousands", () => {
    expect([0, 999, 1000, 1_234_567].map(count)).toEqual(["0", "999", "1,000", "1,234,567"]);
  });
  test("have a true minus sign, and no minus zero", () => {
    expect(decimal(-1234.56, 1)).toBe("−1,234.6");
    expect(decimal(-0.04, 1)).toBe("0.0");
  });
  test("say their sign when it is a change", () => {
    expect([decimal(3, 0), decimal(-3, 0), decimal(0, 1)].map(signed)).toEqual(["+3", "−3", "±0.0"]);
  });
  test("agree with their noun", () => {
    expect([plural(0, "feature"), plural(1, "feature"), plural(2, "feature")]).toEqual(["0 features", "1 feature", "2 features"]);
  });
  test("read back as what they were", () => {
    assert(
      property(integer(), (value) => {
        expect(Number(count(value).replaceAll(",", "").replace("−", "-")) + 0).toBe(value + 0);
      }),
    );
  });
});

describe("bytes", () => {
  test("take the largest unit they fill", () => {
    expect([0, 1023, 1024, 1024 ** 2, 1.5 * 1024 ** 3].map(bytes)).toEqual(["0 B", "1,023 B", "1.0 KiB", "1.00 MiB", "1.50 GiB"]);
  });
  test("their change is told twice, as bloaty does", () => {
    expect(byteDelta(1024, 2048)).toEqual({ absolute: "+1.0 KiB", relative: "+100.0 %" });
    expect(byteDelta(2048, 1024)).toEqual({ absolute: "−1.0 KiB", relative: "−50.0 %" });
    expect(byteDelta(0, 10)).toEqual({ absolute: "+10 B", relative: null });
    expect(byteDelta(10, 10)).toEqual({ absolute: "±0 B", relative: "±0.0 %" });
  });
});

test("durations are told as a person would", () => {
  expect([0, 999, 1000, 59_949, 59_999, 65_000, 3_600_000, 7_380_000].map(duration)).toEqual([
    "0 ms",
    "999 ms",
    "1.0 s",
    "59.9 s",
    "1 min 00 s",
    "1 min 05 s",
    "1 h 00 min",
    "2 h 03 min",
  ]);
});
