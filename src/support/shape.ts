/** Owns the check of small stored values by hand, where loading a library of schemas would take longer than the run. */

type Check = (value: unknown) => boolean;

/** Whether the value is an object of exactly these fields, each of which passes its check. */
export function hasFields(value: unknown, fields: Readonly<Record<string, Check>>): boolean {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length === Object.keys(fields).length && entries.every(([key, field]) => Object.hasOwn(fields, key) && fields[key]?.(field))
  );
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A check for lists whose items pass it. */
export function isListOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** A check for lists of so many texts. */
export function isTexts(count: number): Check {
  return (value) => Array.isArray(value) && value.length === count && value.every(isText);
}
