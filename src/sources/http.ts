/** Owns GET over http and https: redirects, proxy, time limits, and going on after a broken connection. */
import { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, get as httpGet, request as httpRequest } from "node:http";
import { get as httpsGet } from "node:https";
import type { Socket } from "node:net";
import { connect as tlsConnect } from "node:tls";

import { UnforkError, messageOf } from "../support/errors.js";
import type { ByteStream } from "./extract.js";
import { proxyFor } from "./proxy.js";

const REDIRECTS = 10;
/** Without any byte for so long a connection counts as dead. */
const SILENCE_MS = 20_000;
const RESUMES = 3;

/** Opens an http(s) address as a stream. Throws `network`, also later from the stream, naming the address and why. */
export async function openUrl(url: string): Promise<ByteStream> {
  const response = await follow(url, {});
  const size = lengthOf(response);
  return { size, chunks: resuming(url, response, size) };
}

/** A connection that breaks is taken up again at its byte; the checksum of the whole says whether that was right. */
async function* resuming(url: string, first: IncomingMessage, size: number | null): AsyncGenerator<Buffer> {
  const canResume = size !== null && first.headers["accept-ranges"] === "bytes";
  const progress = { done: 0 };
  let response = first;
  for (let attempt = 0; ; attempt++) {
    const broken = yield* bodyOf(response, progress);
    if (broken === undefined && (size === null || progress.done === size)) return;
    const why = broken ?? "it ended early";
    if (!canResume || attempt === RESUMES) {
      throw network(url, `the connection broke after ${progress.done} of ${size ?? "an unknown number of"} bytes: ${why}`);
    }
    response = await resume(url, first, progress.done);
  }
}

/** Passes a body on and gives what broke it, or undefined. */
async function* bodyOf(response: IncomingMessage, progress: { done: number }): AsyncGenerator<Buffer, string | undefined> {
  try {
    for await (const chunk of response) {
      progress.done += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
    return response.complete ? undefined : "it was closed";
  } catch (error) {
    return messageOf(error);
  } finally {
    response.destroy();
  }
}

async function resume(url: string, first: IncomingMessage, done: number): Promise<IncomingMessage> {
  const validator = first.headers.etag ?? first.headers["last-modified"];
  const headers = { range: `bytes=${done}-`, ...(validator === undefined ? {} : { "if-range": validator }) };
  const response = await follow(url, headers);
  if (response.statusCode === 206) return response;
  response.destroy();
  throw network(url, `the connection broke after ${done} bytes, and the file has changed since`);
}

async function follow(url: string, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
  let address = parse(url);
  for (let count = 0; count <= REDIRECTS; count++) {
    const response = await getOnce(address, headers);
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    if (status === 200 || status === 206) return response;
    response.destroy();
    if (status < 300 || status >= 400 || location === undefined) {
      throw network(url, `the server answered ${status} ${response.statusMessage ?? ""}`.trimEnd());
    }
    address = parse(new URL(location, address).href);
  }
  throw network(url, `more than ${REDIRECTS} redirects`);
}

function parse(url: string): URL {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return new URL(url);
  throw new UnforkError("input-invalid", `not an http or https address: ${url}`, {
    hint: "give a whole address, or use 'file' for a path",
  });
}

async function getOnce(address: URL, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
  const proxy = proxyFor(address);
  try {
    if (proxy === undefined)
      return await answered((done) => (address.protocol === "https:" ? httpsGet : httpGet)(address, { headers }, done));
    if (address.protocol === "http:") return await viaProxy(proxy, address, headers);
    const socket = await tunnel(proxy, address);
    return await answered((done) =>
      httpsGet(address, { headers, agent: false, createConnection: () => tlsConnect({ socket, servername: address.hostname }) }, done),
    );
  } catch (error) {
    throw error instanceof UnforkError ? error : network(address.href, messageOf(error), error);
  }
}

function viaProxy(proxy: URL, address: URL, headers: OutgoingHttpHeaders): Promise<IncomingMessage> {
  const all = { ...headers, ...proxyHeaders(proxy), host: address.host };
  return answered((done) => httpGet({ host: proxy.hostname, port: proxy.port || 80, path: address.href, headers: all }, done));
}

/** A connection through the proxy by CONNECT (RFC 9110 §9.3.6). */
function tunnel(proxy: URL, address: URL): Promise<Socket> {
  const path = `${address.hostname}:${address.port || 443}`;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: proxy.hostname, port: proxy.port || 80, method: "CONNECT", path, headers: proxyHeaders(proxy) });
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error(`the proxy ${proxy.host} does not answer`)));
    request.once("error", reject);
    request.once("connect", (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode ?? 0}`));
    });
    request.end();
  });
}

function proxyHeaders(proxy: URL): OutgoingHttpHeaders {
  if (proxy.username === "") return {};
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
}

/** Silence counts only while we want bytes: a reader that is itself busy for long breaks no connection. */
function answered(send: (done: (response: IncomingMessage) => void) => ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let body: IncomingMessage | undefined;
    const request = send((response) => {
      body = response;
      resolve(response);
    });
    request.setTimeout(SILENCE_MS);
    request.on("timeout", () => {
      if (body !== undefined && body.readableLength > 0) request.setTimeout(SILENCE_MS);
      else request.destroy(new Error(`no byte came for ${SILENCE_MS / 1000} s`));
    });
    request.once("error", reject);
  });
}

function lengthOf(response: IncomingMessage): number | null {
  const length = response.headers["content-length"];
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : null;
}

function network(url: string, why: string, cause?: unknown): UnforkError {
  return new UnforkError("network", `cannot fetch ${url}: ${why}`, {
    hint: "check the address and the network (http_proxy and https_proxy are obeyed), then start again",
    context: { url },
    ...(cause === undefined ? {} : { cause }),
  });
}
