// Owns the list of headers that a generated adapter unit needs.
#ifndef UNFORK_ADAPTERS_H_
#define UNFORK_ADAPTERS_H_

#include "unfork/callables.h"
#include "unfork/convert.h"
#include "unfork/counted.h"
#include "unfork/handed.h"
#include "unfork/objects.h"
#include "unfork/passed.h"

#endif  // UNFORK_ADAPTERS_H_
