/** Owns the claims about bounded parallel work. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";

import { mapParallel } from "../../src/usecases/parallel.js";

test("results come in the order of the items, whatever ends first", async () => {
  const doubled = await mapParallel([30, 1, 10], 3, async (ms) => {
    await sleep(ms);
    return ms * 2;
  });
  expect(doubled).toEqual([60, 2, 20]);
});

test("no more than the given number of jobs run at once, and as many as there are", async () => {
  let now = 0;
  let most = 0;
  await mapParallel(Array.from({ length: 9 }), 3, async () => {
    most = Math.max(most, ++now);
    await sleep(2);
    now -= 1;
  });
  expect(most).toBe(3);
});

test("after a failure nothing new is begun, and what runs is awaited before it is thrown", async () => {
  const ended: number[] = [];
  const work = mapParallel([1, 2, 3, 4], 2, async (item) => {
    if (item === 1) throw new Error("first");
    await sleep(5);
    ended.push(item);
  });
  await expect(work).rejects.toThrow("first");
  expect(ended).toEqual([2]);
});

test("nothing to do is done", async () => {
  expect(await mapParallel([], 4, () => Promise.reject(new Error("never")))).toEqual([]);
});
