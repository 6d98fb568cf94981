/**
 * Sends batches over some connections, each waiting for its answer before it sends the next. Usage: node load.mjs URL SECONDS CONNECTIONS BATCH
 * PREFIX, the token in INGEST_TOKEN; prints one JSON line. One batch in twenty is sent a second time under the same ids.
 */
import { connect } from "node:net";

const [url, seconds, connections, batch, prefix] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const size = Number(batch);
const end = performance.now() + Number(seconds) * 1000;
const count = { acknowledged: 0, unique: 0, requests: 0, busy: 0, bytes: 0 };
const latencies = [];
let next = 0;

await Promise.all(Array.from({ length: Number(connections) }, run));
latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.floor(latencies.length * share)];
const lineBytes = Math.round(count.bytes / (count.requests * size));
process.stdout.write(`${JSON.stringify({ ...count, lineBytes, p50: at(0.5), p99: at(0.99), max: at(0.9999) })}\n`);
process.exit(0);

async function run() {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  const answers = reader(socket);
  for (let turn = 0; performance.now() < end; turn++) {
    const body = batchOf();
    await send(socket, answers, body, size);
    if (turn % 20 === 0) await send(socket, answers, body, 0);
  }
  socket.destroy();
}

async function send(socket, answers, body, fresh) {
  const begun = performance.now();
  socket.write(
    `POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${process.env.INGEST_TOKEN}\r\ncontent-type: application/x-ndjson\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    "latin1",
  );
  const { status, text } = await answers();
  latencies.push(performance.now() - begun);
  count.requests++;
  count.bytes += body.length;
  if (status !== 200) {
    count.busy++;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return;
  }
  const { accepted } = JSON.parse(text);
  if (accepted !== size) throw new Error(text.slice(0, 300));
  count.acknowledged += accepted;
  count.unique += fresh;
}

/** Lines of about 200 bytes, as the C++ client writes them. */
function batchOf() {
  const now = Date.now();
  let body = "";
  for (let index = 0; index < size; index++) {
    const number = next++;
    const arm = number % 2 === 0 ? "treatment" : "control";
    const unit = ((number * 2654435761) % 4294967296).toString(16).padStart(8, "0");
    body += `{"id":"${prefix}${unit}-${number}","time":${now - (number % 1000)},"type":"metric","experiment":"uc${number % 54}-m150","useCase":"uc${number % 54}","phase":2,"arm":"${arm}","unit":"${unit}${unit}${unit}${unit}","flavor":"latest","seed":17,"metric":"join-ms","value":${(number % 9973) / 7}}\n`;
  }
  return body;
}

function nothing() {}

/** Answers in order: the status and the body, by Content-Length. */
function reader(socket) {
  let data = "";
  let wake = nothing;
  socket.on("data", (chunk) => {
    data += chunk.toString("latin1");
    wake();
  });
  return async () => {
    for (;;) {
      const head = data.indexOf("\r\n\r\n");
      const length = head === -1 ? undefined : Number(/content-length: (\d+)/i.exec(data)?.[1]);
      if (length !== undefined && data.length >= head + 4 + length) {
        const status = Number(data.slice(9, 12));
        const text = data.slice(head + 4, head + 4 + length);
        data = data.slice(head + 4 + length);
        return { status, text };
      }
      await new Promise((resolve) => (wake = resolve));
    }
  };
}
