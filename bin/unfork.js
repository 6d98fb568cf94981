#!/usr/bin/env node
require("node:module").enableCompileCache?.();
const { main } = require("../dist/bundle/main.js");

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
