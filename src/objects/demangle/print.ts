/** Owns the printing of trees: all kinds of nodes, joined. */
import { CLOSURES } from "./print/closures.js";
import { EXPRESSIONS } from "./print/expressions.js";
import { FOLDS } from "./print/folds.js";
import { FUNCTIONS } from "./print/functions.js";
import { INIT_LISTS } from "./print/init-lists.js";
import { LITERALS } from "./print/literals.js";
import { NAMES } from "./print/names.js";
import { PACKS } from "./print/packs.js";
import { REQUIREMENTS } from "./print/requirements.js";
import { TYPES } from "./print/types.js";
import { addPrinters } from "./print/dispatch.js";

for (const printers of [CLOSURES, EXPRESSIONS, FOLDS, FUNCTIONS, INIT_LISTS, LITERALS, NAMES, PACKS, REQUIREMENTS, TYPES])
  addPrinters(printers);

export { print } from "./print/dispatch.js";
