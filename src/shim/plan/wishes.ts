/** Owns which types have been asked for: by the surface, or by the signature of something that stands. */

export interface Wishes {
  /** Asks for a type, with the class around it. */
  readonly want: (common: string) => void;
  /** What a plan asks for counts only when it stands. */
  readonly tentatively: <T extends { readonly status: string }>(plan: () => T) => T;
  /** A question: what it meets is not asked for. */
  readonly unasked: <T>(ask: () => T) => T;
  /** The next that nobody has taken yet. */
  readonly next: () => string | undefined;
}

/** `outermost` gives the class around a nested type. */
export function createWishes(outermost: (common: string) => string, isExcluded: (common: string) => boolean): Wishes {
  const known = new Set<string>();
  const queue: string[] = [];
  /** One list per plan that may yet fall. */
  const waiting: string[][] = [];

  function want(common: string): void {
    const held = waiting.at(-1);
    if (held !== undefined) {
      held.push(common);
      return;
    }
    const outer = outermost(common);
    if (known.has(outer) || isExcluded(common)) return;
    known.add(outer);
    queue.push(outer);
  }

  function within<T>(ask: () => T): { readonly answer: T; readonly asked: readonly string[] } {
    const asked: string[] = [];
    waiting.push(asked);
    const answer = ask();
    waiting.pop();
    return { answer, asked };
  }

  return {
    want,
    tentatively: (plan) => {
      const { answer, asked } = within(plan);
      if (answer.status !== "left") for (const name of asked) want(name);
      return answer;
    },
    unasked: (ask) => within(ask).answer,
    next: () => queue.shift(),
  };
}
