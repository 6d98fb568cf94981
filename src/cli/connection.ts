/** Owns the way to a running server: its URL, the token from a file or the environment, what its errors mean. */
import type { Command } from "commander";

import { type ErrorCode, UnforkError, messageOf } from "../support/errors.js";
import { readText } from "../support/fs.js";

export interface ConnectionOptions {
  readonly url?: string;
  readonly tokenFile?: string;
}

/** Speaks JSON with a server. Each rejects with `network` when it is away, else with what it answered. */
export interface Connection {
  readonly url: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  delete(path: string): Promise<void>;
  /** The answer itself, whatever its status; for who has to act on it. */
  raw(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Adds `--url` and `--token-file`. A token is never an argument: others on the machine see those. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option("--url <url>", "the server (also: UNFORK_URL)")
    .option("--token-file <file>", "holds the token (also: the token itself in UNFORK_TOKEN)");
}

/** Throws `usage` without a URL or a token. */
export async function connect(options: ConnectionOptions): Promise<Connection> {
  const url = options.url ?? process.env["UNFORK_URL"];
  if (url === undefined || url === "") throw new UnforkError("usage", "which server? name it with --url or UNFORK_URL");
  if (!URL.canParse(url)) throw new UnforkError("usage", `${url} is no URL such as http://127.0.0.1:8474`);
  const token = options.tokenFile === undefined ? process.env["UNFORK_TOKEN"] : (await readText(options.tokenFile)).trim();
  if (token === undefined || token === "") {
    throw new UnforkError("usage", "a token is needed: --token-file FILE, or UNFORK_TOKEN", {
      hint: "make one on the server's machine: unfork token create --role operator --name NAME",
    });
  }
  return connectionTo(url.replace(/\/+$/, ""), token);
}

const TIMEOUT_MS = 30_000;

function connectionTo(url: string, token: string): Connection {
  async function raw(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    try {
      return await fetch(`${url}${path}`, {
        method,
        headers,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      throw new UnforkError("network", `${url} does not answer: ${messageOf(cause)}`, {
        hint: /certificate/.test(messageOf(cause))
          ? "name the authority that signed it: NODE_EXTRA_CA_CERTS=ca.pem unfork …"
          : "check the URL, and that the server runs (unfork serve)",
        cause: error,
      });
    }
  }
  async function asked<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await raw(method, path, body);
    const text = await response.text();
    if (!response.ok) throw errorOf(response.status, text);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
  return {
    url,
    raw,
    get: (path) => asked("GET", path),
    post: (path, body) => asked("POST", path, body),
    delete: (path) => asked("DELETE", path),
  };
}

/** Codes that the server's errors share with ours. */
const KNOWN: readonly ErrorCode[] = ["usage", "input-invalid", "input-missing", "state-invalid", "locked"];

/** What a server's answer means here. */
export function errorOf(status: number, text: string): UnforkError {
  const told = toldIn(text);
  const hint = told.hint ?? (status === 401 || status === 403 ? "use a token of another role: unfork token create" : undefined);
  const code = KNOWN.find((one) => one === told.code) ?? (status >= 500 || status === 429 ? "network" : "usage");
  return new UnforkError(code, `the server refused: ${told.message ?? `status ${status}`}`, {
    context: { status },
    ...(hint === undefined ? {} : { hint }),
  });
}

function toldIn(text: string): { readonly code?: string; readonly message?: string; readonly hint?: string } {
  try {
    return ((JSON.parse(text) as { readonly error?: object }).error ?? {}) as ReturnType<typeof toldIn>;
  } catch {
    return {};
  }
}
