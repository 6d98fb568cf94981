/** Owns finding the headers that end libclang's process: halves are tried until one header is left, or a pair that only fails together. */
import { askChild } from "./ask-child.js";
import type { SnapshotQuestion } from "./model.js";

type Header = SnapshotQuestion["headers"][number];

/** Names of the fewest headers found that fail alone. */
export async function guiltyHeaders(question: SnapshotQuestion): Promise<string[]> {
  let headers = question.headers;
  while (headers.length > 1) {
    const middle = Math.ceil(headers.length / 2);
    const halves = [headers.slice(0, middle), headers.slice(middle)];
    const bad = await firstFailing(question, halves);
    if (bad === undefined) break;
    headers = bad;
  }
  return headers.map(({ name }) => name);
}

async function firstFailing(question: SnapshotQuestion, halves: readonly (readonly Header[])[]): Promise<readonly Header[] | undefined> {
  for (const headers of halves) {
    const answer = await askChild({ ...question, headers });
    if (answer.status !== "read") return headers;
  }
  return undefined;
}
