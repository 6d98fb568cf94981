/** Owns the sending of what is spooled: oldest first, one batch after the other, with the pauses that the server wants. */
import { messageOf } from "../../../support/errors.js";
import { monotonicMs } from "../../../support/clock.js";
import { unseededFraction } from "../../../support/random.js";
import { type Receiver, type Sent, sendBatch } from "./send-batch.js";
import { type Spool, countLines } from "./spool.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 300_000;

export interface Sender {
  /** Sends until all is acknowledged or the server wants a pause; true when nothing is left. One sending goes on at a time. */
  readonly flush: (stop: AbortSignal) => Promise<boolean>;
}

export function createSender(spool: Spool, receiver: Receiver, tell: (message: string) => void): Sender {
  let notBefore = 0;
  let wait = FIRST_WAIT_MS;
  let last: Promise<boolean> = Promise.resolve(true);
  let said = "";

  function pause(sent: Sent & { readonly status: "retry" }): void {
    const own = wait * (0.5 + unseededFraction() / 2);
    notBefore = monotonicMs() + (sent.afterSeconds === undefined ? own : sent.afterSeconds * 1000);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    if (sent.message !== said) tell(sent.message);
    said = sent.message;
  }
  /** Whether the next batch may follow. */
  async function send(name: string, stop: AbortSignal): Promise<boolean> {
    const lines = spool.read(name);
    const sent: Sent = lines === "" ? { status: "accepted", rejected: 0 } : await sendBatch(lines, receiver, stop);
    if (sent.status === "retry") {
      if (!stop.aborted) pause(sent);
      return false;
    }
    if (sent.status === "refused") spool.drop(countLines(lines));
    if (sent.status === "refused") tell(`${sent.message}: ${countLines(lines)} events are dropped`);
    else if (sent.rejected > 0) tell(`${receiver.url} does not take ${sent.rejected} events: they are dropped`);
    wait = FIRST_WAIT_MS;
    said = "";
    spool.remove(name);
    return true;
  }
  async function sendAll(stop: AbortSignal): Promise<boolean> {
    if (monotonicMs() < notBefore) return false;
    for (const name of spool.ready()) if (stop.aborted || !(await send(name, stop))) return false;
    return true;
  }
  return {
    flush(stop) {
      last = last
        .then(() => sendAll(stop))
        .catch((error: unknown) => {
          tell(`events cannot be sent: ${messageOf(error)}`);
          return false;
        });
      return last;
    },
  };
}
