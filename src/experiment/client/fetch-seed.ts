/** Owns the fetch of a seed over HTTP, by ETag. */
import { MAX_SEED_BYTES } from "../../model/seed.js";

const TIMEOUT_MS = 10_000;

export type FetchedSeed =
  | { readonly status: "fetched"; readonly bytes: Uint8Array; readonly etag: string | undefined }
  | { readonly status: "unchanged" }
  | { readonly status: "failed"; readonly message: string };

/** Asks for the seed. A server that is not there, answers otherwise or sends too much is told as `failed`, never thrown. */
export async function fetchSeed(url: string, etag: string | undefined, token: string | undefined, stop: AbortSignal): Promise<FetchedSeed> {
  try {
    const response = await fetch(url, {
      headers: {
        ...requestHeaders(token),
        accept: "application/json",
        "cache-control": "no-cache",
        ...(etag === undefined ? {} : { "if-none-match": etag }),
      },
      signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.status === 200)
      return { status: "fetched", bytes: await bodyOf(response), etag: response.headers.get("etag") ?? undefined };
    await response.body?.cancel();
    return response.status === 304 ? { status: "unchanged" } : { status: "failed", message: `${url} answers ${response.status}` };
  } catch (error) {
    return { status: "failed", message: `${url} cannot be fetched: ${reasonOf(error)}` };
  }
}

export function requestHeaders(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** No more than a seed may have is read. */
async function bodyOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    parts.push(part as Uint8Array);
    size += (part as Uint8Array).length;
    if (size > MAX_SEED_BYTES) throw new Error(`it sends more than ${MAX_SEED_BYTES} bytes`);
  }
  return Buffer.concat(parts);
}

/** What fetch hides in its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
