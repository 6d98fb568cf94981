/** Holds the values of constant expressions that macros stand for. */
import { describe, expect, it } from "vitest";

import { constantText } from "../../../../src/api/snapshot/constants/constant.js";
import { evaluated } from "../../../../src/api/snapshot/constants/evaluate.js";

const MACROS: Readonly<Record<string, string>> = {
  ONE: "1",
  SUM: "1 + 2",
  BRACKETED: "(1 + 2)",
  NAME: '"name"',
  LOOP: "LOOP",
  PING: "PONG",
  PONG: "PING",
};

function valueOf(text: string, isCpp = true): string | undefined {
  const found = evaluated(text, (name) => MACROS[name], { long: 8, isCpp });
  return found === undefined ? undefined : `${found.type} ${constantText(found)}`;
}

describe("constant expressions of macros", () => {
  it.each([
    ["42", "int 42"],
    ["0x80000000", "unsigned int 2147483648"],
    ["2147483648", "long 2147483648"],
    ["0x1'000u", "unsigned int 4096"],
    ["017", "int 15"],
    ["-1", "int -1"],
    ["~0u", "unsigned int 4294967295"],
    ["1ull << 40", "unsigned long long 1099511627776"],
    ["(1 << 3) | 1", "int 9"],
    ["16 >> 2", "int 4"],
    ["-1 < 0u", "bool 0"],
    ["1 ? 2 : 3L", "long 2"],
    ["!0", "bool 1"],
    ["'a'", "char 97"],
    ["'\\n' + 0", "int 10"],
    ["true", "bool 1"],
    ["0.5f", "float 0.5"],
    ["1.5 * 2", "double 3"],
    ["1 - 2u", "unsigned int 4294967295"],
    ['"a" "b\\t"', 'const char* "ab\\t"'],
    ['NAME "-" NAME', 'const char* "name-name"'],
    ["SUM", "int 3"],
    ["BRACKETED * 2", "int 6"],
  ])("%s is %s", (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it("has C's types for characters and truth where the headers are C", () => {
    expect([valueOf("'a'", false), valueOf("1 == 1", false), valueOf("true", false)]).toEqual(["int 97", "int 1", undefined]);
  });

  it.each([
    "SUM * 2",
    "LOOP",
    "PING",
    "1 / 0",
    "1 << 32",
    "2147483647 + 1",
    "unknown",
    "(int)1",
    "sizeof(int)",
    "1 +",
    "",
    "'ab'",
    'L"wide"',
    "0x1p3",
    "09",
  ])("leaves %s to the compiler", (text) => {
    expect(valueOf(text)).toBeUndefined();
  });
});
