/** `npm test`: all set-up, then types, lint and every test. Arguments go to vitest. */
import { join } from "node:path";

import { TEST_PROGRAMS, foreground, root, setUp } from "./setup.mjs";

setUp(TEST_PROGRAMS);
const bin = (name) => join(root, "node_modules/.bin", name);
const steps = [
  [bin("tsc"), ["-p", "tsconfig.json", "--noEmit"]],
  [bin("oxlint"), ["--deny-warnings", "src", "test", "bench", "examples", "scripts"]],
  [bin("vitest"), ["run", ...process.argv.slice(2)]],
];
for (const [command, args] of steps) {
  const code = foreground(command, args);
  if (code !== 0) process.exit(code);
}
