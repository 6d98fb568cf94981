#!/usr/bin/env node
const { join } = require("node:path");
const { enableCompileCache, flushCompileCache } = require("node:module");

const args = process.argv.slice(2);
const isQuick = args[0] === "patch" || args[0] === "isolate";
let keep = flushCompileCache;
if (enableCompileCache !== undefined) enableCompileCache();
else if (isQuick) keep = require("../dist/bundle/before.js").before(args, join(__dirname, "..", "dist", "bundle"));

const { main } = require("../dist/bundle/main.js");

void main(args).then((code) => {
  process.exitCode = code;
  // These commands leave nothing behind them that would have to be taken down, where all is written.
  if (!isQuick || keep === undefined || process.stdout.writableLength + process.stderr.writableLength > 0) return;
  keep();
  process.exit();
});
