/** Owns the thread that creates the output's files while others read the input: the entry file of its worker. */
import { createFiles, type CreateRequest } from "./create-files.js";
import { serve } from "../../support/thread.js";

serve(async (message) => createFiles(message as CreateRequest));
