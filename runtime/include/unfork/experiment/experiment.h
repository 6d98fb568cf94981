// Owns the list of headers of an experiment's client.
#ifndef UNFORK_EXPERIMENT_EXPERIMENT_H_
#define UNFORK_EXPERIMENT_EXPERIMENT_H_

#include "unfork/experiment/assigner.h"
#include "unfork/experiment/client.h"
#include "unfork/experiment/set_flavor.h"
#include "unfork/experiment/telemetry_log.h"
#include "unfork/experiment/transport.h"

#endif  // UNFORK_EXPERIMENT_EXPERIMENT_H_
