/** Owns V8's precise coverage of the code under test: which blocks were reached since the last time. */
import { Session } from "node:inspector";

export interface Coverage {
  /** Blocks that ran since the last call of this or of `gather`. */
  readonly ran: () => Set<string>;
  /** Adds them to what is known; gives those that are new. */
  readonly gather: () => Set<string>;
  readonly blocks: () => number;
  /** Code runs at full speed while nothing is counted. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { startOffset: number; endOffset: number; count: number }[];
  }[];
}

/** Starts counting in scripts whose URL `isWatched` takes. */
export function startCoverage(isWatched: (url: string) => boolean): Coverage {
  const session = new Session();
  const known = new Set<string>();
  session.connect();
  session.post("Profiler.enable");
  const resume = (): void => session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const pause = (): void => session.post("Profiler.stopPreciseCoverage");
  resume();
  function ran(): Set<string> {
    const found = new Set<string>();
    for (const script of taken(session)) if (isWatched(script.url)) note(script, found);
    return found;
  }
  return {
    ran,
    gather: () => {
      const fresh = new Set([...ran()].filter((block) => !known.has(block)));
      for (const block of fresh) known.add(block);
      return fresh;
    },
    blocks: () => known.size,
    pause,
    resume,
    stop: () => {
      pause();
      session.disconnect();
    },
  };
}

/** Counts since the last call; taking them sets them back to 0. */
function taken(session: Session): readonly ScriptCoverage[] {
  let result: readonly ScriptCoverage[] = [];
  session.post("Profiler.takePreciseCoverage", (error, answer) => {
    if (error !== null) throw new Error(error.message);
    result = answer.result;
  });
  return result;
}

/** Blocks that ran at least once. */
function note({ url, functions }: ScriptCoverage, found: Set<string>): void {
  for (const { ranges } of functions) {
    for (const { startOffset, endOffset, count } of ranges) if (count > 0) found.add(`${url}:${startOffset}:${endOffset}`);
  }
}
