/** Holds what a telemetry folder promises: what is accepted stays, each id once, whatever is cut short. */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

import { type CompactStep, compactNext } from "../../../src/store/telemetry/files/compact.js";
import { type Telemetry, openTelemetry } from "../../../src/store/telemetry/open-telemetry.js";
import type { TelemetryOptions } from "../../../src/store/telemetry/options.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { NOON, event, fleet, ndjson } from "./sample-events.js";
import { storedIds, withDuck } from "./stored-ids.js";

const opened: Telemetry[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(dir: string, more: Partial<TelemetryOptions> = {}): Promise<Telemetry> {
  const telemetry = await openTelemetry({ dir, clock: () => NOON, compactEveryMs: 0, minFreeBytes: 0, ...more });
  opened.push(telemetry);
  return telemetry;
}

async function close(telemetry: Telemetry): Promise<void> {
  opened.splice(opened.indexOf(telemetry), 1);
  await telemetry.close();
}

function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id).toSorted();
}

describe("a telemetry folder", () => {
  it("has all that was accepted after it was closed and opened again, each id once", async () => {
    const dir = temporaryFolder();
    const events = fleet();
    const half = Math.floor(events.length / 2);
    const first = await open(dir);
    await first.accept(ndjson(events.slice(0, half + 100)));
    await close(first);
    const second = await open(dir);
    expect(second.stats().logBytes).toBeGreaterThan(0);
    await second.accept(ndjson(events.slice(half)));
    await second.flush();
    await second.accept(ndjson(events));
    await second.flush();
    expect(await storedIds(dir)).toEqual(idsOf(events));
    expect(second.stats()).toMatchObject({
      events: events.length,
      duplicates: events.length + 100,
      logBytes: 0,
      cutBytes: 0,
      trouble: undefined,
    });
    expect(readdirSync(join(dir, "log"))).toEqual([]);
  });

  it("counts an id once that comes twice in one batch, and on different days of sending", async () => {
    const dir = temporaryFolder();
    let now = NOON;
    const telemetry = await open(dir, { clock: () => now });
    await telemetry.accept([event("same"), event("same"), event("other")]);
    await telemetry.flush();
    now += 3 * 86_400_000;
    await telemetry.accept([event("same", { time: new Date(NOON).toISOString() })]);
    await telemetry.flush();
    expect(await storedIds(dir)).toEqual(["event-other", "event-same"]);
  });

  it("is refused to a second holder", async () => {
    const dir = temporaryFolder();
    await open(dir);
    await expect(openTelemetry({ dir })).rejects.toMatchObject({ code: "locked" });
  });

  it("lays many batches into few commits while the disk is at work", async () => {
    const telemetry = await open(temporaryFolder());
    const replies = await Promise.all(fleet().map((one) => telemetry.accept([one])));
    expect(replies.every(({ status }) => status === "accepted")).toBe(true);
    expect(telemetry.stats().commits).toBeLessThan(replies.length / 10);
  });

  it("keeps everything over ended segments and merged files", async () => {
    const dir = temporaryFolder();
    const telemetry = await open(dir, { segmentBytes: 8000 });
    const events = fleet({ days: 2 });
    for (let start = 0; start < events.length; start += 60) {
      await telemetry.accept(events.slice(start, start + 80));
      if (start % 120 === 0) await telemetry.flush();
    }
    await telemetry.flush();
    expect(await storedIds(dir)).toEqual(idsOf(events));
    expect(telemetry.stats().files).toBeLessThan(40);
  });

  it("cuts off what a kill left of a commit, at whatever byte", async () => {
    const dir = temporaryFolder();
    const first = await open(dir);
    await first.accept([event("kept")]);
    await first.accept([event("torn")]);
    await close(first);
    const path = join(dir, "log/000000000001.log");
    const whole = readFileSync(path);
    const kept = whole.indexOf("#F", 1);
    for (const cut of [kept + 1, kept + 12, kept + 40, whole.length - 1]) {
      const folder = temporaryFolder();
      const telemetry = await open(folder);
      await close(telemetry);
      writeFileSync(join(folder, "log/000000000001.log"), whole.subarray(0, cut));
      const again = await open(folder);
      expect(again.stats().cutBytes).toBe(cut - kept);
      await again.accept([event("later")]);
      await again.flush();
      expect(await storedIds(folder)).toEqual(["event-kept", "event-later"]);
      await close(again);
    }
  });

  it("keeps the whole commits around one that the disk has damaged, and the damaged file", async () => {
    const dir = temporaryFolder();
    const first = await open(dir);
    for (const id of ["one", "two", "six"]) await first.accept([event(id)]);
    await close(first);
    const path = join(dir, "log/000000000001.log");
    const bytes = readFileSync(path);
    bytes[bytes.indexOf("event-two")] = 0;
    writeFileSync(path, bytes);
    const again = await open(dir);
    await again.flush();
    expect(await storedIds(dir)).toEqual(["event-one", "event-six"]);
    expect(readdirSync(join(dir, "log"))).toEqual(["000000000001.damaged"]);
  });

  it("neither loses nor doubles when a compaction is cut short before any of its steps", async () => {
    for (const step of ["events", "days", "manifest", "remove"] as const) {
      const dir = temporaryFolder();
      const events = fleet({ units: 20, seed: 3 });
      const first = await open(dir);
      await first.accept(events.slice(0, 100));
      await first.flush();
      await first.accept(events.slice(50));
      await close(first);
      await expect(
        withDuck((duck) => compactNext(duck, { dir, upTo: 99, clock: 0, batchBytes: 1e9, before: failAt(step) })),
      ).rejects.toThrow(step);
      const second = await open(dir);
      await second.flush();
      expect(await storedIds(dir)).toEqual(idsOf(events));
      expect(second.stats().duplicates).toBe(50);
    }
  });

  it("refuses times too long ago or in the future, and goes by the latest clock when the clock falls back", async () => {
    const dir = temporaryFolder();
    let now = NOON;
    const telemetry = await open(dir, { clock: () => now });
    const day = 86_400_000;
    const batch = [
      event("early-ok", { time: NOON + day }),
      event("too-early", { time: NOON + day + 1 }),
      event("late-ok", { time: NOON - 90 * day }),
      event("too-late", { time: NOON - 90 * day - 1 }),
    ];
    expect(await telemetry.accept(batch)).toMatchObject({
      accepted: 2,
      rejected: [
        { line: 2, reason: "time: in the future" },
        { line: 4, reason: "time: too long ago" },
      ],
    });
    now = NOON - 1000 * day;
    expect(await telemetry.accept([event("after-fall", { time: NOON })])).toMatchObject({ accepted: 1 });
    await telemetry.flush();
    await close(telemetry);
    const again = await open(dir, { clock: () => NOON - 1000 * day });
    expect(await again.accept([event("after-start", { time: NOON + day })])).toMatchObject({ accepted: 1 });
  });

  it("removes events that are too old to come again, and keeps their sums", async () => {
    const dir = temporaryFolder();
    let now = NOON;
    const telemetry = await open(dir, { clock: () => now, keepEventDays: 10, limits: { lateDays: 5, earlyDays: 1 } });
    await telemetry.accept([event("old-one"), event("old-end", { type: "end", time: NOON + 1000 })]);
    await telemetry.flush();
    now += 11 * 86_400_000;
    await telemetry.accept([event("new-one", { time: now, unit: "f".repeat(32) })]);
    await telemetry.flush();
    expect(await storedIds(dir)).toEqual(["event-new-one"]);
    const { analyses } = await telemetry.analyse({
      now,
      experiments: [{ id: "laptop-call-m150", metrics: [{ name: "crash", kind: "rare" }] }],
    });
    expect(analyses[0]?.exposures).toMatchObject([{ units: 2, silent: 0, due: 1, unitsLastDay: 1 }]);
  });

  it("tells senders to wait when too much waits, and takes more when it is done", async () => {
    const telemetry = await open(temporaryFolder(), { queueBytes: 500 });
    const replies = await Promise.all(fleet().map((one) => telemetry.accept([one])));
    expect(replies.some((reply) => reply.status === "busy" && reply.reason === "queue" && reply.retryAfterSeconds === 1)).toBe(true);
    expect(await telemetry.accept([event("after")])).toMatchObject({ status: "accepted" });
    const accepted = replies.filter(({ status }) => status === "accepted").length + 1;
    await telemetry.flush();
    expect(telemetry.stats().events).toBe(accepted);
  });

  it("tells senders to wait when the log outgrows compaction, and compacts", async () => {
    const telemetry = await open(temporaryFolder(), { mostLogBytes: 1000 });
    await telemetry.accept(fleet().slice(0, 50));
    expect(await telemetry.accept([event("wait")])).toMatchObject({ status: "busy", reason: "behind" });
    await telemetry.flush();
    expect(await telemetry.accept([event("again")])).toMatchObject({ status: "accepted" });
  });

  it("takes nothing while the disk has less room than compaction needs", async () => {
    const telemetry = await open(temporaryFolder(), { minFreeBytes: 2 ** 60 });
    expect(await telemetry.accept([event("none")])).toEqual({ status: "busy", reason: "disk-full", retryAfterSeconds: 30 });
  });
});

function failAt(step: CompactStep): (at: CompactStep) => void {
  return (at) => {
    if (at === step) throw new Error(step);
  };
}
