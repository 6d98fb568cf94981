/** Writes what is made from the code and checked in: docs/cli.md and the JSON schemas. A test holds them fresh. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { generatedFiles } from "../dist/cli/generated-files.js";

const root = fileURLToPath(new URL("..", import.meta.url));
for (const [path, content] of generatedFiles()) await writeFile(`${root}${path}`, content);
