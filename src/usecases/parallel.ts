/** Owns bounded parallel work. */

/**
 * Does `work` on each item, at most `jobs` at a time; results in the order of the items. After the first
 * failure nothing new is begun, what runs is awaited, and that failure is thrown. `work` is told which of the `jobs` it is (0, 1, …).
 */
export async function mapParallel<T, R>(items: readonly T[], jobs: number, work: (item: T, job: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  let next = 0;
  async function worker(job: number): Promise<void> {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T, job);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, (_, job) => worker(job)));
  if (failures.length > 0) throw failures[0];
  return results;
}
