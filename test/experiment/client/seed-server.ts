/** Owns a server of seeds for tests: ETags, a stream of notices, and a switch that takes it off the air. */
import { createHash } from "node:crypto";
import { type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

import { readSeed } from "../../../src/experiment/assignment/read-seed.js";

const servers: Server[] = [];

export interface SeedServer {
  readonly url: string;
  /** Publishes a text and tells the followers. */
  readonly publish: (text: string) => void;
  /** Status per answer so far. */
  readonly answers: number[];
  readonly followers: () => number;
  /** Breaks all connections; while off, it answers 503. */
  readonly setOff: (off: boolean) => void;
  /** The next so many answers are those of a cache that has the text before, or 502. */
  readonly lag: (answers: number, how: "older" | "broken") => void;
}

export async function seedServer(first: string): Promise<SeedServer> {
  let text = first;
  let older = first;
  let off = false;
  let lagging = 0;
  let broken = false;
  const answers: number[] = [];
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (off) return void response.writeHead(503).end();
    if (request.url === "/v1/seed/stream") {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n");
      streams.add(response);
      response.on("close", () => streams.delete(response));
      return;
    }
    const lags = lagging > 0;
    if (lags) lagging -= 1;
    if (lags && broken) return void response.writeHead(502).end();
    const shown = lags ? older : text;
    const etag = `"${createHash("sha256").update(shown).digest("hex")}"`;
    const same = request.headers["if-none-match"] === etag;
    answers.push(same ? 304 : 200);
    response.writeHead(same ? 304 : 200, { etag }).end(same ? undefined : shown);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/seed`,
    publish(next) {
      older = text;
      text = next;
      const opened = readSeed(next);
      const version = typeof opened === "string" ? 0 : (opened.halt?.payload.version ?? opened.base.payload.version);
      for (const stream of streams) stream.write(`event: seed\nid: ${version}\ndata: ${JSON.stringify({ version })}\n\n`);
    },
    answers,
    followers: () => streams.size,
    setOff(next) {
      off = next;
      if (off) for (const stream of streams) stream.destroy();
    },
    lag(count, how) {
      lagging = count;
      broken = how === "broken";
    },
  };
}

afterAll(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
