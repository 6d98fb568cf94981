/** Owns the times in which nothing is raised. */
import type { Freeze } from "../../model/experiment.js";

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** The freeze that holds at that moment (ISO 8601), or undefined; days of the week are those of UTC. */
export function freezeAt(freezes: readonly Freeze[], at: string): Freeze | undefined {
  const now = Date.parse(at);
  const weekday = WEEKDAYS[new Date(now).getUTCDay()];
  return freezes.find((freeze) =>
    "weekdays" in freeze
      ? weekday !== undefined && freeze.weekdays.includes(weekday)
      : now >= Date.parse(freeze.from) && now < Date.parse(freeze.until),
  );
}
