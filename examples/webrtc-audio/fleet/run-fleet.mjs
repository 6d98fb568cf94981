/**
 * The end of `npm run demo -- --full`: the dual program in the hands of a fleet. Each device has a microphone, a loudspeaker and a room of its
 * own, asks a real server for the signed seed, makes its calls with the flavor that it was assigned, and tells how they were. The server
 * decides on that. One use case has a fault planted: whoever carried its settings over to the new release left the echo canceller off.
 *
 *   node run-fleet.mjs [--devices 400] [--keep]
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { beginExperiments, confirmHalts, decide, showRollouts, startServer, stopServer } from "./control-plane.mjs";
import { makeCalls } from "./devices.mjs";
import { sceneNamed } from "../signals/scenes.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const out = join(here, ".unfork/fleet");
const program = join(here, ".unfork/build/program/bin/dual/webrtc-device");

/** What the fleet uses the library for. */
const USE_CASES = [
  { id: "bluetooth-narrowband", delayMs: 170, settings: ["ns=moderate"] },
  { id: "cafe-babble", delayMs: 0, settings: ["ns=moderate"] },
  { id: "car-cabin", delayMs: 55, settings: ["ns=high"], planted: ["aec=off"] },
  { id: "headset-wind", delayMs: 0, settings: ["ns=high"] },
];
/** Two stages with a control each, and one more round for what was not settled. */
const MOST_ROUNDS = 3;

async function main(args) {
  const devices = numberOf(args, "--devices", 400);
  rmSync(out, { recursive: true, force: true });
  const plane = await startServer(out);
  try {
    await beginExperiments(plane, join(here, "fleet.config.ts"));
    const useCases = USE_CASES.map((useCase) => ({ ...useCase, scene: sceneNamed(useCase.id)() }));
    for (let round = 1; round <= MOST_ROUNDS && plane.experiments.some(({ state }) => state === "running"); round++) {
      await makeCalls({ program, out, plane, useCases, devices, round });
      await decide(plane);
    }
    const last = await makeCalls({ program, out, plane, useCases, devices: Math.ceil(devices / 8), round: "after it" });
    await confirmHalts(plane);
    await showRollouts(plane);
    return check(plane.experiments, last);
  } finally {
    await stopServer(plane);
    if (!args.includes("--keep")) rmSync(join(out, "devices"), { recursive: true, force: true });
  }
}

/** The planted one is stopped and used by nobody, the others are everybody's; anything else is told and fails. */
function check(experiments, last) {
  const states = Object.fromEntries(experiments.map(({ useCase, state }) => [useCase, state]));
  const wrong = USE_CASES.flatMap(({ id, planted }) => {
    const wanted = planted === undefined ? "promoted" : "halted";
    const flavor = planted === undefined ? "latest" : "legacy";
    const others = last.filter((call) => call.useCase === id && call.flavor !== flavor).length;
    return [
      ...(states[id] === wanted ? [] : [`${id} is ${states[id]}, not ${wanted}`]),
      ...(others === 0 ? [] : [`${id}: ${others} devices still do not run ${flavor}`]),
    ];
  });
  for (const text of wrong) console.error(`✖ ${text}`);
  if (wrong.length === 0)
    console.log(
      `✔ car-cabin, in which a fault was planted, is halted and on legacy everywhere; the other ${USE_CASES.length - 1} are on latest`,
    );
  return wrong.length === 0 ? 0 : 1;
}

function numberOf(args, flag, otherwise) {
  const at = args.indexOf(flag);
  return at === -1 ? otherwise : Number(args[at + 1]);
}

process.exitCode = await main(process.argv.slice(2));
