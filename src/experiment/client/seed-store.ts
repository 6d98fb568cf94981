/**
 * Owns the last good seed on disk: a file per version, `seed-0000000000000042.json`, so that two processes of one program can never put an older
 * one in a newer one's place. The newest two are kept.
 */
import { open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import { acceptedSeedSchema, seedDocumentSchema, trustedKeySchema } from "../../model/seed.js";
import { wallClockMs } from "../../support/clock.js";
import { messageOf } from "../../support/errors.js";
import { readTextIfThere, writeFileAtomic } from "../../support/fs.js";

const storedSeedSchema = z.strictObject({
  document: seedDocumentSchema,
  accepted: acceptedSeedSchema,
  /** The keys of the seed before it, by which it was judged. */
  judgedBy: z.array(trustedKeySchema),
  etag: z.string().optional(),
});
export type StoredSeed = z.infer<typeof storedSeedSchema>;

export interface SeedStore {
  /** The newest that can be read, or undefined. */
  readonly load: () => Promise<StoredSeed | undefined>;
  readonly save: (seed: StoredSeed) => Promise<void>;
}

const NAME = /^seed-\d{16}\.json$/;

/** A store in a folder. `tell` hears of damaged files. */
export function folderStore(folder: string, tell: (message: string) => void): SeedStore {
  async function names(): Promise<string[]> {
    const found = await readdir(folder).catch(() => []);
    return found
      .filter((name) => NAME.test(name))
      .toSorted()
      .toReversed();
  }
  return {
    async load() {
      for (const name of await names()) {
        const text = await readTextIfThere(join(folder, name)).catch(() => undefined);
        const stored = text === undefined ? undefined : parse(text);
        if (stored !== undefined) return stored;
        tell(`${join(folder, name)} is damaged and is not used`);
      }
      return undefined;
    },
    async save(seed) {
      const name = `seed-${String(seed.accepted.version).padStart(16, "0")}.json`;
      await writeFileAtomic(join(folder, name), `${JSON.stringify(seed)}\n`, 0o600);
      await syncFolder(folder);
      const old = [...(await names()).slice(2), ...(await leftovers(folder))];
      await Promise.all(old.map((one) => rm(join(folder, one), { force: true }).catch((error: unknown) => tell(messageOf(error)))));
    },
  };
}

/** What writers that were killed left an hour ago or more. */
async function leftovers(folder: string): Promise<string[]> {
  const found = (await readdir(folder)).filter((name) => name.endsWith(".tmp"));
  const ages = await Promise.all(found.map((name) => stat(join(folder, name)).catch(() => undefined)));
  return found.filter((_name, index) => (ages[index]?.mtimeMs ?? Infinity) < wallClockMs() - 3_600_000);
}

/** A store that ends with the process. */
export function memoryStore(): SeedStore {
  let kept: StoredSeed | undefined;
  return {
    load: () => Promise.resolve(kept),
    save(seed) {
      kept = seed;
      return Promise.resolve();
    },
  };
}

function parse(text: string): StoredSeed | undefined {
  try {
    return storedSeedSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** So that the name is on disk, too, not the file's content alone. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
