#!/usr/bin/env node
require("node:module").enableCompileCache?.();
const { main } = require("../dist/bundle/main.js");

const args = process.argv.slice(2);

void main(args).then((code) => {
  process.exitCode = code;
  // A patch command leaves nothing behind it that would have to be taken down, where all is written.
  if (args[0] === "patch" && process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
});
