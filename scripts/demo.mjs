/**
 * `npm run demo`: two real WebRTC releases in one program.
 *   -- --quick   the same on a small library of our own, without downloads
 *   -- --full    judged on all 54 use cases, not only the 18 quick ones; then rolled out to a fleet of 400 simulated devices
 *   -- --all-abseil   with all of abseil in both archives, not only what the audio core links
 * Everything else goes to `unfork upgrade`.
 */
import { join } from "node:path";

import { DEMO_PROGRAMS, QUICK_PROGRAMS, foreground, root, say, setUp } from "./setup.mjs";

const args = process.argv.slice(2);
const quick = args.includes("--quick");
const configs = { "--full": "full", "--all-abseil": "all-abseil" };
const chosen = args.find((arg) => Object.hasOwn(configs, arg));
const rest = args.filter((arg) => arg !== "--quick" && arg !== chosen);

const full = chosen === "--full";

setUp(quick ? QUICK_PROGRAMS : full ? [...DEMO_PROGRAMS, "libcrypto"] : DEMO_PROGRAMS);
if (!quick && rest.length === 0) {
  say("1 of 2: the size of another way to treat abseil, one copy for both releases");
  upgrade("webrtc-audio/shared-abseil.config.ts", [], "ignore");
  say("\n2 of 2: the upgrade itself, both copies of abseil isolated");
}
upgrade(quick ? "quick/unfork.config.ts" : `webrtc-audio/${chosen === undefined ? "unfork" : configs[chosen]}.config.ts`, rest, "inherit");
if (full && rest.length === 0) rollOut();

/** The program of a device, and its fleet. */
function rollOut() {
  say("\nthe rollout: 400 devices, a real server, one planted fault");
  upgrade("webrtc-audio/fleet.config.ts", ["--only", "link"], "ignore");
  process.exitCode = foreground(process.execPath, [join(root, "examples/webrtc-audio/fleet/run-fleet.mjs")]);
}

function upgrade(config, more, stdout) {
  const command = [join(root, "bin/unfork.js"), "upgrade", "--config", join(root, "examples", config), ...more];
  const code = foreground(process.execPath, command, { stdio: ["inherit", stdout, "inherit"] });
  if (code !== 0) process.exit(code);
}
