/** Owns the value of a constant expression of literals, operators and other macros; anything else is left to the compiler. */
import { tokensIn } from "../text/c-tokens.js";
import { commonType, type Constant, type ConstantRules, converted, isFloat, isInteger, promoted } from "./constant.js";
import { literalOf } from "./literals.js";

/** The text that a name stands for, or undefined. */
export type BodyOf = (name: string) => string | undefined;

const BINARY: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

/** Undefined where the text is no such expression, or has no value (a division by zero, a shift too far). */
export function evaluated(text: string, bodyOf: BodyOf, rules: ConstantRules, within: readonly string[] = []): Constant | undefined {
  const tokens = tokensIn(text, 0, text.length).map((token) => token.text);
  let at = 0;

  function whole(): Constant | undefined {
    const value = conditional();
    return at === tokens.length ? value : undefined;
  }

  function conditional(): Constant | undefined {
    const condition = binary(0);
    if (tokens[at] !== "?") return condition;
    at++;
    const yes = conditional();
    if (tokens[at++] !== ":") return undefined;
    const no = conditional();
    if (condition === undefined || yes === undefined || no === undefined || typeof condition.value === "string") return undefined;
    const chosen = isTrue(condition) ? yes : no;
    if (typeof yes.value === "string" || typeof no.value === "string") return yes.type === no.type ? chosen : undefined;
    return yes.type === no.type ? chosen : converted(chosen, commonType(yes.type, no.type, rules), rules);
  }

  function binary(level: number): Constant | undefined {
    const operators = BINARY[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (let sign = operator(operators); sign !== undefined; sign = operator(operators)) {
      const right = binary(level + 1);
      left = left === undefined || right === undefined ? undefined : combined(sign, left, right, rules);
    }
    return left;
  }

  /** `>>` comes as two tokens, since it may end two templates. */
  function operator(operators: readonly string[]): string | undefined {
    const isShift = tokens[at] === ">" && tokens[at + 1] === ">";
    const sign = isShift ? ">>" : tokens[at];
    if (sign === undefined || !operators.includes(sign)) return undefined;
    at += isShift ? 2 : 1;
    return sign;
  }

  function unary(): Constant | undefined {
    const sign = tokens[at];
    if (sign !== "-" && sign !== "+" && sign !== "~" && sign !== "!") return primary();
    at++;
    const operand = unary();
    if (operand === undefined || typeof operand.value === "string") return undefined;
    if (sign === "!") return { type: rules.isCpp ? "bool" : "int", value: isTrue(operand) ? 0n : 1n };
    const value = converted(operand, promoted(operand.type), rules);
    if (sign === "+") return value;
    if (typeof value.value === "number") return sign === "-" ? { type: value.type, value: -value.value } : undefined;
    return converted({ type: value.type, value: sign === "-" ? -(value.value as bigint) : ~(value.value as bigint) }, value.type, rules);
  }

  function primary(): Constant | undefined {
    const token = tokens[at++];
    if (token === undefined) return undefined;
    if (token === "(") {
      const value = conditional();
      return tokens[at++] === ")" ? value : undefined;
    }
    if (rules.isCpp && (token === "true" || token === "false")) return { type: "bool", value: token === "true" ? 1n : 0n };
    const value = literalOf(token, rules) ?? named(token);
    return typeof value?.value === "string" ? texts(value) : value;
  }

  /** Texts side by side are one. */
  function texts(first: Constant): Constant | undefined {
    let value = first.value as string;
    for (let next = tokens[at]; next !== undefined && /^[A-Za-z_"]/.test(next); next = tokens[at]) {
      const more = literalOf(next, rules) ?? named(next);
      if (typeof more?.value !== "string") return undefined;
      value += more.value;
      at++;
    }
    return { type: first.type, value };
  }

  function named(name: string): Constant | undefined {
    const body = /^[A-Za-z_]/.test(name) && !within.includes(name) ? bodyOf(name) : undefined;
    // Only a body that is one operand keeps its meaning between other tokens.
    if (body === undefined || (tokens.length > 1 && !isOneOperand(body))) return undefined;
    return evaluated(body, bodyOf, rules, [...within, name]);
  }

  return whole();
}

function isOneOperand(body: string): boolean {
  const tokens = tokensIn(body, 0, body.length);
  if (tokens.length === 1 || tokens.every(({ text }) => text.startsWith('"'))) return true;
  let depth = 0;
  return tokens.every(({ text }, i) => {
    depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    return depth > 0 || i === tokens.length - 1;
  });
}

function isTrue({ value }: Constant): boolean {
  return typeof value === "bigint" ? value !== 0n : value !== 0;
}

function combined(sign: string, left: Constant, right: Constant, rules: ConstantRules): Constant | undefined {
  if (!isNumber(left) || !isNumber(right)) return undefined;
  const truth = rules.isCpp ? "bool" : "int";
  if (sign === "&&" || sign === "||") {
    const holds = sign === "&&" ? isTrue(left) && isTrue(right) : isTrue(left) || isTrue(right);
    return { type: truth, value: holds ? 1n : 0n };
  }
  if (sign === "<<" || sign === ">>") return shifted(sign, left, right, rules);
  const type = commonType(left.type, right.type, rules);
  const [a, b] = [converted(left, type, rules).value, converted(right, type, rules).value];
  const compared = comparison(sign, a, b);
  if (compared !== undefined) return { type: truth, value: compared ? 1n : 0n };
  const value = typeof a === "number" ? ofFloats(sign, a, b as number) : ofIntegers(sign, a as bigint, b as bigint);
  if (value === undefined) return undefined;
  const result = converted({ type, value }, type, rules);
  // A signed overflow has no value.
  return typeof value === "bigint" && !type.startsWith("unsigned") && result.value !== value ? undefined : result;
}

function isNumber({ type }: Constant): boolean {
  return isInteger(type) || isFloat(type);
}

function shifted(sign: string, left: Constant, right: Constant, rules: ConstantRules): Constant | undefined {
  if (typeof left.value !== "bigint" || typeof right.value !== "bigint") return undefined;
  const type = promoted(left.type);
  const bits = type.endsWith("long long") ? 64n : type.endsWith("long") ? BigInt(rules.long * 8) : 32n;
  if (right.value < 0n || right.value >= bits || (left.value < 0n && sign === "<<")) return undefined;
  return converted({ type, value: sign === "<<" ? left.value << right.value : left.value >> right.value }, type, rules);
}

function comparison(sign: string, a: Constant["value"], b: Constant["value"]): boolean | undefined {
  if (sign === "==") return a === b;
  if (sign === "!=") return a !== b;
  if (sign === "<") return a < b;
  if (sign === ">") return a > b;
  if (sign === "<=") return a <= b;
  return sign === ">=" ? a >= b : undefined;
}

function ofFloats(sign: string, a: number, b: number): number | undefined {
  if (sign === "+") return a + b;
  if (sign === "-") return a - b;
  if (sign === "*") return a * b;
  return sign === "/" && b !== 0 ? a / b : undefined;
}

function ofIntegers(sign: string, a: bigint, b: bigint): bigint | undefined {
  if (sign === "+") return a + b;
  if (sign === "-") return a - b;
  if (sign === "*") return a * b;
  if (sign === "|") return a | b;
  if (sign === "&") return a & b;
  if (sign === "^") return a ^ b;
  if (b === 0n) return undefined;
  return sign === "/" ? a / b : sign === "%" ? a % b : undefined;
}
