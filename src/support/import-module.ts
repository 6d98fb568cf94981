/** Owns importing a module that a user wrote, in TypeScript or JavaScript, as it stands. */
import { createJiti } from "jiti";

import { ownFile } from "./own-files.js";

/** Its default export; `import … from "unfork"` inside it means this very package, wherever the module lies. Throws what the module throws. */
export async function importDefault(file: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false, interopDefault: true, alias: { unfork: ownEntry() } });
  return await jiti.import(file, { default: true });
}

/** The file that defines `defineConfig` and `defineUseCase`; it imports only types, so it loads fast and everywhere. */
function ownEntry(): string {
  return ownFile(`config/define-config.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`);
}
