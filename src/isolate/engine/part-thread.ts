/** Owns the thread of a part: the entry file of its worker, which loads the rest with the code that earlier runs kept. */
import { keepThreadCode } from "../../support/code-cache.js";

const keep = keepThreadCode("isolate-part");
void import("./serve-part.js").then(({ servePart }) => servePart(keep));
