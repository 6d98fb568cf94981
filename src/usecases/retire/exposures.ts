/** Owns the exposure log's part: legacy was not used for a stated time, and the log was kept all that time. */
import { type Exposure, type Obstacle, exposureSchema } from "../../model/retirement.js";
import { UnforkError } from "../../support/errors.js";
import { readText } from "../../support/fs.js";

/** Lines of JSON. Throws `input-invalid` with file and line for one that is none. */
export async function readExposures(files: readonly string[]): Promise<Exposure[]> {
  const found: Exposure[] = [];
  for (const file of files)
    for (const [index, line] of (await readText(file)).split("\n").entries())
      if (line.trim() !== "") found.push(exposureIn(line, file, index + 1));
  return found;
}

function exposureIn(line: string, file: string, number: number): Exposure {
  try {
    return exposureSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new UnforkError("input-invalid", `${file}:${number}: not an exposure`, {
      hint: 'a line is {"at": "2026-11-30T12:00:00Z", "flavor": "latest", "useCase": "laptop-call"}; useCase may be left out',
      context: { file, line: number },
      cause,
    });
  }
}

const DAY_MS = 86_400_000;

export interface QuietWindow {
  readonly useCase: string;
  readonly days: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Nothing when legacy was not used in the window, the log reaches back beyond it, and somebody used the use case meanwhile. */
export function exposureObstacles(log: readonly Exposure[], { useCase, days, now }: QuietWindow): Obstacle[] {
  const since = now - days * DAY_MS;
  const own = log.filter((line) => line.useCase === undefined || line.useCase === useCase).toSorted((a, b) => timeOf(a) - timeOf(b));
  const inside = own.filter((line) => timeOf(line) >= since);
  const legacy = inside.filter(({ flavor }) => flavor === "legacy");
  const last = legacy.at(-1);
  if (last !== undefined) {
    const free = new Date(timeOf(last) + days * DAY_MS).toISOString();
    const source = last.source === undefined ? "" : `, chosen by ${last.source}`;
    return [
      {
        kind: "exposure",
        what: `legacy was used ${legacy.length === 1 ? "once" : `${legacy.length} times`} in the last ${days} days`,
        where: [`last at ${last.at}${source}`, `if not again, ${days} days without it have passed on ${free.slice(0, 10)}`],
      },
    ];
  }
  const [first] = own;
  if (first === undefined) return [notShown("the exposure log has no line of this use case", [])];
  if (timeOf(first) > since) return [notShown(`the exposure log does not reach back ${days} days`, [`its first line is of ${first.at}`])];
  if (inside.length === 0)
    return [notShown(`nobody used either flavor in the last ${days} days`, [`the last line is of ${own.at(-1)?.at ?? ""}`])];
  return [];
}

function notShown(what: string, where: readonly string[]): Obstacle {
  return { kind: "not shown", what, where: [...where] };
}

function timeOf({ at }: Exposure): number {
  return Date.parse(at);
}
