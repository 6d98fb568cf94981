import { describe, expect, it } from "vitest";

import { armsAt } from "../../../src/experiment/ramp/ranges.js";
import { exceeds, reviewBase } from "../../../src/experiment/ramp/review-base.js";
import { reviewText } from "../../../src/report/experiment/review.js";
import type { BasePayload, TrustedKey } from "../../../src/model/seed.js";
import { AT } from "../../helpers/experiments.js";

const ENDS = { from: { flavor: "legacy", release: "M120" }, to: { flavor: "latest", release: "M150" } } as const;
const KEY: TrustedKey = { id: "0".repeat(32), role: "signer", publicKey: "A".repeat(43) + "=" };

const NOW = Date.parse(AT);

function base(percent: number, change: Partial<BasePayload> = {}): BasePayload {
  return {
    project: "webrtc",
    version: 1,
    issued: AT,
    expires: "2026-12-20T00:00:00.000Z",
    flavors: { legacy: { release: "M120" }, latest: { release: "M150" } },
    keys: [KEY],
    revoked: [],
    useCases: {
      call: { experiment: "call-m150", phase: 1, unit: "device", salt: "0".repeat(32), default: "legacy", arms: armsAt(ENDS, percent) },
    },
    ...change,
  };
}

describe("what a signer sees of a base", () => {
  it("is every change of exposure, by the arms themselves and not by what the server says of them", () => {
    expect(reviewBase(base(5), base(25)).changes).toEqual([{ useCase: "call", from: 5, to: 25 }]);
    expect(reviewBase(base(5), base(5)).changes).toEqual([]);
    expect(reviewBase(undefined, base(5)).changes).toEqual([{ useCase: "call", from: 0, to: 5 }]);
  });

  it("counts what a halt took away: to give it back is a raise", () => {
    expect(reviewBase(base(5), base(5), { call: { cap: 0 } }).changes).toEqual([{ useCase: "call", from: 0, to: 5 }]);
  });

  it("tells keys that come and go, and releases", () => {
    const other: TrustedKey = { ...KEY, id: "1".repeat(32) };
    const review = reviewBase(base(5), base(5, { keys: [other], flavors: { legacy: { release: "M120" }, latest: { release: "M160" } } }));
    expect(review).toMatchObject({ keysAdded: [expect.stringContaining(other.id)], keysGone: [expect.stringContaining(KEY.id)] });
    expect(review.releases).toEqual(["latest: M150 → M160"]);
    expect(exceeds(review, 100, NOW)).toEqual(["the keys change", "the releases change"]);
  });

  it("tells what a server that was taken over could slip in beside: keys revoked, units drawn anew, a version or a time without end", () => {
    const { call } = base(5).useCases;
    const useCases = call === undefined ? {} : { call: { ...call, salt: "1".repeat(32) } };
    const revoked = ["2".repeat(32)];
    const review = reviewBase(base(5), base(5, { version: 2 ** 53 - 1, expires: "2099-01-01T00:00:00.000Z", revoked, useCases }));
    expect(review).toMatchObject({ changes: [], revoked, redrawn: ["call"], jumpsFrom: 1 });
    expect(exceeds(review, 100, NOW)).toEqual([
      "keys are revoked",
      "the units of call would be drawn anew",
      "the version would jump from 1 to 9007199254740991",
      "it would hold for more than 60 days",
    ]);
    const [other] = Object.values(base(5).useCases);
    const begun = reviewBase(
      base(5),
      base(5, {
        useCases: {
          ...base(5).useCases,
          music: { ...other, experiment: "music-aa", arms: armsAt({ from: ENDS.from, to: ENDS.from }, 5) },
        } as BasePayload["useCases"],
      }),
    );
    expect(begun).toMatchObject({ changes: [], experiments: ["music: none → music-aa"], redrawn: [] });
    const swapped = call?.arms.map((arm) => Object.assign({}, arm, { arm: arm.arm === "treatment" ? "control" : "treatment" }));
    const moved = reviewBase(base(5), base(5, { useCases: { call: { ...call, arms: swapped } } as BasePayload["useCases"] }));
    expect(moved).toMatchObject({ changes: [], redrawn: ["call"] });
    expect(exceeds(reviewBase(base(5, { revoked }), base(5, { version: 900, revoked })), 100, NOW)).toEqual([]);
    const text = reviewText({ ...review, raises: [], first: false }, { color: false, width: 100 });
    expect(text).toMatch(/revokes 2{32}, for good/);
    expect(text).toMatch(/call: its units are drawn anew/);
    expect(text).toMatch(/from 1 to 9007199254740991: devices take nothing below it any more/);
    expect(text).not.toMatch(/the same as before/);
  });

  it("leaves to a person what goes beyond the allowed share; lowering never does", () => {
    expect(exceeds(reviewBase(base(5), base(25)), 10, NOW)).toEqual(["call would go to 25 %, beyond 10 %"]);
    expect(exceeds(reviewBase(base(50), base(25)), 10, NOW)).toEqual([]);
  });
});
