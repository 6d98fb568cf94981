/** Holds how device-days are parted to be summed in bounded memory. */
import { describe, expect, it } from "vitest";

import { chunksOf } from "../../../src/store/telemetry/files/merge-days.js";

describe("the parts in which device-days are summed", () => {
  it("puts small experiments together, and parts a large one by its units", () => {
    const experiments = [
      { experiment: "a", rows: 100_000 },
      { experiment: "b", rows: 200_000 },
      { experiment: "c", rows: 150_000 },
      { experiment: "it's", rows: 1_000_000 },
      { experiment: "e", rows: 1 },
    ];
    expect(chunksOf(experiments)).toEqual([
      "experiment IN ('a', 'b')",
      "experiment IN ('c')",
      "experiment = 'it''s' AND hash(unit) % 3 = 0",
      "experiment = 'it''s' AND hash(unit) % 3 = 1",
      "experiment = 'it''s' AND hash(unit) % 3 = 2",
      "experiment IN ('e')",
    ]);
  });
});
