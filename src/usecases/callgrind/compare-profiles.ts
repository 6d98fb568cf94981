/** Owns what two profiles differ in: functions that cost more or less, under the name that both flavors share. */
import { byText } from "../../support/order.js";
import type { Profile } from "./parse-profile.js";

/** A function of both flavors, or of one. Instructions of its own code. */
export interface FunctionChange {
  readonly name: string;
  readonly legacy: number;
  readonly latest: number;
  /** Latest less legacy, in percent of all that legacy's run took. */
  readonly percentOfRun: number;
}

const FLAVOR = /_(?:legacy|latest)\b/g;

/** Functions whose cost changed by at least `least` percent of the run, those that lost most first. */
export function changedFunctions(legacy: Profile, latest: Profile, least: number): FunctionChange[] {
  const [one, other] = [commonNames(legacy), commonNames(latest)];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const changes = names.map((name) => changeOf(name, one.get(name) ?? 0, other.get(name) ?? 0, legacy.total));
  return changes
    .filter(({ percentOfRun }) => Math.abs(percentOfRun) >= least)
    .toSorted((a, b) => b.percentOfRun - a.percentOfRun || byText(a.name, b.name));
}

function changeOf(name: string, legacy: number, latest: number, run: number): FunctionChange {
  return { name, legacy, latest, percentOfRun: (100 * (latest - legacy)) / run };
}

/** Costs under the names both flavors share; clones that a compiler made ("'2" of recursion, ".part.0", "[clone …]") count for their function. */
export function commonNames(profile: Profile): Map<string, number> {
  const found = new Map<string, number>();
  for (const [name, cost] of profile.functions) {
    const common = name
      .replace(FLAVOR, "")
      .replace(/'\d+$/, "")
      .replace(/ ?\[clone [^\]]*\]/g, "")
      .replace(/\.(?:part|constprop|isra|cold)(?:\.\d+)?/g, "");
    found.set(common, (found.get(common) ?? 0) + cost);
  }
  return found;
}
