/** The lag counts upstream's releases and days, and says nothing that the configuration does not tell. */
import { describe, expect, it } from "vitest";

import { lagOf } from "../../src/pipeline/lag.js";

function flavor(release: string) {
  return { release, isolate: {} as never };
}

function lag(
  releases: readonly { id: string; date?: string }[],
  legacy: string,
  told: ReadonlyMap<string, { day: string; from: string }> = new Map(),
) {
  const listed = releases.map((release) => ({ keep: [], sources: [{ kind: "folder" as const, path: "x", into: "." }], ...release }));
  return lagOf({ upstream: { releases: listed }, flavors: { legacy: flavor(legacy), latest: flavor(releases.at(-1)?.id ?? "") } }, told);
}

describe("the lag", () => {
  it("is counted by the numbers of the labels", () => {
    expect(lag([{ id: "M120" }, { id: "M150" }], "M120")).toEqual({ on: "M120", newest: "M150", releases: 30, days: null, dates: [] });
  });
  it("is counted by the list where labels are versions, and in days where both have one", () => {
    const releases = [
      { id: "5.1.9", date: "2024-01-10" },
      { id: "6.0", date: "2024-02-10" },
      { id: "7.1.5", date: "2025-01-09" },
    ];
    expect(lag(releases, "5.1.9")).toEqual({ on: "5.1.9", newest: "7.1.5", releases: 2, days: 365, dates: expect.any(Array) });
  });
  it("goes to the newest, in whatever order they are listed", () => {
    expect(lag([{ id: "M150" }, { id: "M120" }], "M120")).toMatchObject({ newest: "M150", releases: 30 });
    expect(
      lag(
        [
          { id: "b", date: "2025-01-02" },
          { id: "a", date: "2025-01-01" },
        ],
        "a",
      ),
    ).toMatchObject({ newest: "b", days: 1 });
  });
  it("takes the day that a source told where the configuration gives none, and says who told it", () => {
    const told = new Map([["M150", { day: "2024-01-11", from: "commit 0123456789ab" }]]);
    expect(lag([{ id: "M120", date: "2024-01-01" }, { id: "M150" }], "M120", told)).toMatchObject({
      days: 10,
      dates: [
        { release: "M120", day: "2024-01-01", from: "the configuration" },
        { release: "M150", day: "2024-01-11", from: "commit 0123456789ab" },
      ],
    });
  });
  it("is none on the newest", () => {
    expect(lag([{ id: "M120" }, { id: "M150" }], "M150")).toMatchObject({ releases: 0 });
  });
});
