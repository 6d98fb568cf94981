/** Owns a hunt on a shim's functions: arguments are drawn, both flavors answer, what differs twice alike is made small, one for each cause. */
import { monotonicMs } from "../../../support/clock.js";
import { emit } from "../../../support/bus.js";
import { seededRandom } from "../../../support/random.js";
import { type Results, causeOf, wayOf } from "./cause.js";
import { type Answer, type ApiCase, describeCase, flavorsAlone, runCases } from "./run-cases.js";
import { smallestCase } from "./smallest-case.js";

export interface ApiHuntRequest {
  readonly driver: string;
  /** In the driver's order. */
  readonly names: readonly string[];
  /** Places in it: the first of them half of the time alone. */
  readonly first: readonly number[];
  readonly all: readonly number[];
  /** Cases at most, for each function. */
  readonly tries: number;
  readonly seconds: number;
  readonly seed: number;
  readonly shrink: number;
  /** Causes that have a label. */
  readonly known: ReadonlySet<string>;
}

export interface ApiFind {
  readonly key: string;
  readonly name: string;
  readonly one: ApiCase;
  readonly call: string;
  readonly results: Results;
  /** The number of the case that showed it first, and how many bytes that had. */
  readonly first: number;
  readonly recorded: number;
  readonly seen: number;
}

export interface ApiHunted {
  readonly finds: readonly ApiFind[];
  readonly cases: number;
  readonly differing: number;
  readonly milliseconds: number;
  /** Functions that were given up, by why: they end the process in both flavors, or give something else each time. */
  readonly givenUp: readonly { readonly name: string; readonly why: string }[];
}

interface State {
  cases: number;
  differing: number;
  readonly seen: Map<string, Seen>;
  /** How often each function ended the process in both flavors. */
  readonly ended: Map<number, number>;
  readonly givenUp: Map<number, string>;
}

interface Seen {
  readonly name: string;
  readonly one: ApiCase;
  readonly first: number;
  seen: number;
}

const BATCH = 2000;
/** A process that ends takes as long as many cases. */
const MOST_ENDS = 20;
const HANG = 10;
const MOST_BYTES = 64;

export async function huntApi(request: ApiHuntRequest): Promise<ApiHunted> {
  const random = seededRandom(request.seed);
  const state: State = { cases: 0, differing: 0, seen: new Map(), ended: new Map(), givenUp: new Map() };
  const since = monotonicMs();
  const until = (share: number): number => since + request.seconds * 1000 * share;
  await drawFrom(request, request.first, request.first.length === request.all.length ? 0 : until(0.5), { state, random });
  await drawFrom(request, request.all, until(1), { state, random });
  const milliseconds = monotonicMs() - since;
  emit({ type: "progress:end", label: "cases" });
  const finds: ApiFind[] = [];
  for (const [key, seen] of state.seen) finds.push(...(await confirmed(request, key, seen, state)));
  const givenUp = [...state.givenUp].map(([index, why]) => ({ name: request.names[index] ?? "", why }));
  return { finds, cases: state.cases, differing: state.differing, milliseconds, givenUp };
}

interface Drawing {
  readonly state: State;
  readonly random: () => number;
}

async function drawFrom(request: ApiHuntRequest, functions: readonly number[], until: number, { state, random }: Drawing): Promise<void> {
  const total = functions.length * request.tries;
  for (let done = 0; done < total && monotonicMs() < until;) {
    const left = functions.filter((index) => !state.givenUp.has(index));
    if (left.length === 0) return;
    const size = Math.min(BATCH, total - done);
    const cases = Array.from({ length: size }, (_, at): ApiCase => ({
      function: left[(done + at) % left.length] as number,
      bytes: drawn(random),
    }));
    // What is behind a case that ended the process is drawn anew.
    const answers = await runCases(request.driver, cases, "both");
    for (const [at, answer] of answers.entries()) await note(request, state, cases[at] as ApiCase, answer);
    done += answers.length;
    emit({ type: "progress", label: "cases", done, total, unit: "steps" });
  }
}

/** The first case of all is often the plainest: no bytes. */
function drawn(random: () => number): Buffer {
  const bytes = Buffer.alloc(Math.floor(random() * random() * MOST_BYTES * 2));
  for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(random() * 256);
  return bytes;
}

async function note(request: ApiHuntRequest, state: State, one: ApiCase, answer: Answer): Promise<void> {
  state.cases++;
  if (answer.kind === "same" || answer.kind === "one" || state.givenUp.has(one.function)) return;
  const results = answer.kind === "differs" ? answer : await flavorsAlone(request.driver, one);
  const ways = [wayOf(results.legacy), wayOf(results.latest)];
  // On a busy machine a call may only have been slow.
  if (answer.kind === "ended" && ways.some((way) => way !== "value")) noteEnd(state, one, answer.how);
  if (answer.kind === "ended" && ways[0] === ways[1]) return;
  state.differing++;
  const name = request.names[one.function] ?? "";
  const key = causeOf(name, results);
  const known = state.seen.get(key);
  if (known !== undefined) known.seen++;
  else if (!request.known.has(key)) state.seen.set(key, { name, one, first: state.cases, seen: 1 });
}

function noteEnd(state: State, one: ApiCase, how: string): void {
  const ends = (state.ended.get(one.function) ?? 0) + (how === "hangs" ? HANG : 1);
  state.ended.set(one.function, ends);
  if (ends >= MOST_ENDS) state.givenUp.set(one.function, `it ${how} too often to be called on`);
}

/** Nothing where a process of its own does not show the same twice. */
async function confirmed(request: ApiHuntRequest, key: string, { name, one, first, seen }: Seen, state: State): Promise<ApiFind[]> {
  const { driver } = request;
  const [before, after] = [await flavorsAlone(driver, one), await flavorsAlone(driver, one)];
  if (before.legacy !== after.legacy || before.latest !== after.latest) {
    state.givenUp.set(one.function, "it gives something else each time");
    return [];
  }
  if (before.legacy === before.latest || causeOf(name, before) !== key) return [];
  const shows = async (smaller: Buffer): Promise<boolean> => {
    const [answer] = await runCases(driver, [{ ...one, bytes: smaller }], "both");
    if (answer?.kind === "same") return false;
    const results = answer?.kind === "differs" ? answer : await flavorsAlone(driver, { ...one, bytes: smaller });
    return results.legacy !== results.latest && causeOf(name, results) === key;
  };
  const small: ApiCase = { ...one, bytes: await smallestCase(one.bytes, shows, request.shrink) };
  const results = await flavorsAlone(driver, small);
  return [{ key, name, one: small, call: await describeCase(driver, small), results, first, recorded: one.bytes.length, seen }];
}
