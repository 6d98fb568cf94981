/**
 * `npm run demo`: two real WebRTC releases in one program.
 *   -- --quick   the same on a small library of our own, without downloads
 *   -- --full    also builds the other way to treat abseil (one copy for both), so that the report shows both sizes
 * Everything else goes to `unfork upgrade`.
 */
import { join } from "node:path";

import { DEMO_PROGRAMS, QUICK_PROGRAMS, foreground, root, say, setUp } from "./setup.mjs";

const args = process.argv.slice(2);
const quick = args.includes("--quick");
const full = args.includes("--full");
const rest = args.filter((arg) => arg !== "--quick" && arg !== "--full");

setUp(quick ? QUICK_PROGRAMS : DEMO_PROGRAMS);
if (full && !quick) upgrade("webrtc-audio/shared-abseil.config.ts", ["--quiet"]);
upgrade(quick ? "quick/unfork.config.ts" : "webrtc-audio/unfork.config.ts", rest);

function upgrade(config, more) {
  say(`unfork upgrade --config examples/${config} ${more.join(" ")}`);
  const code = foreground(process.execPath, [join(root, "bin/unfork.js"), "upgrade", "--config", join(root, "examples", config), ...more]);
  if (code !== 0) process.exit(code);
}
