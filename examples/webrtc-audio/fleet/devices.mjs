/** Owns the calls of the fleet's devices: a process each, some at once. */
import { mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { writeDeviceInputs } from "./device-inputs.mjs";
import { run } from "./run.mjs";

/**
 * Every device makes one call of every use case.
 *
 * @returns {Promise<{ useCase: string, flavor: string, arm: string }[]>}
 */
export async function makeCalls({ program, out, plane, useCases, devices, round }) {
  const began = performance.now();
  const calls = [];
  let next = 0;
  async function lane(number) {
    while (next < devices) {
      const device = next++;
      for (const useCase of useCases) calls.push(await makeCall({ program, out, plane, useCase, device, lane: number }));
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, (_, number) => lane(number)));
  const seconds = (performance.now() - began) / 1000;
  console.log(`round ${round}: ${devices} devices, ${calls.length} calls in ${seconds.toFixed(0)} s — ${countsOf(calls, useCases)}`);
  return calls;
}

async function makeCall({ program, out, plane, useCase, device, lane }) {
  const inputs = join(out, `inputs-${lane}`);
  const state = join(out, "devices", String(device));
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeDeviceInputs(useCase.scene, device, inputs);
  const args = [
    "--port",
    new URL(plane.url).port,
    "--project",
    "webrtc",
    "--signer-key",
    plane.signerKey,
    "--state",
    state,
    "--use-case",
    useCase.id,
  ];
  args.push("--inputs", inputs, "--render-delay-ms", useCase.delayMs, "--config", ...useCase.settings);
  if (useCase.planted !== undefined) args.push("--latest-config", ...useCase.planted);
  const token = readFileSync(plane.tokens.ingest, "utf8").trim();
  const text = await run(program, args.map(String), { env: { ...process.env, FLEET_TOKEN: token } });
  const [, flavor, arm] = text.trim().split(" ");
  return { useCase: useCase.id, flavor, arm };
}

function countsOf(calls, useCases) {
  return useCases
    .map(({ id }) => {
      const latest = calls.filter((call) => call.useCase === id && call.flavor === "latest").length;
      return `${id} ${latest} on latest`;
    })
    .join(", ");
}
