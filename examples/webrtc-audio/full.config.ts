// The same upgrade judged on all 54 use cases, not only the quick ones: `npm run demo -- --full`. Everything built is shared with the
// plain demo; only the use cases and the report are made anew.
import { defineConfig } from "unfork";

import base from "./unfork.config.ts";

if (base.useCases === undefined) throw new Error("the base configuration declares use cases");
const { only: _only, ...all } = base.useCases;

export default defineConfig({ ...base, useCases: all });
