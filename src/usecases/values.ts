/** Owns the figures of one run: the JSON line a program ends with, and a metric's number in it. */

/** A number without quotes that JSON does not know but C and C++ print: nan, -nan, inf, -Infinity. */
const NOT_JSON = /([:[,]\s*)-?(?:nan|inf|infinity)(?=\s*[,\]}])/gi;

/** Figures do not fill a megabyte. */
const LONGEST_LINE = 2 ** 20;

/**
 * The object in the last non-empty line of what a program wrote; undefined when that line is not a JSON
 * object. A bare nan or inf counts as null, "not measured".
 */
export function lastJsonLine(stdout: string): Record<string, unknown> | undefined {
  const text = stdout.trimEnd();
  const line = text.slice(text.lastIndexOf("\n") + 1);
  if (line.length > LONGEST_LINE) return undefined;
  return parseObject(line) ?? parseObject(line.replaceAll(NOT_JSON, "$1null"));
}

/** What stands at a dotted path: a finite number, null for anything else, undefined when nothing is there. */
export function valueAt(line: Readonly<Record<string, unknown>>, path: string): number | null | undefined {
  let here: unknown = line;
  for (const key of path.split(".")) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return typeof here === "number" && Number.isFinite(here) ? here : null;
}

/** What stands at a dotted path when it is neither a number nor null: a mistake of the program's, shown as JSON. */
export function oddValueAt(line: Readonly<Record<string, unknown>>, path: string): string | undefined {
  let here: unknown = line;
  for (const key of path.split(".")) here = isObject(here) ? here[key] : undefined;
  return here === undefined || here === null || typeof here === "number" ? undefined : JSON.stringify(here).slice(0, 60);
}

/** All dotted paths that end in something else than an object, sorted. */
export function pathsOf(line: Readonly<Record<string, unknown>>, prefix = ""): string[] {
  const paths = Object.entries(line).flatMap(([key, value]) =>
    isObject(value) ? pathsOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
  return paths.toSorted();
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
