/** That the ways to choose definitions of macros meet all pairs of those that a name is made of, also where there are too many ways. */
import { expect, it } from "vitest";

import { eachChoice } from "../../../src/isolate/survey/macro-choices.js";
import type { MacroBody } from "../../../src/isolate/survey/macro-bodies.js";

/** As many definitions of each macro as the numbers say, each with its own number as body. */
function definitions(counts: Readonly<Record<string, number>>): (name: string) => readonly MacroBody[] {
  const lists = Object.entries(counts).map(([name, count]): [string, MacroBody[]] => [
    name,
    Array.from({ length: count }, (_, at) => ({ name, file: 0, local: false, includes: [], parameters: undefined, body: [String(at)] })),
  ]);
  const known = new Map(lists);
  return (name) => known.get(name) ?? [];
}

it("goes through all ways where these are few", () => {
  const met = new Set<string>();
  eachChoice(definitions({ A: 4, B: 14, C: 3 }), (definitionOf) => {
    const before = met.size;
    met.add(["A", "B", "C"].map((name) => definitionOf(name)?.body[0]).join(" "));
    return met.size > before;
  });
  expect(met.size).toBe(4 * 14 * 3);
});

it("meets all pairs where there are many, also of a macro that is asked for last and only by some", () => {
  const met = new Set<string>();
  let reads = 0;
  eachChoice(definitions({ FUNCTION: 4, TYPE: 3, BASE: 14, ATOMIC: 12, SHORT: 14, QUALIFIER: 2 }), (definitionOf) => {
    reads++;
    const before = met.size;
    const [type, name] = [definitionOf("TYPE"), definitionOf("FUNCTION")?.body[0]];
    for (const other of ["BASE", "ATOMIC"]) definitionOf(other);
    if (type !== undefined) met.add(name === "0" ? "0" : `${name} ${definitionOf("SHORT")?.body[0]}`);
    definitionOf("QUALIFIER");
    return met.size > before;
  });
  expect(met.size).toBe(1 + 3 * 14);
  expect(reads).toBeLessThanOrEqual(512);
});

it("stops when nothing new comes", () => {
  let reads = 0;
  eachChoice(definitions({ A: 40, B: 40 }), (definitionOf) => {
    for (const name of ["A", "B"]) definitionOf(name);
    reads++;
    return false;
  });
  expect(reads).toBeLessThan(100);
});
