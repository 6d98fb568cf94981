/** Holds the check of events by hand against the schema: both take the same. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { telemetryEventSchema } from "../../../src/model/telemetry.js";
import { EVENT_COLUMNS } from "../../../src/store/telemetry/columns.js";
import { encodeEvents, encodeText } from "../../../src/store/telemetry/log/encode-lines.js";
import { event, fleet, ndjson } from "./sample-events.js";

const ANY_TIME = { earliest: 0, latest: Number.MAX_SAFE_INTEGER };

/** Values that are right in some field, and wrong in another. */
const oddValues = fc.constantFrom<unknown>(
  undefined,
  null,
  ..." x event-00001 treatment same mixed before startup running SIGSEGV a\tb a\nb é exposure metric crash end".split(" "),
  ..."0123456789abcdef0123456789abcdef 0123456789ABCDEF0123456789ABCDEF 2026-11-30T12:00:00Z 2026-11-30T12:00:00.5+01:00 2026-13-30T12:00:00Z".split(
    " ",
  ),
  ..."0 -0 1 -1 1.5 1023 1024 9007199254740992 9007199254740991 1e300 253402300799999 253402300800000".split(" ").map(Number),
  "x".repeat(65),
  "x".repeat(101),
  true,
  [],
  {},
);
const fields =
  "id time type experiment useCase phase arm unit flavor seed pair metric value denominator period stage signal other __proto__".split(" ");

const base = fc.constantFrom<Record<string, unknown>>(
  event("00001"),
  event("00002", { type: "metric", metric: "join-ms", value: 1.5 }),
  event("00003", { type: "metric", metric: "join-ms", value: -3, denominator: 2, period: "before", pair: "same" }),
  event("00004", { type: "crash", stage: "startup" }),
  event("00005", { type: "crash", stage: "running", signal: "SIGABRT", pair: "mixed" }),
  event("00006", { type: "end" }),
);
const changed = fc
  .tuple(base, fc.array(fc.tuple(fc.constantFrom(...fields), oddValues), { maxLength: 2 }))
  .map(([whole, changes]) => JSON.stringify(Object.fromEntries([...Object.entries(whole), ...changes])));

describe("the check of events", () => {
  it("takes what the schema takes, and nothing else", () => {
    fc.assert(
      fc.property(changed, (line) => {
        const bySchema = telemetryEventSchema.safeParse(JSON.parse(line)).success && isDate(JSON.parse(line));
        expect([line, encodeText(line, ANY_TIME).accepted === 1]).toEqual([line, bySchema]);
      }),
      { seed: 8, numRuns: 4000 },
    );
  });

  it("makes records of one line and the columns' number of fields", () => {
    fc.assert(
      fc.property(changed, (line) => {
        const { records, accepted } = encodeText(line, ANY_TIME);
        if (accepted === 0) return;
        expect(records.endsWith("\n") && !records.slice(0, -1).includes("\n") && !records.includes("#")).toBe(true);
        expect(records.slice(0, -1).split("\t")).toHaveLength(EVENT_COLUMNS.length);
      }),
      { seed: 9, numRuns: 2000 },
    );
  });

  it("reads lines and lists alike, passes empty lines over, and takes lines that end as on Windows", () => {
    const events = fleet({ units: 5 });
    const text = encodeText(ndjson(events), ANY_TIME);
    expect(text).toEqual(encodeEvents(events, ANY_TIME));
    expect(encodeText(`\n${ndjson(events).replaceAll("\n", "\r\n")}\n  \n`, ANY_TIME)).toEqual(text);
    expect(encodeText(ndjson(events).trimEnd(), ANY_TIME)).toEqual(text);
    expect(encodeText("", ANY_TIME)).toMatchObject({ accepted: 0, rejectedLines: 0 });
  });

  it("lists no more than 100 rejected lines", () => {
    const { rejected, rejectedLines } = encodeText("{}\n".repeat(500), ANY_TIME);
    expect([rejected.length, rejectedLines]).toEqual([100, 500]);
  });
});

/** The schema takes the form of a time; that there is such a day is seen by hand only. */
function isDate({ time }: { readonly time: unknown }): boolean {
  return typeof time === "number" ? time <= 253_402_300_799_999 : !Number.isNaN(Date.parse(String(time)));
}
