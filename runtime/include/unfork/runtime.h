// Owns the list of the runtime's headers: what a generated shim includes.
#ifndef UNFORK_RUNTIME_H_
#define UNFORK_RUNTIME_H_

#include "unfork/choose.h"
#include "unfork/current.h"
#include "unfork/fail.h"
#include "unfork/flavor_state.h"
#include "unfork/hooks.h"
#include "unfork/operations.h"
#include "unfork/place.h"
#include "unfork/ref_counted.h"
#include "unfork/span.h"
#include "unfork/version.h"

#endif  // UNFORK_RUNTIME_H_
