/** Owns the loading of all that prints a kind of node. */
import "./closures.js";
import "./expressions.js";
import "./functions.js";
import "./init-lists.js";
import "./literals.js";
import "./names.js";
import "./packs.js";
import "./requirements.js";
import "./types.js";

export { print } from "./dispatch.js";
