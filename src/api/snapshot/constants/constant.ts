/** Owns values of constant expressions with their C types, and the conversions between these. */

/** A text is without its quotation marks; integers are exact. */
export interface Constant {
  readonly type: string;
  readonly value: bigint | number | string;
}

/** What the target's `long` takes, in bytes; whether characters are C++'s. */
export interface ConstantRules {
  readonly long: number;
  readonly isCpp: boolean;
}

const INTEGERS = ["bool", "char", "int", "unsigned int", "long", "unsigned long", "long long", "unsigned long long"] as const;
const FLOATS = ["float", "double", "long double"] as const;

export function isInteger(type: string): boolean {
  return (INTEGERS as readonly string[]).includes(type);
}

export function isFloat(type: string): boolean {
  return (FLOATS as readonly string[]).includes(type);
}

function bitsOf(type: string, { long }: ConstantRules): number {
  if (type.endsWith("long long")) return 64;
  return type.endsWith("long") ? long * 8 : type === "char" ? 8 : type === "bool" ? 1 : 32;
}

export function isUnsigned(type: string): boolean {
  return type.startsWith("unsigned") || type === "bool";
}

/** The value in that type, cut to its width. */
export function converted(constant: Constant, type: string, rules: ConstantRules): Constant {
  if (isFloat(type)) {
    const number = Number(constant.value);
    return { type, value: type === "float" ? Math.fround(number) : number };
  }
  const whole = BigInt(typeof constant.value === "bigint" ? constant.value : Math.trunc(Number(constant.value)));
  const bits = bitsOf(type, rules);
  return { type, value: isUnsigned(type) ? BigInt.asUintN(bits, whole) : BigInt.asIntN(bits, whole) };
}

/** The type that two operands are brought to. */
export function commonType(a: string, b: string, rules: ConstantRules): string {
  if (isFloat(a) || isFloat(b))
    return FLOATS[Math.max((FLOATS as readonly string[]).indexOf(a), (FLOATS as readonly string[]).indexOf(b))] as string;
  const [left, right] = [promoted(a), promoted(b)];
  const [low, high] = rank(left) <= rank(right) ? [left, right] : [right, left];
  // A signed type that does not hold all of a shorter unsigned one gives its unsigned kin.
  const needsUnsigned = isUnsigned(low) && !isUnsigned(high) && bitsOf(low, rules) === bitsOf(high, rules);
  return needsUnsigned ? `unsigned ${high}` : high;
}

export function promoted(type: string): string {
  return type === "bool" || type === "char" ? "int" : type;
}

function rank(type: string): number {
  return (INTEGERS as readonly string[]).indexOf(type);
}

/** As a snapshot tells it: decimal digits, a text between double quotes. */
export function constantText({ type, value }: Constant): string {
  if (typeof value === "string") return JSON.stringify(value);
  return isFloat(type) ? String(value) : value.toString();
}
