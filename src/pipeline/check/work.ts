/** Owns the estimate: what each kind of finding takes of a person's time. The rates are rules of thumb, told beside each sum. */
import type { CheckResult, WorkItem } from "../../model/check.js";

const EXAMPLES = 3;

/** Undefined when there is nothing to do. */
export function workItem(what: string, minutesEach: number, names: readonly string[]): WorkItem[] {
  if (names.length === 0) return [];
  return [{ what, count: names.length, minutes: Math.ceil(names.length * minutesEach), examples: names.slice(0, EXAMPLES) }];
}

/** Names of both sides of one kind. */
export function clash(what: string, names: readonly string[]): CheckResult["clashes"][number] {
  return { what, count: names.length, examples: names.slice(0, EXAMPLES) };
}

/** Most minutes first. */
export function sortedWork(work: readonly WorkItem[]): WorkItem[] {
  return work.toSorted((a, b) => b.minutes - a.minutes);
}

export function minutesOf(work: readonly WorkItem[]): number {
  return work.reduce((sum, { minutes }) => sum + minutes, 0);
}
