/** Owns the stream of notices that there is a new seed: server-sent events (WHATWG HTML, 9.2), joined again whenever it breaks. */
import { sleep } from "../../support/clock.js";
import { unseededFraction } from "../../support/random.js";
import { reasonOf, requestHeaders } from "./fetch-seed.js";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** The server sends a comment more often than this; a silent stream is dead. */
const SILENCE_MS = 60_000;

/** Of a line that has not ended yet; notices are short. */
const LONGEST_LINE = 65_536;

export interface Notices {
  readonly url: string;
  readonly token: string | undefined;
  /** Called at each notice with the version that it names, and with 0 whenever the stream is joined: what was sent before is missed. */
  readonly onNotice: (version: number) => void;
  readonly onMessage: (message: string) => void;
}

/** Listens until `stop`. Waits between two tries, twice as long each time up to half a minute, by a random part less. */
export async function listen(notices: Notices, stop: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!stop.aborted) {
    const joined = await join(notices, stop);
    if (stop.aborted) return;
    wait = joined ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
    await pause(wait * (0.5 + unseededFraction() / 2), stop);
  }
}

/** Reads one stream to its end; whether it was one. */
async function join({ url, token, onNotice, onMessage }: Notices, stop: AbortSignal): Promise<boolean> {
  let joined = false;
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch(url, {
      headers: { ...requestHeaders(token), accept: "text/event-stream" },
      signal: AbortSignal.any([stop, silence.signal]),
    });
    if (response.status !== 200 || response.body === null) throw new Error(`it answers ${response.status}`);
    joined = true;
    onNotice(0);
    const decoder = new TextDecoder();
    const events = eventReader();
    for await (const part of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      for (const data of events(decoder.decode(part as Uint8Array, { stream: true }))) onNotice(versionIn(data));
    }
  } catch (error) {
    if (!stop.aborted) onMessage(`${url} cannot be followed: ${silence.signal.aborted ? "it fell silent" : reasonOf(error)}`);
  } finally {
    clearTimeout(timer);
  }
  return joined;
}

/** The data of whole events in what comes piece by piece; comments have none. */
function eventReader(): (text: string) => string[] {
  let line = "";
  let data: string[] = [];
  return function read(text) {
    const events: string[] = [];
    const lines = (line + text).split(/\r\n|\n|\r/);
    line = (lines.pop() ?? "").slice(0, LONGEST_LINE);
    for (const one of lines) {
      if (one.startsWith("data:")) data.push(one.slice(5));
      if (one !== "" || data.length === 0) continue;
      events.push(data.join("\n"));
      data = [];
    }
    return events;
  };
}

/** Of `{"version": 8}`, or 0. A notice is not signed: it only says when to look. */
function versionIn(data: string): number {
  try {
    const { version } = JSON.parse(data) as { version?: unknown };
    return typeof version === "number" && Number.isSafeInteger(version) ? version : 0;
  } catch {
    return 0;
  }
}

/** Sleeps in short steps, so that a stop ends it. */
export async function pause(ms: number, stop: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !stop.aborted; left -= 100) await sleep(Math.min(left, 100));
}
