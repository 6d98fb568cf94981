/** Owns queues by labels: one queue for each set of them. */

/** `lab.android+arm64`; without labels `lab.`, for any worker. */
export function queueOf(labels: readonly string[]): string {
  return `lab.${[...new Set(labels)].toSorted().join("+")}`;
}

export function labelsOf(queue: string): string[] {
  const text = queue.slice("lab.".length);
  return text === "" ? [] : text.split("+");
}
