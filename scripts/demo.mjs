/** `npm run demo`: two real WebRTC releases in one program; `-- --quick`: the same on a small library, without downloads. */
import { join } from "node:path";

import { DEMO_PROGRAMS, QUICK_PROGRAMS, foreground, root, setUp } from "./setup.mjs";

const args = process.argv.slice(2);
const quick = args.includes("--quick");
const rest = args.filter((arg) => arg !== "--quick");

setUp(quick ? QUICK_PROGRAMS : DEMO_PROGRAMS);
const config = join(root, "examples", quick ? "quick" : "webrtc-audio", "unfork.config.ts");
process.exit(foreground(process.execPath, [join(root, "bin/unfork.js"), "upgrade", "--config", config, ...rest]));
