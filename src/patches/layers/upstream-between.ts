/** Owns what lies between two pins of a layer. */
import { gitOk } from "../../git/git.js";
import type { Session } from "../alone/session.js";

export interface Between {
  /** Commits that the new pin has and the old one lacks. */
  readonly gained: number;
  /** Those that the new one lacks: not zero where it does not stand on the old one, as with branches of releases. */
  readonly lost: number;
}

export async function upstreamBetween({ pool }: Session, from: string, to: string): Promise<Between> {
  if (from === to) return { gained: 0, lost: 0 };
  const output = (await gitOk(pool.repository, ["rev-list", "--count", "--left-right", `${from}...${to}`, "--"])).toString("latin1");
  const [lost = "0", gained = "0"] = output.trim().split("\t");
  return { gained: Number(gained), lost: Number(lost) };
}

/** Whether `tip` has `base` in its history. */
export async function standsOn({ pool }: Session, tip: string, base: string): Promise<boolean> {
  if (tip === base) return true;
  const output = (await gitOk(pool.repository, ["rev-list", "--count", "--max-count=1", `${tip}..${base}`, "--"])).toString("latin1");
  return output.trim() === "0";
}
