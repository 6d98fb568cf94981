import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

import { openClient } from "../../../src/experiment/client/open-client.js";
import type { ClientOptions } from "../../../src/experiment/client/options.js";
import type { SeedClient } from "../../../src/experiment/client/assigner.js";
import { publicPart } from "../../../src/experiment/assignment/keys.js";
import { monotonicMs, sleep } from "../../../src/support/clock.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { NEXT_SIGNER, NOW, SIGNER, STRANGER, haltedSeed, seedOf, useCase } from "../assignment/sample-seed.js";
import { seedServer } from "./seed-server.js";

const ALL = { useCases: { "laptop-call": useCase({ arms: [{ arm: "treatment", flavor: "latest", from: 0, to: 1_000_000 }] }) } } as const;
const END = Date.parse("2026-12-28T12:00:00.000Z");
const open: SeedClient[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** A client with a list of what it said. */
async function client(options: Partial<ClientOptions>): Promise<{ readonly client: SeedClient; readonly said: string[] }> {
  const said: string[] = [];
  const made = await openClient({
    project: "webrtc",
    keys: [publicPart(SIGNER)],
    defaultFlavor: "legacy",
    now: () => NOW,
    onMessage: (message) => said.push(message),
    ...options,
  });
  open.push(made);
  return { client: made, said };
}

async function until(holds: () => boolean): Promise<number> {
  const start = monotonicMs();
  while (!holds() && monotonicMs() - start < 5000) await sleep(5);
  expect(holds()).toBe(true);
  return monotonicMs() - start;
}

describe("a client of seeds", () => {
  it("fetches a seed, keeps it, and works without the server from then on", async () => {
    const server = await seedServer(seedOf(ALL));
    const folder = temporaryFolder();
    const first = await client({ url: server.url, folder });
    expect(await first.client.flavorFor("laptop-call")).toMatchObject({ flavor: "latest", arm: "treatment", seed: 7 });
    expect(await first.client.refresh()).toBe("same");
    expect(server.answers).toContain(304);
    server.setOff(true);
    const offline = await client({ url: server.url, folder });
    expect(offline.client.peek("laptop-call")).toMatchObject({ flavor: "latest", arm: "treatment", seed: 7 });
    expect(await offline.client.refresh()).toBe("failed");
    expect(offline.said[0]).toContain("answers 503");
  });

  it("keeps its assignments to the end of the process; the next one has the new seed", async () => {
    const server = await seedServer(seedOf(ALL));
    const folder = temporaryFolder();
    const { client: running } = await client({ url: server.url, folder });
    server.publish(haltedSeed({}, ALL));
    expect(await running.refresh()).toMatch(/accepted|same/);
    expect(running.peek("laptop-call")).toMatchObject({ flavor: "latest", seed: 7 });
    const { client: next } = await client({ url: server.url, folder });
    expect(next.peek("laptop-call")).toMatchObject({ flavor: "legacy", arm: null, reason: "capped", seed: 8 });
  });

  it("logs an assignment before it tells it, once, without ids of the unit", async () => {
    const server = await seedServer(seedOf(ALL));
    const folder = temporaryFolder();
    const { client: running } = await client({ url: server.url, folder });
    const assignment = await running.flavorFor("laptop-call", { device: "my-phone" });
    const text = await readFile(join(folder, "assignments.ndjson"), "utf8");
    const fields = running.eventFields(assignment, { device: "my-phone" });
    expect(JSON.parse(text)).toMatchObject({ ...fields, useCase: "laptop-call", arm: "treatment", seed: 7 });
    expect(fields?.unit).toMatch(/^[0-9a-f]{32}$/);
    await Promise.all([1, 2, 3].map(() => running.flavorFor("laptop-call", { device: "my-phone" })));
    const other = { device: "other-phone" };
    await Promise.all(
      [1, 2].map(() => running.flavorFor("laptop-call", other).then(async () => expect((await readLog(folder)).length).toBe(2))),
    );
    await running.flavorFor("unknown");
    const lines = await readLog(folder);
    expect(lines).toHaveLength(3);
    expect(lines.join("")).not.toContain("my-phone");
  });

  it("has one secret per installation, read by its owner only, and shares pseudonyms of calls by the project's", async () => {
    const server = await seedServer(
      seedOf({ useCases: { a: useCase({ unit: "call" }), b: useCase({ arms: [...ALL.useCases["laptop-call"].arms] }) } }),
    );
    const folders = [temporaryFolder(), temporaryFolder()];
    const joinSecret = "00".repeat(16);
    const clients = await Promise.all(folders.map((folder) => client({ url: server.url, folder, joinSecret })));
    const call = { call: "c0" };
    const units = clients.map(({ client: one }) => one.eventFields({ ...one.peek("a", call), arm: "control" }, call)?.unit);
    expect(units[0]).toBe(units[1]);
    const devices = clients.map(({ client: one }) => one.eventFields(one.peek("b"), {})?.unit);
    expect(devices[0]).not.toBe(devices[1]);
    expect((await stat(join(folders[0] ?? "", "installation.json"))).mode & 0o777).toBe(0o600);
    const again = await client({ folder: folders[0] ?? "" });
    expect(again.client.eventFields(again.client.peek("b"))?.unit).toBe(devices[0]);
  });
});

describe("a client that follows", () => {
  it("has a halt in less than a second after it is published", async () => {
    const server = await seedServer(seedOf(ALL));
    const versions: number[] = [];
    const { client: following } = await client({
      url: server.url,
      follow: true,
      pollSeconds: 0,
      onVersion: (version) => versions.push(version),
    });
    await until(() => server.followers() === 1);
    server.publish(haltedSeed({}, ALL));
    expect(await until(() => following.peek("laptop-call").flavor === "legacy")).toBeLessThan(1000);
    expect(versions).toEqual([8]);
  });

  it.each(["older", "broken"] as const)("looks again after a notice when the first answers are %s", async (how) => {
    const server = await seedServer(seedOf(ALL));
    const { client: following } = await client({ url: server.url, follow: true, pollSeconds: 0 });
    await until(() => server.followers() === 1 && following.version() === 7 && server.answers.length >= 2);
    server.lag(2, how);
    server.publish(haltedSeed({}, ALL));
    expect(await until(() => following.version() === 8)).toBeLessThan(1500);
  });

  it("joins again when the stream breaks, and has what was published meanwhile", async () => {
    const server = await seedServer(seedOf(ALL));
    const { client: following } = await client({ url: server.url, follow: true, pollSeconds: 0 });
    await until(() => server.followers() === 1);
    server.setOff(true);
    server.publish(haltedSeed({}, ALL));
    await sleep(100);
    server.setOff(false);
    await until(() => following.version() === 8);
    expect(following.peek("laptop-call").reason).toBe("capped");
  });

  it("falls back to the default flavor when the seed expires while it runs", async () => {
    const server = await seedServer(seedOf(ALL));
    let now = NOW;
    const { client: following, said } = await client({ url: server.url, follow: true, now: () => now });
    expect(following.peek("laptop-call").flavor).toBe("latest");
    now = END + 600_001;
    expect(following.peek("laptop-call")).toMatchObject({ flavor: "legacy", arm: null, reason: "expired" });
    expect(said).toContain("the seed has expired: the default flavor is used");
  });
});

describe("a client keeps its last good seed and says why it does not take", () => {
  it.each([
    ["an unsigned one", "unsigned", () => seedOf({ ...ALL, version: 9 }, [STRANGER])],
    ["an altered one", "altered", () => altered(seedOf({ ...ALL, version: 9 }))],
    ["an older one", "rolled-back", () => seedOf({ ...ALL, version: 6 })],
    ["one whose halt was stripped", "rolled-back", () => seedOf(ALL)],
    ["one whose cap was raised", "halt-raises", () => haltedSeed({ version: 9, caps: { "laptop-call": { cap: 500_000 } } }, ALL)],
    ["an expired one", "expired", () => seedOf({ ...ALL, version: 9, expires: "2026-11-30T12:00:00.001Z" })],
    ["no seed at all", "malformed", () => "<html>"],
  ])("%s", async (_what, reason, text) => {
    const server = await seedServer(haltedSeed({ caps: { "laptop-call": { cap: 0 } } }, ALL));
    const folder = temporaryFolder();
    const { client: running, said } = await client({ url: server.url, folder });
    server.publish(text());
    expect(await running.refresh()).toBe("rejected");
    expect(said.join("\n")).toContain(`(${reason})`);
    const { client: next } = await client({ folder });
    expect(next.peek("laptop-call")).toMatchObject({ reason: "capped", seed: 8 });
  });

  it("one about other releases than the program has", async () => {
    const server = await seedServer(seedOf(ALL));
    const { client: other, said } = await client({ url: server.url, releases: { legacy: "M150", latest: "M160" } });
    expect(other.peek("laptop-call")).toMatchObject({ flavor: "legacy", arm: null, reason: "other-releases" });
    expect(said[0]).toContain("other releases");
  });

  it("an expired or altered file of its own folder: the default flavor is used", async () => {
    const server = await seedServer(seedOf(ALL));
    const folder = temporaryFolder();
    await client({ url: server.url, folder });
    const late = await client({ folder, now: () => END + 600_001 });
    expect(late.client.peek("laptop-call")).toMatchObject({ flavor: "legacy", reason: "expired" });
    const name = (await readdir(folder)).find((one) => one.startsWith("seed-")) ?? "";
    const stored = JSON.parse(await readFile(join(folder, name), "utf8")) as { document: object };
    await writeFile(
      join(folder, name),
      JSON.stringify({ ...stored, document: JSON.parse(altered(JSON.stringify(stored.document))) as object }),
    );
    const broken = await client({ folder });
    expect(broken.client.peek("laptop-call")).toMatchObject({ flavor: "legacy", reason: "no-seed" });
    expect(broken.said[0]).toContain("(altered)");
    await writeFile(join(folder, name), "half");
    expect((await client({ folder })).said[0]).toContain("is damaged");
  });
});

describe("a client whose folder fails it", () => {
  it("works on where nothing can be written, and says so", async () => {
    const server = await seedServer(seedOf(ALL));
    const folder = join(temporaryFolder(), "file");
    await writeFile(folder, "");
    const { client: running, said } = await client({ url: server.url, folder });
    expect(await running.flavorFor("laptop-call")).toMatchObject({ flavor: "latest", arm: "treatment" });
    expect(said.join("\n")).toMatch(
      /installation.json cannot be kept[\s\S]*the seed cannot be kept[\s\S]*the log of assignments cannot be written/,
    );
  });

  it("is a new installation where its file is damaged", async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, "installation.json"), "{");
    const { said } = await client({ folder });
    expect(said[0]).toContain("counts as a new one");
    const text = await readFile(join(folder, "installation.json"), "utf8");
    await client({ folder });
    expect(await readFile(join(folder, "installation.json"), "utf8")).toBe(text);
  });
});

describe("keys in a client", () => {
  it("are handed on across processes by the kept seed", async () => {
    const rotated = seedOf({ ...ALL, version: 8, keys: [publicPart(NEXT_SIGNER)] }, [SIGNER]);
    const server = await seedServer(rotated);
    const folder = temporaryFolder();
    await client({ url: server.url, folder });
    server.publish(seedOf({ ...ALL, version: 9, keys: [publicPart(NEXT_SIGNER)], revoked: [SIGNER.id] }, [NEXT_SIGNER]));
    expect(await (await client({ url: server.url, folder })).client.refresh()).toMatch(/accepted|same/);
    const last = await client({ folder });
    expect([last.client.version(), last.said]).toEqual([9, []]);
  });
});

async function readLog(folder: string): Promise<string[]> {
  return (await readFile(join(folder, "assignments.ndjson"), "utf8")).trim().split("\n");
}

/** Another arm in the base's payload, under the old signature. */
function altered(text: string): string {
  const document = JSON.parse(text) as { base: { payload: string } };
  const payload = Buffer.from(Buffer.from(document.base.payload, "base64").toString().replace("1000000", "100000")).toString("base64");
  return JSON.stringify({ ...document, base: { ...document.base, payload } });
}
