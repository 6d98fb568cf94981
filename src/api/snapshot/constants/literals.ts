/** Owns the literals of C and C++: numbers, characters, texts. */
import { type Constant, type ConstantRules, converted } from "./constant.js";

/** Undefined for what is no literal, or one whose value depends on more than its letters. */
export function literalOf(token: string, rules: ConstantRules): Constant | undefined {
  if (/^\.?\d/.test(token)) return numberOf(token.replaceAll("'", ""), rules);
  const [, letters] = /^'((?:[^'\\]|\\[\s\S])+)'$/.exec(token) ?? [];
  if (letters !== undefined) return characterOf(letters, rules);
  const [, text] = /^"((?:[^"\\]|\\[\s\S])*)"$/.exec(token) ?? [];
  const plain = text === undefined ? undefined : unescaped(text);
  return plain === undefined ? undefined : { type: "const char*", value: plain };
}

function numberOf(token: string, rules: ConstantRules): Constant | undefined {
  const [, digits = "", suffix = ""] = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)([uUlL]*)$/.exec(token) ?? [];
  return digits === "" ? floatOf(token) : integerOf(digits, suffix.toLowerCase(), rules);
}

function floatOf(token: string): Constant | undefined {
  const [, digits = "", suffix = ""] = /^((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([fFlL]?)$/.exec(token) ?? [];
  if (digits === "") return undefined;
  if (suffix === "") return { type: "double", value: Number(digits) };
  return /f/i.test(suffix) ? { type: "float", value: Math.fround(Number(digits)) } : { type: "long double", value: Number(digits) };
}

/** The first type of the list that holds the value; only other bases than ten may become unsigned by themselves. */
function integerOf(digits: string, suffix: string, rules: ConstantRules): Constant | undefined {
  if (!/^(?:|u|l|ul|lu|ll|ull|llu)$/.test(suffix)) return undefined;
  const isOctal = /^0\d/.test(digits);
  if (isOctal && /[89]/.test(digits)) return undefined;
  const value = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  const isDecimal = /^[1-9]/.test(digits);
  const first = suffix.includes("ll") ? 2 : suffix.includes("l") ? 1 : 0;
  for (const type of ["int", "long", "long long"].slice(first)) {
    for (const candidate of suffix.includes("u") ? [`unsigned ${type}`] : isDecimal ? [type] : [type, `unsigned ${type}`]) {
      if (converted({ type: "", value }, candidate, rules).value === value) return { type: candidate, value };
    }
  }
  return undefined;
}

function characterOf(letters: string, { isCpp }: ConstantRules): Constant | undefined {
  const text = unescaped(letters);
  const code = text?.codePointAt(0);
  if (text === undefined || code === undefined || text.length !== 1 || code > 127) return undefined;
  return { type: isCpp ? "char" : "int", value: BigInt(code) };
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "0": "\0",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
};

/** Undefined where an escape stands for a byte that is no letter. */
function unescaped(text: string): string | undefined {
  let isKnown = true;
  const found = text.replaceAll(/\\(x[\da-fA-F]+|[0-7]{1,3}|[\s\S])/g, (_, escape: string) => {
    const code = escape.startsWith("x")
      ? Number.parseInt(escape.slice(1), 16)
      : /^[0-7]/.test(escape)
        ? Number.parseInt(escape, 8)
        : undefined;
    const letter = code === undefined ? SIMPLE[escape] : code < 128 ? String.fromCodePoint(code) : undefined;
    isKnown &&= letter !== undefined;
    return letter ?? "";
  });
  return isKnown ? found : undefined;
}
