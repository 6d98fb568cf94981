/** Owns the limits that keep a hostile name from taking more than it is worth. */

/** Bytes of a mangled name; longer ones come back as they are. */
export const MOST_INPUT = 1 << 20;

/** Bytes of a demangled name: back-references make exponential ones out of short input. */
export const MOST_OUTPUT = 1 << 20;

/** Nodes visited while one name is printed: packs can be visited without a byte being written. */
export const MOST_STEPS = 1 << 20;

/** Productions within one another. Each takes up to three frames of the stack. */
export const MOST_DEPTH = 1024;
