/** Owns a server's core for tests: a state in a temporary folder, keys, seeds signed at will, a clock that can be set. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type SigningKey, generateKey, publicPart } from "../../src/experiment/assignment/keys.js";
import { signBase, signHalt, nextHalt } from "../../src/experiment/assignment/sign-seed.js";
import { stageArms } from "../../src/experiment/assignment/assign.js";
import type { BasePayload, Envelope, SeedDocument } from "../../src/model/seed.js";
import type { Core } from "../../src/server/core/core.js";
import { createPublisher } from "../../src/server/core/publisher.js";
import type { State } from "../../src/store/state/database.js";
import { addProject } from "../../src/store/state/experiments.js";
import { openState } from "../../src/store/state/open-state.js";

export const PROJECT = "webrtc";
export const START = Date.parse("2026-11-30T12:00:00.000Z");

export interface TestCore {
  readonly core: Core;
  readonly state: State;
  readonly signer: SigningKey;
  readonly clock: { ms: number };
  /** A base of some use cases at these percents. */
  basePayload(version: number, percents: Readonly<Record<string, number>>): BasePayload;
  base(version: number, percents: Readonly<Record<string, number>>): Envelope;
  /** The document with a further halt of a use case. */
  halted(document: SeedDocument, useCase: string): SeedDocument;
  stop(): Promise<void>;
}

export async function openTestCore(opened?: State): Promise<TestCore> {
  const folder = mkdtempSync(join(tmpdir(), "unfork-core-"));
  const state = opened ?? (await openState({ dir: folder }));
  const [signer, haltKey] = [generateKey("signer"), generateKey("halt")];
  const clock = { ms: START };
  const core: Core = { db: state.db, project: PROJECT, publisher: createPublisher(), haltKey, now: () => new Date(clock.ms) };
  await addProject(state.db, PROJECT, core.now());

  function basePayload(version: number, percents: Readonly<Record<string, number>>): BasePayload {
    const useCases = Object.entries(percents).map(([name, percent], index) => [
      name,
      {
        experiment: `${name}-m150`,
        phase: 1,
        unit: name.startsWith("call") ? ("call" as const) : ("device" as const),
        salt: index.toString(16).padStart(32, "0"),
        default: "legacy" as const,
        arms: percent === 0 ? [] : stageArms(percent, "latest", "legacy"),
      },
    ]);
    return {
      project: PROJECT,
      version,
      issued: core.now().toISOString(),
      expires: new Date(clock.ms + 21 * 86_400_000).toISOString(),
      flavors: { legacy: { release: "m120" }, latest: { release: "m150" } },
      keys: [signer, haltKey].map(publicPart),
      revoked: [],
      useCases: Object.fromEntries(useCases) as BasePayload["useCases"],
    };
  }
  return {
    core,
    state,
    signer,
    clock,
    basePayload,
    base: (version, percents) => signBase(basePayload(version, percents), [signer]),
    halted: (document, useCase) => ({
      base: document.base,
      halt: signHalt(nextHalt(document, { [useCase]: { cap: 0, reason: "crashes" } }, core.now().toISOString()), [haltKey]),
    }),
    async stop() {
      await state.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
