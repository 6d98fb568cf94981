// Owns the version of the runtime. The first number is that of the inner namespace: shims with runtimes of other first numbers
// live in one program, each with its own hooks.
#ifndef UNFORK_VERSION_H_
#define UNFORK_VERSION_H_

#define UNFORK_RUNTIME_VERSION "1.0.0"

#endif  // UNFORK_VERSION_H_
