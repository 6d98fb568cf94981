/** Which members of an instance do not compile, told apart from what does not compile in the headers themselves. */
import { describe, expect, it } from "vitest";

import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { snapshotOf } from "../../helpers/snapshots.js";

const libclang = await findLibclang();

const SUM = "template <class T> T sum(const T& a) { return a + a; }\n";
const BOX = `struct Odd {};
template <class T> struct Box { T held; T twice() const { return sum(held); } T same() const { return held; } };
struct User { Box<int> good; Box<Odd> bad; };
`;

describe.skipIf(libclang === undefined)("members of instances that do not compile", () => {
  it("are found where the error lies in a body that they call", async () => {
    const { instances } = await snapshotOf(SUM + BOX, { engine: "libclang" });
    expect(instances.map(({ spelling, broken }) => [spelling, broken.length])).toEqual([
      ["Box<Odd>", 1],
      ["Box<int>", 0],
    ]);
  });

  it("are not those of a header whose own body does not compile", async () => {
    const text = `inline int own() { return missing; }\n${SUM.replace("a + a", "a")}${BOX.replace("return held; }", "missing_too(); return held; }")}`;
    const { instances } = await snapshotOf(text, { engine: "libclang", keepGoing: true });
    expect(instances.map(({ spelling, broken }) => [spelling, broken.length])).toEqual([
      ["Box<Odd>", 0],
      ["Box<int>", 0],
    ]);
  });
});
