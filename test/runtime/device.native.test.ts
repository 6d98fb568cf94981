/** Holds the C++ client against the rest: the program in docs/experiments/clients.md, compiled as it stands, with real seeds and a real intake of events. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fastify } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { assign, prepareSeed } from "../../src/experiment/assignment/assign.js";
import { openDocument } from "../../src/experiment/assignment/sign-seed.js";
import type { SeedDocument } from "../../src/model/seed.js";
import { type TelemetryEvent, type TelemetryStats, telemetryEventSchema } from "../../src/model/telemetry.js";
import { registerEvents } from "../../src/server/events/register-events.js";
import { type Telemetry, openTelemetry } from "../../src/store/telemetry/open-telemetry.js";
import { runOk } from "../../src/support/exec.js";
import { packageRoot } from "../../src/support/version.js";
import { SIGNER, base, haltedSeed, seedOf } from "../experiment/assignment/sample-seed.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { INCLUDE, RUNTIME, STRICT } from "./programs.js";

const missing = [...(await missingTools("g++")), ...(existsSync("/usr/include/openssl/evp.h") ? [] : ["libssl-dev"])];
const DEVICES = Array.from({ length: 16 }, (_, index) => `device-${index}`);
/** Long after tests run. */
const EXPIRES = { expires: "2099-12-28T12:00:00.000Z" } as const;

describe.skipIf(missing.length > 0)(
  `a fleet of the documented program (skipped when these are not installed: ${missing.join(", ")})`,
  () => {
    const folder = temporaryFolder();
    const program = join(folder, "device");
    let telemetry: Telemetry | undefined;
    let url = "";
    const app = fastify();

    beforeAll(async () => {
      await compile(program, folder);
      telemetry = await openTelemetry({ dir: join(folder, "telemetry"), compactEveryMs: 0 });
      await registerEvents(app, { ingest: telemetry });
      url = await app.listen({ host: "127.0.0.1", port: 0 });
    }, 180_000);

    afterAll(async () => {
      await app.close();
      await telemetry?.close();
    });

    /** Starts the program on a device, and gives the flavor that it says it runs on. */
    async function start(device: string, seed: string): Promise<string> {
      const place = join(folder, device);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, "seed.json"), seed);
      const { stdout } = await runOk({ command: program, args: [SIGNER.publicKey, device], cwd: place });
      return stdout.toString("utf8").trim();
    }

    /** What the devices would send. */
    async function outbox(): Promise<string> {
      const texts = await Promise.all(DEVICES.map((device) => readFile(join(folder, device, "outbox.ndjson"), "utf8").catch(() => "")));
      return texts.join("");
    }

    it("has the flavors that Node's client gives, and sends events that the server takes, each once", async () => {
      const seed = seedOf(EXPIRES);
      const opened = openDocument(JSON.parse(seed) as SeedDocument);
      const wanted = DEVICES.map((device) => assign(prepareSeed(opened.base.payload), "laptop-call", { device }, "legacy"));
      const flavors: string[] = [];
      for (const device of DEVICES) flavors.push(await start(device, seed));
      expect(flavors).toEqual(wanted.map(({ flavor }) => flavor));
      const text = await outbox();
      const inArms = wanted.filter(({ arm }) => arm !== null).length;
      expect(inArms).toBeGreaterThan(3);
      expect(typesOf(text)).toEqual({ exposure: inArms, metric: inArms, end: inArms });
      for (let time = 0; time < 2; time += 1)
        expect(await post(url, text)).toEqual({ accepted: inArms * 3, rejectedLines: 0, rejected: [] });
      expect(await storedAfter(telemetry)).toMatchObject({ events: inArms * 3 });
      expect(text).not.toMatch(/device-\d/);
    }, 60_000);

    it("tells of a process that was killed before its first use as a crash at start-up", async () => {
      const device = DEVICES.find((one) => readFileOr(join(folder, one, "outbox.ndjson")).includes('"type":"exposure"')) ?? "";
      const line = readFileOr(join(folder, device, "outbox.ndjson")).split("\n")[0] ?? "";
      const fields = /"experiment".*"seed":\d+/.exec(line)?.[0] ?? "";
      const left = `{"run":"00112233445566aa","time":1780000000000}\n${JSON.stringify({ time: 1_780_000_000_000, assigned: fields })}\n`;
      await writeFile(join(folder, device, "state/run-1780000000000-00112233445566aa.ndjson"), left);
      await start(device, seedOf(EXPIRES));
      const crash = eventsOf(await outbox()).find(({ type }) => type === "crash");
      expect(crash).toMatchObject({ id: "00112233445566aa-crash-0", stage: "startup", useCase: "laptop-call", time: 1_780_000_000_000 });
    });

    it("is on the old flavor at the next start after a halt, and in no arm", async () => {
      const halted = haltedSeed({}, EXPIRES);
      for (const device of DEVICES.slice(0, 4)) {
        const place = join(folder, `fresh-${device}`);
        await mkdir(place);
        expect(await start(`fresh-${device}`, halted)).toBe("legacy");
        const fromControl = assign(prepareSeed(base(EXPIRES)), "laptop-call", { device: `fresh-${device}` }, "legacy").arm === "control";
        expect(readFileOr(join(place, "outbox.ndjson")) === "").toBe(!fromControl);
      }
    });
  },
);

/** The first C++ block of the page, with the client's sources. */
async function compile(program: string, folder: string): Promise<void> {
  const page = readFileSync(join(packageRoot(), "docs/experiments/clients.md"), "utf8");
  const source = join(folder, "device.cc");
  await writeFile(source, /```cpp\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
  const sources = readdirSync(join(RUNTIME, "experiment")).filter((file) => file.endsWith(".cc"));
  const paths = sources.map((file) => join(RUNTIME, "experiment", file));
  await runOk({ command: "g++", args: [...STRICT, "-std=c++17", "-O0", INCLUDE, source, ...paths, "-lcrypto", "-pthread", "-o", program] });
}

function readFileOr(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function eventsOf(text: string): TelemetryEvent[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => telemetryEventSchema.parse(JSON.parse(line)));
}

function typesOf(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of eventsOf(text)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

async function post(url: string, body: string): Promise<unknown> {
  const response = await fetch(`${url}/v1/events`, { method: "POST", body, headers: { "content-type": "application/x-ndjson" } });
  return response.json();
}

async function storedAfter(telemetry: Telemetry | undefined): Promise<TelemetryStats | undefined> {
  await telemetry?.flush();
  return telemetry?.stats();
}
