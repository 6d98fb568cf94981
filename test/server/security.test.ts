/** Limits and the ways of a request past them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { REMEMBERED_MS, createAuthenticator } from "../../src/server/security/authenticator.js";
import { createGuard } from "../../src/server/security/guard.js";
import { isLoopback } from "../../src/server/security/is-loopback.js";
import { createRateLimit } from "../../src/server/security/rate-limit.js";
import { ROUTE_ACCESS, accessOf } from "../../src/server/security/route-access.js";
import { answerOf } from "../../src/server/errors.js";
import { listenError } from "../../src/server/open-server.js";
import type { Database } from "../../src/store/state/database.js";
import { isUnreachable } from "../../src/store/state/is-unreachable.js";
import { sha256 } from "../../src/support/hash.js";
import { UnforkError } from "../../src/support/errors.js";

describe("a limit of calls", () => {
  it("lets a burst go, then a call for each part of a second, and says when to come again", () => {
    const take = createRateLimit({ perSecond: 2, burst: 3 });
    expect([0, 0, 0, 0].map((ms) => take("a", ms))).toEqual([0, 0, 0, 1]);
    expect(take("b", 0)).toBe(0);
    expect([500, 500].map((ms) => take("a", ms))).toEqual([0, 1]);
    expect(take("a", 100_000)).toBe(0);
  });

  it("never lets more go than burst and rate allow, however the calls come and the clock jumps", () => {
    const calls = fc.array(fc.integer({ min: -2000, max: 3000 }), { maxLength: 200 });
    fc.assert(
      fc.property(calls, (steps) => {
        const take = createRateLimit({ perSecond: 5, burst: 10 });
        let at = 1_000_000;
        let forwards = 0;
        let gone = 0;
        for (const step of steps) {
          at += step;
          forwards += Math.max(0, step);
          if (take("one", at) === 0) gone += 1;
        }
        expect(gone).toBeLessThanOrEqual(10 + (forwards / 1000) * 5 + 1e-6);
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it("is none where the rate is 0", () => {
    const take = createRateLimit({ perSecond: 0, burst: 0 });
    expect(Array.from({ length: 100 }, () => take("a", 0)).every((wait) => wait === 0)).toBe(true);
  });
});

describe("the guard", () => {
  const caller = { id: "0123456789ab", name: "a", role: "reader" as const };
  const limits = { open: { perSecond: 1, burst: 1 }, api: { perSecond: 1, burst: 2 }, privateSeed: false };

  it("limits tokens on the API, addresses on what is open, and loopback on neither seeds nor evaluations", async () => {
    const guard = createGuard(async () => caller, limits);
    const [first, second, third] = [
      await guard.pass(["reader"], "10.0.0.1", {}, 0),
      await guard.pass(["reader"], "10.0.0.2", {}, 0),
      await guard.pass(["reader"], "10.0.0.3", {}, 0),
    ];
    expect([first, second, third]).toEqual([{ caller }, { caller }, { status: 429, message: "too many requests", retryAfter: 1 }]);
    expect([await guard.pass("seed", "10.0.0.1", {}, 0), await guard.pass("seed", "10.0.0.1", {}, 0)]).toMatchObject([{}, { status: 429 }]);
    expect(guard.isFree("seed", "127.0.0.1")).toBe(true);
    expect(guard.isFree("seed", "10.0.0.1")).toBe(false);
    expect(guard.isFree(["reader"], "127.0.0.1")).toBe(false);
  });

  it("slows down who tries tokens, and nobody else", async () => {
    const guard = createGuard(async ({ authorization }) => (authorization === "good" ? caller : null), {
      ...limits,
      api: { perSecond: 100, burst: 100 },
    });
    const tries = [];
    for (let at = 0; at < 12; at++) tries.push(await guard.pass(["reader"], "10.0.0.9", { authorization: "bad" }, 0));
    expect(tries.map((one) => ("status" in one ? one.status : 200))).toEqual([...Array<number>(10).fill(401), 429, 429]);
    expect(await guard.pass(["reader"], "10.0.0.9", { authorization: "good" }, 0)).toEqual({ caller });
  });

  it("knows loopback in all of its ways to be written", () => {
    expect(["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1", "localhost"].every(isLoopback)).toBe(true);
    expect(["10.0.0.1", "0.0.0.0", "::", "128.0.0.1", "::ffff:10.0.0.1"].some(isLoopback)).toBe(false);
  });
});

describe("the authenticator", () => {
  it("takes events on from who was known when the database went away, and nothing else", async () => {
    const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    let rows: object[] | undefined;
    const db = { select: () => ({ from: () => ({ where: async () => rows ?? Promise.reject(away) }) }) } as unknown as Database;
    const secret = "s".repeat(43);
    const clock = { ms: 0 };
    const authenticate = createAuthenticator({ db, project: "p", now: () => new Date(clock.ms) });
    for (const role of ["ingest", "reader"] as const) {
      const id = role === "ingest" ? "0".repeat(12) : "1".repeat(12);
      const headers = { authorization: `Bearer unfork_${role}_${id}_${secret}` };
      rows = [{ id, project: "p", role, name: "n", hash: sha256(secret), revokedAt: null, expiresAt: null }];
      expect(await authenticate(headers)).toEqual({ id, role, name: "n" });
      rows = undefined;
      clock.ms += REMEMBERED_MS + 1;
      if (role === "ingest") expect(await authenticate(headers)).toEqual({ id, role, name: "n" });
      else await expect(authenticate(headers)).rejects.toBe(away);
    }
  });
});

describe("routes and errors", () => {
  it("have no route without a line in the table, and no state behind an open one", () => {
    expect(() => accessOf("GET", "/api/v1/everything")).toThrow("no line");
    const open = Object.entries(ROUTE_ACCESS).filter(([, access]) => typeof access === "string");
    expect(open.every(([route]) => !route.includes("/api/"))).toBe(true);
  });

  it("say why nothing can be listened to, and pass on what is a bug", () => {
    const taken = Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" });
    expect(listenError(taken, "127.0.0.1", 8474)).toMatchObject({
      code: "network",
      message: expect.stringContaining("127.0.0.1:8474"),
      hint: expect.stringContaining("--port"),
    });
    const bug = new TypeError("no");
    expect(listenError(bug, "127.0.0.1", 8474)).toBe(bug);
  });

  it("tell callers what they can do about, and nothing of our own bugs", () => {
    expect(answerOf(new UnforkError("state-invalid", "it is held", { hint: "resume it" }))).toEqual({
      status: 409,
      body: { error: { code: "state-invalid", message: "it is held", hint: "resume it" } },
    });
    const bug = answerOf(new TypeError("cannot read secret of undefined"));
    expect([bug.status, JSON.stringify(bug.body).includes("secret")]).toEqual([500, false]);
    const away = Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" });
    expect(answerOf(new Error("Failed query", { cause: away }))).toMatchObject({ status: 503, retryAfter: 1 });
    expect(isUnreachable(Object.assign(new Error("duplicate key"), { code: "23505" }))).toBe(false);
  });
});
