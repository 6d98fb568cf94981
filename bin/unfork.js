#!/usr/bin/env node
const { join } = require("node:path");
const { enableCompileCache, flushCompileCache } = require("node:module");

const args = process.argv.slice(2);
const isPatch = args[0] === "patch";
let keep = flushCompileCache;
if (enableCompileCache !== undefined) enableCompileCache();
else if (isPatch) keep = require("../dist/bundle/before.js").beforePatch(join(__dirname, "..", "dist", "bundle"));

const { main } = require("../dist/bundle/main.js");

void main(args).then((code) => {
  process.exitCode = code;
  // A patch command leaves nothing behind it that would have to be taken down, where all is written.
  if (!isPatch || keep === undefined || process.stdout.writableLength + process.stderr.writableLength > 0) return;
  keep();
  process.exit();
});
