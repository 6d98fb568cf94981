/** What the events of a program on Node promise, against a real server and real processes that are killed. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { publicPart } from "../../../src/experiment/assignment/keys.js";
import type { EventFields } from "../../../src/experiment/client/assigner.js";
import { type EventLog, type EventOptions, openEvents } from "../../../src/experiment/client/events/open-events.js";
import { beginRun } from "../../../src/experiment/client/events/run-file.js";
import { storyOf } from "../../../src/experiment/client/events/run-story.js";
import { telemetryEventSchema } from "../../../src/model/telemetry.js";
import { DEFAULT_APP } from "../../../src/server/app.js";
import { LOCAL } from "../../../src/server/core/core.js";
import { createToken } from "../../../src/server/core/tokens.js";
import { type OpenServer, openServer } from "../../../src/server/open-server.js";
import { sleep } from "../../../src/support/clock.js";
import { type ServeProcess, startServe, unfork } from "../../helpers/serve-process.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { NOW, SIGNER, seedOf, useCase } from "../assignment/sample-seed.js";
import { ended, startProgram } from "./event-process.js";
import { seedServer } from "./seed-server.js";
import { storedEvents } from "./stored-events.js";

const ALL = { useCases: { "laptop-call": useCase({ arms: [{ arm: "treatment", flavor: "latest", from: 0, to: 1_000_000 }] }) } } as const;
const FIELDS: EventFields = {
  experiment: "laptop-call-m150",
  useCase: "laptop-call",
  phase: 3,
  arm: "treatment",
  unit: "0".repeat(32),
  flavor: "latest",
  seed: 7,
};

const opened: EventLog[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  for (const server of servers.splice(0)) server.close();
});

interface Logged {
  readonly events: EventLog;
  readonly said: string[];
}

/** Nothing is sent unless the test says so. */
async function log(options: Partial<EventOptions> & Pick<EventOptions, "folder">): Promise<Logged> {
  const said: string[] = [];
  const events = await openEvents({ sendSeconds: 0, closeMs: 1000, onMessage: (message) => said.push(message), ...options });
  opened.push(events);
  return { events, said };
}

/** Ends the log, as its process would. */
async function close({ events }: Logged): Promise<void> {
  opened.splice(opened.indexOf(events), 1);
  await events.close();
}

function runLine(value: object): string {
  return `${JSON.stringify({ time: 1, ...value })}\n`;
}

/** What waits in a folder. */
function waiting(folder: string) {
  const names = readdirSync(folder).filter((name) => /^events-\d/.test(name));
  const lines = names.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1));
  return lines.map((line) => telemetryEventSchema.parse(JSON.parse(line)));
}

describe("a server of events", { timeout: 120_000 }, () => {
  const dir = temporaryFolder();
  let server: OpenServer;
  let token = "";
  beforeAll(async () => {
    const rest = { host: "127.0.0.1", port: 0, signerFiles: [], lookEveryMs: 0, telemetry: true, app: DEFAULT_APP };
    server = await openServer({ dir, project: "webrtc", ...rest });
    token = (await createToken(server.core, { role: "ingest", name: "fleet" }, LOCAL)).token;
  });
  afterAll(() => server?.close());

  it("has each run's story once, whichever way the run ended", async () => {
    const seeds = await seedServer(seedOf(ALL));
    const folder = temporaryFolder();
    const start = (code: string) => startProgram({ folder, seedUrl: seeds.url, key: publicPart(SIGNER), now: NOW, code });
    const atStart = await start("");
    await ended(atStart, "SIGKILL");
    const whileRunning = await start("events.running(); events.metric(fields, 'join-ms', 412.5);");
    await ended(whileRunning, "SIGKILL");
    await ended(await start("events.running(); setImmediate(() => { throw new Error('broken'); });"));
    await ended(await start("events.running(); await events.close(); process.exit(1);"));
    await ended(await start("process.exit(0);"));
    const alive = await start("events.running();");
    const paused = await start("events.running(); events.paused();");
    await ended(paused, "SIGKILL");

    const url = `${server.url}/v1/events`;
    for (let round = 0; round < 2; round++) {
      const next = await log({ folder, url, token });
      expect(await next.events.flush()).toBe(true);
      expect(next.said).toEqual([]);
      await close(next);
    }
    await ended(alive, "SIGKILL");
    await server.close();
    const rows = await storedEvents(dir);
    const crashes = rows.filter(({ type }) => type === "crash");
    expect(crashes.map(({ stage }) => stage).toSorted()).toEqual(["running", "running", "startup"]);
    expect(rows.filter(({ type }) => type === "exposure")).toHaveLength(6);
    expect(rows.filter(({ type }) => type === "end")).toHaveLength(2);
    expect(rows.filter(({ type }) => type === "metric").map(({ value }) => value)).toEqual([412.5]);
    expect(new Set(rows.map(({ unit }) => unit)).size).toBe(1);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});

describe("a server that is killed and started again", { timeout: 240_000 }, () => {
  let serving: ServeProcess | undefined;
  afterEach(() => void serving?.child.kill("SIGKILL"));

  it("has every event once in the end", async () => {
    const dir = temporaryFolder();
    const folder = temporaryFolder();
    const made = unfork(["token", "create", "--dir", dir, "--role", "ingest", "--name", "fleet", "--project", "webrtc"], {
      UNFORK_URL: "",
    });
    serving = await startServe(dir);
    const { port } = new URL(serving.url);
    const logged = await log({ folder, url: `${serving.url}/v1/events`, token: made.stdout, segmentBytes: 4096 });
    await logged.events.assigned(FIELDS);
    for (let at = 0; at < 1500; at++) expect(logged.events.metric(FIELDS, "join-ms", at)).toBe(true);
    const ids = waiting(folder).map(({ id }) => id);
    const first = logged.events.flush();
    while (waiting(folder).length > ids.length - 300) await sleep(1);
    serving.child.kill("SIGKILL");
    expect(await first).toBe(false);
    expect(logged.said[0]).toContain("cannot be reached");
    serving = await startServe(dir, ["--port", port]);
    while (!(await logged.events.flush())) await sleep(100);
    expect(waiting(folder)).toEqual([]);
    serving.child.kill("SIGTERM");
    await serving.ended;
    expect((await storedEvents(dir)).map(({ id }) => id)).toEqual(ids.toSorted());
  });
});

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly lines: number;
}

/** A receiver that answers as it is told, 200 once it is told no more. */
async function receiver(answers: { status: number; headers?: Record<string, string> }[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const text = gunzipSync(Buffer.concat(parts)).toString();
      received.push({ headers: request.headers, lines: text.split("\n").length - 1 });
      const { status, headers } = answers.shift() ?? { status: 200 };
      response.writeHead(status, headers).end(JSON.stringify({ accepted: 0, rejectedLines: status === 200 ? 1 : 0 }));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`, received };
}

describe("a sending", () => {
  it("waits as long as Retry-After says, and keeps all until then", async () => {
    const { url, received } = await receiver([{ status: 429, headers: { "retry-after": "3" } }]);
    const { events, said } = await log({ folder: temporaryFolder(), url, token: "secret" });
    await events.assigned(FIELDS);
    expect([await events.flush(), await events.flush(), received.length]).toEqual([false, false, 1]);
    await sleep(3050);
    expect(await events.flush()).toBe(true);
    expect(received.map(({ lines }) => lines)).toEqual([1, 1]);
    expect(received[0]?.headers).toMatchObject({
      authorization: "Bearer secret",
      "content-type": "application/x-ndjson",
      "content-encoding": "gzip",
    });
    expect(said).toEqual([`${url} answers 429`, `${url} does not take 1 events: they are dropped`]);
  });

  it("drops what the server never takes, counts it, and keeps what only this token may not send", async () => {
    const folder = temporaryFolder();
    const { url, received } = await receiver([{ status: 400 }, { status: 401 }]);
    const { events, said } = await log({ folder, url });
    events.metric(FIELDS, "join-ms", 1);
    expect(await events.flush()).toBe(true);
    expect([events.dropped(), waiting(folder)]).toEqual([1, []]);
    events.metric(FIELDS, "join-ms", 2);
    expect(await events.flush()).toBe(false);
    expect([events.dropped(), waiting(folder).length, received.length]).toEqual([1, 1, 2]);
    expect(said).toEqual([`${url} answers 400: 1 events are dropped`, `${url} answers 401`]);
  });

  it("that finds nobody leaves all to the next process, which sends it in its order", async () => {
    const folder = temporaryFolder();
    const offline = await log({ folder, url: "http://127.0.0.1:1/v1/events", segmentBytes: 600 });
    await offline.events.assigned(FIELDS);
    for (const value of [1, 2, 3, 4]) offline.events.metric(FIELDS, "join-ms", value);
    await close(offline);
    expect(offline.said).toEqual([expect.stringContaining("cannot be reached")]);
    const before = waiting(folder);
    expect(before.map(({ type }) => type)).toEqual(["exposure", "metric", "metric", "metric", "metric", "end"]);
    const { url, received } = await receiver([]);
    const online = await log({ folder, url });
    expect(await online.events.flush()).toBe(true);
    expect(received.map(({ lines }) => lines)).toEqual([2, 2, 2]);
    expect(waiting(folder)).toEqual([]);
  });

  it("goes on in the background", async () => {
    const { url, received } = await receiver([]);
    const { events } = await log({ folder: temporaryFolder(), url, sendSeconds: 0.05 });
    await events.assigned(FIELDS);
    for (let waits = 0; received.length === 0 && waits < 200; waits++) await sleep(25);
    expect(received).toHaveLength(1);
  });
});

describe("a log of events", () => {
  it("keeps within its bytes, drops the oldest and counts them", async () => {
    const folder = temporaryFolder();
    const { events } = await log({ folder, segmentBytes: 2000, totalBytes: 10_000 });
    for (let at = 0; at < 200; at++) events.metric(FIELDS, "join-ms", at);
    const left = waiting(folder).map((event) => (event.type === "metric" ? event.value : -1));
    expect(left).toEqual(Array.from({ length: left.length }, (_, at) => 200 - left.length + at));
    expect(events.dropped()).toBe(200 - left.length);
    const bytes = readdirSync(folder).map((name) => (/^events-\d/.test(name) ? statSync(join(folder, name)).size : 0));
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(10_000);
  });

  it("tells an exposure once, the end of a unit, and takes no value that an event cannot have", async () => {
    const folder = temporaryFolder();
    const logged = await log({ folder });
    const other = { ...FIELDS, unit: "1".repeat(32), pair: "mixed" as const };
    await Promise.all([FIELDS, other, { ...FIELDS, pair: "same" as const }].map((fields) => logged.events.assigned(fields)));
    expect(logged.events.metric(FIELDS, "rebuffers", 3, { denominator: 60, period: "before" })).toBe(true);
    for (const [name, value] of [
      ["join ms", 1],
      ["join-ms", Number.NaN],
      ["join-ms", 2e30],
    ] as const) {
      expect(logged.events.metric(FIELDS, name, value)).toBe(false);
    }
    expect([logged.events.endUnit(other), logged.events.endUnit(other)]).toEqual([true, false]);
    await close(logged);
    expect(waiting(folder).map(({ type, unit, pair }) => [type, unit[0], pair])).toEqual([
      ["exposure", "0", undefined],
      ["exposure", "1", "mixed"],
      ["metric", "0", undefined],
      ["end", "1", "mixed"],
      ["end", "0", undefined],
    ]);
    expect(readdirSync(folder).filter((name) => name.startsWith("events-run"))).toEqual([]);
  });

  it("takes the run of another machine for ended when it has been silent for minutes, and leaves out a half line", async () => {
    const folder = temporaryFolder();
    const lines = [{ process: "1-1-ffffff" }, { assigned: FIELDS, number: 0 }, { mark: "running" }].map(runLine).join("");
    const run = join(folder, `events-run-${"1".repeat(13)}-${"a".repeat(16)}.ndjson`);
    writeFileSync(run, `${lines}{"time":2,"ended":0`);
    const touched = statSync(run).mtimeMs;
    await close(await log({ folder, now: () => touched + 60_000 }));
    expect(existsSync(run)).toBe(true);
    await close(await log({ folder, now: () => touched + 400_000 }));
    expect(waiting(folder).map(({ id, type }) => [id, type])).toEqual([
      [`${"a".repeat(16)}-x0`, "exposure"],
      [`${"a".repeat(16)}-crash-0`, "crash"],
    ]);
    expect(existsSync(run)).toBe(false);
  });

  it("is read as far as it was written, wherever it was cut off", () => {
    const lines = [{ process: "1-1" }, { assigned: FIELDS, number: 0 }, { mark: "running" }, { ended: 0 }, { mark: "end" }].map(runLine);
    const text = lines.join("");
    const open = [0, 0, 1, 1, 0, 0];
    for (let cut = 0; cut <= text.length; cut++) {
      const story = storyOf(text.slice(0, cut));
      const whole = text.slice(0, cut).split("\n").length - 1;
      expect([story.open.length, story.wasRunning, story.mark === "end"]).toEqual([open[whole], whole >= 3, whole === 5]);
    }
  });

  it("keeps its own file small when units never end", () => {
    const folder = temporaryFolder();
    const file = beginRun(folder, { run: "a".repeat(16), process: "1-1", beganMs: 1 });
    const open = Array.from({ length: 40_000 }, (_, number) => ({ fields: FIELDS, number, time: 1 }));
    file.add({ time: 1, mark: "running" }, () => []);
    for (const [at, { fields, number, time }] of open.entries())
      file.add({ time, assigned: fields, number }, () => open.slice(Math.max(0, at - 9999), at + 1));
    const [name = ""] = readdirSync(folder);
    expect(statSync(join(folder, name)).size).toBeLessThan(8 * 2 ** 20);
    const story = storyOf(readFileSync(join(folder, name), "utf8"));
    expect([story.process, story.wasRunning, story.open.at(-1)?.number]).toEqual(["1-1", true, 39_999]);
    expect(story.open.length).toBeGreaterThanOrEqual(10_000);
    file.remove();
  });

  it("that cannot be kept says so, and lets the program go on", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const { events, said } = await log({ folder: file });
    await events.assigned(FIELDS);
    expect([events.metric(FIELDS, "join-ms", 1), await events.flush()]).toEqual([false, true]);
    expect(said[0]).toContain("nothing is logged");
  });
});
