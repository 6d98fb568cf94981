/** Owns the warning that this server's halts would not be taken. */
import type { Core } from "./core/core.js";
import type { ServedSeed } from "./core/publisher.js";

/** Says so where the seed that is served does not trust this server's halt key: another server may have proposed it. */
export function warnOfHaltKey({ haltKey }: Pick<Core, "haltKey">, seed: ServedSeed | undefined, log: (text: string) => void): void {
  if (seed === undefined || seed.base.keys.some(({ id }) => id === haltKey.id)) return;
  log(`warning: seed ${seed.version} does not trust the halt key ${haltKey.id}: this server cannot halt until the next base is signed`);
}
