/** Owns the way of one batch to the server: `POST /v1/events`, packed, and what its answer means. */
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { wallClockMs } from "../../../support/clock.js";
import { reasonOf, requestHeaders } from "../fetch-seed.js";

const TIMEOUT_MS = 30_000;
const LONGEST_WAIT_SECONDS = 86_400;

export interface Receiver {
  /** Such as `https://example.com/v1/events`. */
  readonly url: string;
  readonly token: string | undefined;
}

/** `accepted`: on the server's disk. `retry`: not now. `refused`: never. */
export type Sent =
  | { readonly status: "accepted"; readonly rejected: number }
  | { readonly status: "retry"; readonly message: string; readonly afterSeconds: number | undefined }
  | { readonly status: "refused"; readonly message: string };

/** What the server says about a body that will not be better the next time. */
const NEVER = new Set([400, 413, 415]);

/** Never throws. */
export async function sendBatch(lines: string, { url, token }: Receiver, stop: AbortSignal): Promise<Sent> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...requestHeaders(token), "content-type": "application/x-ndjson", "content-encoding": "gzip" },
      body: await promisify(gzip)(lines),
      signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await response.text();
    const message = `${url} answers ${response.status}`;
    if (response.status === 200) return { status: "accepted", rejected: rejectedIn(text) };
    if (NEVER.has(response.status)) return { status: "refused", message };
    return { status: "retry", message, afterSeconds: secondsOf(response.headers.get("retry-after")) };
  } catch (error) {
    return { status: "retry", message: `${url} cannot be reached: ${reasonOf(error)}`, afterSeconds: undefined };
  }
}

function rejectedIn(text: string): number {
  try {
    return Number((JSON.parse(text) as { readonly rejectedLines?: unknown }).rejectedLines) || 0;
  } catch {
    return 0;
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function secondsOf(header: string | null): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - wallClockMs()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS) : undefined;
}
