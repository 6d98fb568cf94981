/** Owns values of OTLP's JSON (opentelemetry-proto, `common.proto`, in the JSON form of protobuf): attributes as plain values. */

export type Plain = string | number | boolean;

/** An object as a record of unknown values, or undefined. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** A list, or an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Attributes whose key begins with `prefix`, without it; those of other kinds than text, number and boolean are left out. */
export function attributesOf(value: unknown, prefix: string): Record<string, Plain> {
  const found: Record<string, Plain> = {};
  for (const one of listOf(value)) {
    const attribute = fieldsOf(one);
    const key = attribute?.["key"];
    if (typeof key !== "string" || !key.startsWith(prefix)) continue;
    const plain = plainOf(fieldsOf(attribute?.["value"]));
    if (plain !== undefined) found[key.slice(prefix.length)] = plain;
  }
  return found;
}

/** 64-bit integers are texts in the JSON form of protobuf. */
function plainOf(value: Readonly<Record<string, unknown>> | undefined): Plain | undefined {
  if (value === undefined) return undefined;
  const { stringValue, intValue, doubleValue, boolValue } = value;
  if (typeof stringValue === "string") return stringValue;
  if (typeof boolValue === "boolean") return boolValue;
  if (typeof doubleValue === "number") return doubleValue;
  if (typeof intValue === "number") return intValue;
  return typeof intValue === "string" && /^-?\d{1,19}$/.test(intValue) ? Number(intValue) : undefined;
}

/** Nanoseconds since 1970 as ms, or undefined for 0 and for what is none. */
export function millisecondsOf(nanoseconds: unknown): number | undefined {
  if (typeof nanoseconds === "number" && nanoseconds > 0) return Math.floor(nanoseconds / 1e6);
  if (typeof nanoseconds !== "string" || !/^\d{7,20}$/.test(nanoseconds)) return undefined;
  return Number(nanoseconds.slice(0, -6));
}
