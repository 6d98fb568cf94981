/** Features come after what they build on, else by name; circles and unknown names are named. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dependencyOrder } from "../../src/patches/order.js";

function names(...features: [string, string[]?][]): string[] {
  return dependencyOrder(features.map(([name, dependsOn = []]) => ({ name, dependsOn }))).map((each) => each.name);
}

describe("the order of features", () => {
  it("is by name when nothing depends on anything", () => {
    expect(names(["c"], ["a"], ["b"])).toEqual(["a", "b", "c"]);
  });

  it("puts what is built on first", () => {
    expect(names(["a", ["z"]], ["m"], ["z", ["m"]])).toEqual(["m", "z", "a"]);
  });

  it("names a circle whole", () => {
    expect(() => names(["a", ["b"]], ["b", ["c"]], ["c", ["b"]])).toThrow("features depend on each other in a circle: b → c → b");
  });

  it("names an unknown feature, with the nearest known one as the hint", () => {
    expect(() => names(["tower", ["grund"]], ["ground"])).toThrow(
      expect.objectContaining({ message: "feature tower depends on 'grund', which is not there", hint: "did you mean 'ground'?" }),
    );
  });

  it("does not depend on the order of the input, and every dependency comes before", () => {
    const graph = fc.array(fc.array(fc.nat(20), { maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(graph, fc.integer(), (edges, seed) => {
        const features = edges.map((targets, index) => ({
          name: `f${index}`,
          dependsOn: [...new Set(targets.filter((target) => target < index).map((target) => `f${target}`))],
        }));
        const turn = features.length === 0 ? 0 : Math.abs(seed) % features.length;
        const shuffled = [...features.slice(turn), ...features.slice(0, turn)].toReversed();
        const order = dependencyOrder(shuffled).map((each) => each.name);
        expect(order).toEqual(dependencyOrder(features).map((each) => each.name));
        for (const feature of features)
          for (const needed of feature.dependsOn) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(feature.name));
      }),
    );
  });
});
