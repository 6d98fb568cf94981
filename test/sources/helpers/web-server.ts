/** Owns a real HTTP server on loopback whose answers a test decides. */
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface WebServer {
  readonly url: string;
  /** Paths asked for so far, in order. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

export type Answer = Buffer | ((request: IncomingMessage, response: ServerResponse) => void);

/** Serves these paths; anything else is 404. */
export async function serve(answers: ReadonlyMap<string, Answer>): Promise<WebServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const answer = answers.get(path);
    if (typeof answer === "function") answer(request, response);
    else response.writeHead(answer === undefined ? 404 : 200, answer === undefined ? {} : { "content-length": answer.length }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { url: `http://127.0.0.1:${port}`, asked, close };
}
