// Owns the list of headers that a generated shim's own header needs: no more than callers have to see.
#ifndef UNFORK_SHIM_H_
#define UNFORK_SHIM_H_

#include "unfork/handle.h"
#include "unfork/instances.h"
#include "unfork/interface.h"
#include "unfork/kinds.h"
#include "unfork/runtime.h"

#endif  // UNFORK_SHIM_H_
