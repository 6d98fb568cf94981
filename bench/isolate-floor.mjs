/**
 * Measures what bounds `unfork isolate`: two threads list a tree, make its folders, read every file, scan it and write it as it was.
 * No name is looked at, nothing decided, checked, kept or reported. Usage: node bench/isolate-floor.mjs TREE OUT [copy|scan]
 */
import { closeSync, mkdirSync, openSync, readSync, fstatSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Worker, isMainThread, workerData } from "node:worker_threads";

import { createFastInterner } from "../dist/tokens/interner.js";
import { scan } from "../dist/tokens/scan.js";
import { createStream } from "../dist/tokens/stream.js";

if (isMainThread) main(process.argv[2], process.argv[3], process.argv[4] ?? "scan");
else work(workerData);

function main(tree, out, mode) {
  const files = [];
  const list = (folder) => {
    mkdirSync(join(out, folder), { recursive: true });
    for (const entry of readdirSync(join(tree, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) list(path);
      else files.push(path);
    }
  };
  const next = new Int32Array(new SharedArrayBuffer(4));
  list("");
  const task = { tree, out, mode, files, next };
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  work(task);
  worker.on("exit", () => {
    const { user, system } = process.cpuUsage();
    const cpu = (user + system) / 1e6;
    console.error(`${mode}: ${(performance.now() / 1000).toFixed(2)} s wall, ${cpu.toFixed(2)} s CPU`);
  });
}

function work({ tree, out, mode, files, next }) {
  const interner = createFastInterner();
  const stream = createStream(1 << 17);
  let buffer = Buffer.allocUnsafeSlow(1 << 24);
  for (let at = Atomics.add(next, 0, 32); at < files.length; at = Atomics.add(next, 0, 32)) {
    for (const file of files.slice(at, at + 32)) {
      const handle = openSync(`${tree}/${file}`, "r");
      const { size } = fstatSync(handle);
      if (size > buffer.length) buffer = Buffer.allocUnsafeSlow(size);
      const bytes = buffer.subarray(0, readSync(handle, buffer, 0, size, null));
      closeSync(handle);
      if (mode === "scan") scan(bytes, interner, stream);
      const written = openSync(`${out}/${file}`, "w");
      writeSync(written, bytes);
      closeSync(written);
    }
  }
}
