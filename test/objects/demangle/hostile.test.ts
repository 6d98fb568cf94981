import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Demangled, demangle, demangleType, nameParts } from "../../../src/objects/demangle/demangle.js";
import { MOST_OUTPUT } from "../../../src/objects/demangle/limits.js";
import { NAMES } from "./names.js";

/** CPU time of one name, generous enough for a busy machine: a bound that depends on the input's size would be far above. */
const MOST_SECONDS = 3;
const RUNS = 1500;

/** Pieces of the grammar, so that changes go deep. */
const PIECES = `St Sa Ss S_ S0_ T_ T0_ TL0__ Ts Tn Ty Tt Tk Tp I E J X L Li1E N K V r R O P F A_ M Dp Dt DT Do DO Dw Dv Dk DB cv pl gt cl sr
  srN gs on dn il tl di dx dX fl fR fp_ sZ sP sp nx tw nw da qu mc so rq rQ Q W UlvE_ UlT_E_ Ut_ B1x C1 D1 CI1 F H DC 1a Z _ v i TV TC GV .x`
  .trim()
  .split(/\s+/);

const symbols = NAMES.map(([, symbol]) => symbol);
const change = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 4 }),
  insert: fc.oneof(fc.constantFrom(...PIECES), fc.constant(""), fc.string({ maxLength: 3 })),
});
const mutated = fc
  .tuple(fc.constantFrom(...symbols), fc.array(change, { minLength: 1, maxLength: 6 }))
  .map(([symbol, changes]) => changes.reduce((text, one) => changed(text, one), symbol));

function changed(text: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const place = 2 + (at % Math.max(1, text.length - 1));
  return text.slice(0, place) + insert + text.slice(place + remove);
}

function expectSound(symbol: string): Demangled {
  const since = process.cpuUsage();
  const found = demangle(symbol);
  const parts = nameParts(symbol);
  const { user, system } = process.cpuUsage(since);
  expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS);
  expect(found.full.length).toBeLessThanOrEqual(Math.max(MOST_OUTPUT, symbol.length) + symbol.length);
  if (found.status !== "demangled") expect([found.full, found.plain]).toEqual([symbol, symbol]);
  expect(parts === undefined || found.status === "demangled" || found.status === "too-big").toBe(true);
  return found;
}

describe("any input", () => {
  it("is demangled or given back, whatever a name was changed to", () => {
    let read = 0;
    fc.assert(
      fc.property(mutated, (symbol) => {
        if (expectSound(symbol).status === "demangled") read++;
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(RUNS / 50);
  });

  it("is demangled or given back, whatever the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expectSound(text);
        expectSound(`_Z${text}`);
        demangleType(text);
      }),
      { numRuns: RUNS },
    );
  });

  it("is cut anywhere without harm", () => {
    for (const symbol of symbols) for (let end = 0; end < symbol.length; end++) expectSound(symbol.slice(0, end));
  });
});

/** Each doubles what the one before stands for. */
function doubling(times: number): string {
  let symbol = "_Z1f1A";
  for (let index = 0; index < times; index++) {
    const reference = index === 0 ? "S_" : `S${(2 * index - 1).toString(36).toUpperCase()}_`;
    symbol += `1BI${reference}${reference}E`;
  }
  return symbol;
}

const HOSTILE: readonly (readonly [string, string, Demangled["status"]])[] = [
  ["back-references that double the text each time", doubling(30), "too-big"],
  ["such with thousands of steps", doubling(5000), "too-big"],
  ["pointers within one another", `_Z1f${"P".repeat(100_000)}i`, "too-big"],
  ["names within one another", `_Z1f${"N1A".repeat(50_000)}`, "malformed"],
  ["templates within one another", `_Z1f${"1AI".repeat(50_000)}i${"E".repeat(50_000)}`, "too-big"],
  ["expressions within one another", `_Z1fIX${"ng".repeat(50_000)}Li1EEEvv`, "too-big"],
  ["functions within one another", `_Z${"Z".repeat(50_000)}1fvE1x`, "too-big"],
  ["packs within one another", `_Z1fI${"J".repeat(50_000)}${"E".repeat(50_000)}Evv`, "too-big"],
  ["qualifiers within one another", `_Z1f${"U1q".repeat(50_000)}i`, "too-big"],
  ["declarations within one another", `_Z1fI${"Tp".repeat(50_000)}TyiEvv`, "too-big"],
  ["initialisers within one another", `_Z1fIXtl1A${"di1x".repeat(50_000)}Li1EEEEvv`, "too-big"],
  ["prefixes before one another", `${"_GLOBAL__I_".repeat(50_000)}_Z1fv`, "too-big"],
  ["an argument that holds the type which speaks of it", "_ZN1AcvPT_IPS1_EEv", "demangled"],
  ["references that only lead to one another", "_ZN1AcvRT_IRS1_EEv", "demangled"],
  ["a length of many digits", `_Z${"9".repeat(100_000)}f`, "malformed"],
  ["a substitution's number of many digits", `_Z1fS${"Z".repeat(100_000)}_`, "malformed"],
  ["a lambda's parameter at a level far out", "_ZUlTL99999__E_", "malformed"],
  ["a name longer than the limit", `_Z1f${"i".repeat(1 << 20)}`, "too-big"],
];

describe("a hostile name", () => {
  it.each(HOSTILE)("takes no more than its share: %s", (_, symbol, status) => {
    expect(expectSound(symbol).status).toBe(status);
    expect(demangle("_Z4readv").full).toBe("read()");
  });

  it("is read in a time that grows with its length", () => {
    const names = [1, 4].map((times) => `_Z1f${"N5meter5GaugeIiE4KindE".repeat(times * 4000)}`);
    const [small = 0, large = 0] = names.map((name) => {
      demangle(name);
      const since = process.cpuUsage();
      for (let round = 0; round < 5; round++) expect(demangle(name).status).toBe("demangled");
      const { user, system } = process.cpuUsage(since);
      return user + system;
    });
    expect(large / small).toBeLessThan(12);
  });

  it("is given back when the stack is nearly used up, and the next one is read", () => {
    const deep = `_Z1f${"P".repeat(900)}i`;
    function atTheEnd(): Demangled["status"] {
      try {
        return atTheEnd();
      } catch {
        return demangle(deep).status;
      }
    }
    expect(["too-big", "demangled"]).toContain(atTheEnd());
    expect(demangle(deep)).toMatchObject({ status: "demangled", full: `f(int${"*".repeat(900)})` });
  });

  it("may be deep all the same", () => {
    for (const deep of [`_Z1f${"P".repeat(1000)}i`, `_Z1fIX${"ng".repeat(1000)}Li1EEEvv`, `_Z1f${"1AI".repeat(300)}i${"E".repeat(300)}`]) {
      expect(demangle(deep).status).toBe("demangled");
    }
  });
});
