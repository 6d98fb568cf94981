/** Holds our own evaluation of constant expressions against a compiler's, on expressions made at random. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { constantText } from "../../../../src/api/snapshot/constants/constant.js";
import { evaluated } from "../../../../src/api/snapshot/constants/evaluate.js";
import { runOk } from "../../../../src/support/exec.js";
import { missingTools } from "../../../helpers/compile.js";
import { temporaryFolder } from "../../../helpers/temp.js";
import { writeFileSync } from "node:fs";

const missing = await missingTools("g++");

const literal = fc.oneof(
  fc.integer({ min: 0, max: 70 }).map(String),
  fc.constantFrom("0x7fffffff", "0xffffffff", "1u", "3L", "5ul", "7ll", "9ull", "2147483648", "'A'", "true", "false", "1.5", "0.25f"),
);
const expression = fc.letrec<{ all: string }>((tie) => ({
  all: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    literal,
    fc.tuple(fc.constantFrom("-", "+", "~", "!"), tie("all")).map(([sign, one]) => `${sign}(${one})`),
    fc
      .tuple(tie("all"), fc.constantFrom("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "<", "<=", "==", "!=", "&&", "||"), tie("all"))
      .map(([a, sign, b]) => `(${a}) ${sign} (${b})`),
    fc.tuple(tie("all"), tie("all"), tie("all")).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
    fc
      .tuple(literal, fc.constantFrom("+", "*", "<<", "|", "-"), literal, fc.constantFrom("+", "&", ">>", "=="), literal)
      .map((parts) => parts.join(" ")),
  ),
})).all;

describe.skipIf(missing.length > 0)(`constant expressions against g++${missing.join()}`, () => {
  it("gives the compiler's value and type wherever it gives any", async () => {
    const folder = temporaryFolder();
    const known = fc.sample(expression, { numRuns: 900, seed: 7 }).flatMap((text) => {
      const found = evaluated(text, () => undefined, { long: 8, isCpp: true });
      return found === undefined ? [] : [{ text, found }];
    });
    expect(known.length).toBeGreaterThan(400);
    const lines = known.map(({ text }) => `  show(${text});`);
    const types = ["bool", "char", "int", "unsigned int", "long", "unsigned long", "long long", "unsigned long long", "float", "double"];
    const shows = types.map(
      (type) =>
        `void show(${type} v) { std::cout << "${type} " << std::setprecision(17) << ${type === "char" ? "int(v)" : "v"} << "\\n"; }`,
    );
    writeFileSync(join(folder, "a.cc"), ["#include <iostream>", "#include <iomanip>", ...shows, "int main() {", ...lines, "}"].join("\n"));
    await runOk({ command: "g++", args: ["-w", "-o", join(folder, "a"), join(folder, "a.cc")] });
    const told = (await runOk({ command: join(folder, "a"), args: [] })).stdout.toString("utf8").trim().split("\n");
    const ours = known.map(({ found }) => `${found.type} ${constantText(found)}`);
    const different = known.flatMap(({ text }, i) =>
      sameValue(told[i] ?? "", ours[i] ?? "") ? [] : [`${text}: ${ours[i]} is ${told[i]}`],
    );
    expect(different).toEqual([]);
  });
});

function sameValue(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => [text.slice(0, text.lastIndexOf(" ")), text.slice(text.lastIndexOf(" ") + 1)] as const) as [
    readonly [string, string],
    readonly [string, string],
  ];
  const isFloat = /float|double/.test(left[0]);
  return left[0] === right[0] && (isFloat ? Number(left[1]) === Number(right[1]) : left[1] === right[1]);
}
