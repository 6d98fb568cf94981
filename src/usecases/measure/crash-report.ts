/** Owns what sanitizers and the runtime say when a program breaks: one line of what, and the stack. */

export interface CrashReport {
  /** "AddressSanitizer: heap-use-after-free", "UndefinedBehaviorSanitizer: gain.cc:12:7: signed integer overflow: …". */
  readonly what: string;
  /** Frames, innermost first, without addresses: "gain(float*) gain.cc:12:7". */
  readonly stack: readonly string[];
}

const MOST_FRAMES = 12;
const SANITIZER = /^(?:==\d+==)?\s*(?:ERROR|WARNING): (\w+Sanitizer): (.*)$/m;
const UNDEFINED = /^(\S+:\d+:\d+): runtime error: (.*)$/m;
const FRAME = /^\s*#\d+ 0x[0-9a-f]+ (?:in )?(.*)$/;
const ADDRESS = /\s*(?:on (?:unknown )?address )?0x[0-9a-f]+.*$/;

/** The first report in what a program wrote to stderr; undefined where there is none. */
export function crashReportIn(stderr: string): CrashReport | undefined {
  const sanitizer = SANITIZER.exec(stderr);
  const undefinedBehavior = UNDEFINED.exec(stderr);
  const first = [sanitizer, undefinedBehavior].filter((match) => match !== null).toSorted((a, b) => a.index - b.index)[0];
  if (first === undefined) return undefined;
  const stack = framesIn(stderr.slice(first.index + first[0].length));
  const [, where = "", what = ""] = first;
  if (first === sanitizer) return { what: `${where}: ${what.replace(ADDRESS, "").trim()}`, stack };
  return { what: `UndefinedBehaviorSanitizer: ${where}: ${what}`, stack };
}

/** The first block of numbered frames. */
function framesIn(text: string): string[] {
  const frames: string[] = [];
  for (const line of text.split("\n")) {
    const frame = FRAME.exec(line)?.[1];
    if (frame !== undefined) frames.push(frame.replace(/ \(BuildId: .*\)$/, "").trim());
    else if (frames.length > 0) break;
  }
  return frames.slice(0, MOST_FRAMES);
}
