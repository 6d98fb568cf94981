/** Owns the course of a run: what it asked its parts, of their answers what the whole tree has in common, and what it decided. */
import type { PartInquiry } from "./part-call.js";
import type { Decision, Part } from "./part-model.js";

/** Lists of names in an answer of which only counts whether any file has the name. */
export type NameList =
  | "declaredExtern"
  | "declaredC"
  | "spaces"
  | "matching"
  | "called"
  | "opened"
  | "defines"
  | "guards"
  | "headerMacros"
  | "members"
  | "taken"
  | "tokens";

const NAME_LISTS: Readonly<Record<PartInquiry["type"], readonly NameList[]>> = {
  survey: ["declaredExtern", "declaredC", "matching", "called", "opened", "spaces", "defines", "guards", "headerMacros"],
  resurvey: ["declaredExtern", "declaredC", "matching", "called", "opened", "spaces", "defines", "guards", "headerMacros"],
  bodies: [],
  expand: [],
  assembled: [],
  answer: ["members", "taken"],
  includes: [],
  sights: [],
  words: [],
  macros: ["tokens"],
};

/** One inquiry, and the names that the answers of all parts have. */
export interface Asked {
  readonly inquiry: PartInquiry;
  readonly said: ReadonlyMap<NameList, ReadonlySet<string>>;
}

export interface RunCourse {
  readonly asked: readonly Asked[];
  readonly decision: Decision;
}

/** The names of an answer, by list. */
export function namesIn({ type }: PartInquiry, answer: unknown): Map<NameList, readonly string[]> {
  return new Map(NAME_LISTS[type].map((list) => [list, (answer as Readonly<Record<NameList, readonly string[]>>)[list]]));
}

/** Gives what counts of the answers of a part: its second survey, or where it makes none the first. */
export function counting(): <T>(inquiry: PartInquiry, answer: T) => T {
  let survey: unknown;
  return <T>({ type }: PartInquiry, answer: T): T => {
    const counted = type === "resurvey" ? (answer ?? (survey as T)) : answer;
    if (type === "survey" || type === "resurvey") survey = counted;
    return counted;
  };
}

/** Gives the parts, and what they will have been asked; all are asked the same in the same order. */
export function noting(parts: readonly Part[]): { readonly parts: readonly Part[]; readonly asked: readonly Asked[] } {
  const asked: { inquiry: PartInquiry; said: Map<NameList, Set<string>> }[] = [];
  function noted(part: Part): Part {
    const counted = counting();
    let count = 0;
    async function note<T>(inquiry: PartInquiry, answering: Promise<T>): Promise<T> {
      const { said } = (asked[count++] ??= { inquiry, said: new Map() });
      const answer = await answering;
      for (const [list, names] of namesIn(inquiry, counted(inquiry, answer))) {
        const known = said.get(list) ?? new Set();
        for (const name of names) known.add(name);
        said.set(list, known);
      }
      return answer;
    }
    return {
      ...part,
      survey: () => note({ type: "survey" }, part.survey()),
      resurvey: (macros) => note({ type: "resurvey", macros }, part.resurvey(macros)),
      bodies: (names) => note({ type: "bodies", names }, part.bodies(names)),
      expand: (calls) => note({ type: "expand", calls }, part.expand(calls)),
      assembled: (names) => note({ type: "assembled", names }, part.assembled(names)),
      answer: (question) => note({ type: "answer", question }, part.answer(question)),
      includes: () => note({ type: "includes" }, part.includes()),
      sights: (question) => note({ type: "sights", question }, part.sights(question)),
      words: (question) => note({ type: "words", question }, part.words(question)),
      macros: (question) => note({ type: "macros", question }, part.macros(question)),
    };
  }
  return { parts: parts.map(noted), asked };
}
