/** Owns which of the driver's calls come to changed functions at all: a few cases of each, under callgrind. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { callEdges, plainName, reachedFrom } from "../../callgrind/call-edges.js";
import { UnforkError } from "../../../support/errors.js";
import { seededRandom } from "../../../support/random.js";
import { type ApiCase, runCases, runUnder } from "./run-cases.js";

const CASES = 12;
const BYTES = 48;

/** Places of the calls. `functions`: names as a diff's heads have them. */
export async function reachedCalls(driver: string, count: number, functions: readonly string[], work: string): Promise<number[]> {
  const random = seededRandom(1);
  const cases = Array.from({ length: count * CASES }, (_, at): ApiCase => ({
    function: at % count,
    bytes: Buffer.from(Array.from({ length: at < count ? 0 : BYTES }, () => random() * 256)),
  }));
  const whole = await withoutEnding(driver, cases);
  await mkdir(work, { recursive: true });
  const file = join(work, "callgrind.profile");
  await rm(file, { force: true });
  const wrap = ["valgrind", "--tool=callgrind", "--quiet", `--callgrind-out-file=${file}`, "--"];
  await runUnder(wrap, driver, whole);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UnforkError("tool-failed", "valgrind wrote no profile of the driver", { cause });
  });
  return callsIn(text, count, functions);
}

export function callsIn(profile: string, count: number, functions: readonly string[]): number[] {
  const edges = callEdges(profile);
  return Array.from({ length: count }, (_, index) => index).filter((index) => {
    const start = [...edges.keys()].find((name) => new RegExp(`::Call${index}\\(`).test(name));
    if (start === undefined) return false;
    const names = [...reachedFrom(edges, start)].map(plainName);
    return functions.some((wanted) => names.some((name) => name === wanted || name.endsWith(`::${wanted}`)));
  });
}

/** Cases that end the process would end the profile, too. */
async function withoutEnding(driver: string, cases: readonly ApiCase[]): Promise<ApiCase[]> {
  const whole: ApiCase[] = [];
  for (let at = 0; at < cases.length;) {
    const answers = await runCases(driver, cases.slice(at), "both");
    const from = at;
    whole.push(...cases.slice(from, from + answers.length).filter((_, index) => answers[index]?.kind !== "ended"));
    at += answers.length;
  }
  return whole;
}
