/** Removes a test file's temporary folders behind it; set up by vitest, since files that share a process load `temp.ts` once. */
import { afterAll } from "vitest";

import { removeTemporaryFolders } from "./temp.js";

afterAll(removeTemporaryFolders);
