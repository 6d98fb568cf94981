import { describe, expect, it } from "vitest";

import { atMost } from "../../src/support/at-most.js";

describe("work side by side", () => {
  it("is never more than so much at a time, in the order in which it was asked for, also where some of it fails", async () => {
    const turn = atMost(3);
    let now = 0;
    let most = 0;
    const began: number[] = [];
    const work = Array.from({ length: 20 }, (_, at) =>
      turn(async () => {
        began.push(at);
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, at % 4));
        now--;
        if (at % 5 === 0) throw new Error(String(at));
        return at;
      }),
    );
    const results = await Promise.allSettled(work);
    expect([most, now, began]).toEqual([3, 0, Array.from({ length: 20 }, (_, at) => at)]);
    expect(results.map(({ status }) => status === "fulfilled")).toEqual(Array.from({ length: 20 }, (_, at) => at % 5 !== 0));
  });
});
