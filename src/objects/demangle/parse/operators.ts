/** Owns the table of operators: two letters, the sign, its precedence, and what follows it in an expression. */
import {
  ADDITIVE,
  AND,
  ASSIGNMENT,
  COMMA,
  CONDITIONAL_LEVEL,
  EQUALITY,
  LOGICAL_AND,
  LOGICAL_OR,
  MULTIPLICATIVE,
  OR,
  POINTER_TO_MEMBER,
  POSTFIX_LEVEL,
  RELATIONAL,
  SHIFT,
  SPACESHIP,
  UNARY,
  XOR,
} from "../precedence.js";
import { text } from "../texts.js";
import type { Parser } from "./parser.js";

export type Form =
  | "binary"
  | "prefix"
  | "postfix"
  | "array"
  | "member"
  | "new"
  | "delete"
  | "call"
  | "cast"
  | "conditional"
  | "named-cast"
  | "of-type"
  | "of-expression";

export interface Operator {
  /** Numbers of texts: the sign in expressions, and `operator` with it. */
  readonly sign: number;
  readonly name: number;
  readonly precedence: number;
  readonly form: Form;
  /** Whether a function can be called so. */
  readonly nameable: boolean;
  /** A second form of the same sign: `delete[]`, `new[]`, a callee in parentheses. */
  readonly second: boolean;
  /** A sign that may stand in a fold. */
  readonly folds: boolean;
}

const TABLE: Operator[] = [];
const UNNAMEABLE: ReadonlySet<Form> = new Set(["named-cast", "of-type", "of-expression"]);

function define(letters: string, sign: string, precedence: number, form: Form, second = false): void {
  const isMember = form === "member";
  TABLE[indexOf(letters.charCodeAt(0), letters.charCodeAt(1))] = {
    sign: text(form === "new" || form === "delete" ? sign.replace("[]", "") : sign),
    name: text(`operator${/^[a-z]/.test(sign) ? " " : ""}${sign.trimEnd()}`),
    precedence,
    form,
    nameable: !UNNAMEABLE.has(form) && (!isMember || sign.startsWith("->")),
    second,
    folds: form === "binary" || (isMember && sign.endsWith("*")),
  };
}

function indexOf(first: number, second: number): number {
  return ((first & 0x7f) << 7) | (second & 0x7f);
}

const BINARY: readonly (readonly [number, string])[] = [
  [MULTIPLICATIVE, "ml * dv / rm %"],
  [ADDITIVE, "pl + mi -"],
  [SHIFT, "ls << rs >>"],
  [SPACESHIP, "ss <=>"],
  [RELATIONAL, "lt < gt > le <= ge >="],
  [EQUALITY, "eq == ne !="],
  [AND, "an &"],
  [XOR, "eo ^"],
  [OR, "or |"],
  [LOGICAL_AND, "aa &&"],
  [LOGICAL_OR, "oo ||"],
  [ASSIGNMENT, "aS = pL += mI -= mL *= dV /= rM %= aN &= oR |= eO ^= lS <<= rS >>="],
  [COMMA, "cm ,"],
];

for (const [precedence, signs] of BINARY) pairs(signs, (letters, sign) => define(letters, sign, precedence, "binary"));
pairs("ad & de * co ~ ng - nt ! ps +", (letters, sign) => define(letters, sign, UNARY, "prefix"));
pairs("pp ++ mm --", (letters, sign) => define(letters, sign, POSTFIX_LEVEL, "postfix"));
pairs("dt . pt ->", (letters, sign) => define(letters, sign, POSTFIX_LEVEL, "member"));
pairs("ds .* pm ->*", (letters, sign) => define(letters, sign, POINTER_TO_MEMBER, "member"));
pairs("cc const_cast dc dynamic_cast rc reinterpret_cast sc static_cast", (letters, sign) =>
  define(letters, sign, POSTFIX_LEVEL, "named-cast"),
);
define("ix", "[]", POSTFIX_LEVEL, "array");
define("cl", "()", POSTFIX_LEVEL, "call");
define("cp", "()", POSTFIX_LEVEL, "call", true);
define("cv", "", 3, "cast");
define("qu", "?", CONDITIONAL_LEVEL, "conditional");
define("nw", "new", UNARY, "new");
define("na", "new[]", UNARY, "new", true);
define("dl", "delete", UNARY, "delete");
define("da", "delete[]", UNARY, "delete", true);
define("aw", "co_await ", UNARY, "prefix");
define("st", "sizeof ", UNARY, "of-type");
define("sz", "sizeof ", UNARY, "of-expression");
define("at", "alignof ", UNARY, "of-type");
define("az", "alignof ", UNARY, "of-expression");
define("ti", "typeid ", POSTFIX_LEVEL, "of-type");
define("te", "typeid ", POSTFIX_LEVEL, "of-expression");

function pairs(words: string, each: (letters: string, sign: string) => void): void {
  const list = words.split(" ");
  for (let index = 0; index < list.length; index += 2) each(list[index] ?? "", list[index + 1] ?? "");
}

/** The operator that is next, which is taken; undefined when there is none. */
export function takeOperator(p: Parser): Operator | undefined {
  const found = TABLE[indexOf(p.bytes[p.at] ?? 0, p.bytes[p.at + 1] ?? 0)];
  if (found !== undefined && p.at + 2 <= p.end) p.at += 2;
  return found;
}
