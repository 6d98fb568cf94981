/** Owns the events of a program on Node: kept on disk, sent in the background. */
import { messageOf } from "../../../support/errors.js";
import { unseededFraction } from "../../../support/random.js";
import { type RunLog, type RunOptions, openRun } from "./run-log.js";
import { type Sender, createSender } from "./sender.js";

export interface EventOptions extends RunOptions {
  /** Where events are sent, such as `https://example.com/v1/events`. Without it they wait for another process of the folder that has one. */
  readonly url?: string;
  /** With the role `ingest`. */
  readonly token?: string;
  /** Between two sendings; 0: only when `flush` or `close` is called. Default 30. */
  readonly sendSeconds?: number;
  /** How long `close` waits for the last sending. Default 3000. */
  readonly closeMs?: number;
}

export interface EventLog extends Omit<RunLog, "end"> {
  /** Sends what is there, unless the server asked for a pause; true when nothing is left. */
  readonly flush: () => Promise<boolean>;
  /** Events that were dropped in this folder so far, for want of space or because the server refused them. */
  readonly dropped: () => number;
  /** The clean end of the process. What cannot be sent in time waits for the next one. */
  readonly close: () => Promise<void>;
}

/** Opens the log, and tells of runs that ended without a mark. A folder that cannot be written is told: nothing is logged then. */
export async function openEvents(options: EventOptions): Promise<EventLog> {
  const tell = options.onMessage ?? (() => undefined);
  try {
    const { log, spool } = await openRun(options);
    const { url, token } = options;
    const sender = url === undefined ? undefined : createSender(spool, { url, token }, tell);
    return { ...log, ...sending(log, sender, options), dropped: spool.dropped };
  } catch (error) {
    tell(`nothing is logged: ${messageOf(error)}`);
    return SILENT;
  }
}

function sending(
  log: RunLog,
  sender: Sender | undefined,
  { sendSeconds = 30, closeMs = 3000 }: EventOptions,
): Pick<EventLog, "flush" | "close"> {
  const stop = new AbortController();
  const period = sendSeconds * 1000 * (0.75 + unseededFraction() / 2);
  const timer = sender === undefined || period === 0 ? undefined : setInterval(() => void sender.flush(stop.signal), period).unref();
  return {
    flush: async () => (sender === undefined ? false : sender.flush(stop.signal)),
    async close() {
      clearInterval(timer);
      log.end();
      const late = setTimeout(() => stop.abort(), closeMs);
      await sender?.flush(stop.signal);
      clearTimeout(late);
      stop.abort();
    },
  };
}

/** For a program whose folder fails it. */
const SILENT: EventLog = {
  assigned: async () => undefined,
  metric: () => false,
  running: () => undefined,
  paused: () => undefined,
  endUnit: () => false,
  flush: async () => true,
  dropped: () => 0,
  close: async () => undefined,
};
