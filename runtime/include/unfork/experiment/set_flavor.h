// Owns the way from an assignment to the flavor of a shim: logged first, set then.
#ifndef UNFORK_EXPERIMENT_SET_FLAVOR_H_
#define UNFORK_EXPERIMENT_SET_FLAVOR_H_

#include <functional>
#include <string>
#include <string_view>

#include "unfork/choose.h"
#include "unfork/experiment/client.h"
#include "unfork/experiment/telemetry_log.h"
#include "unfork/flavor_state.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// The index of an assignment's flavor in a program, or -1 where the program does not have it.
inline int IndexOf(const FlavorState& state, Flavor flavor) {
  for (int index = 0; index < 2; ++index) {
    if (state.IsBuilt(index) && std::string_view(state.name(index)) == NameOf(flavor)) return index;
  }
  return -1;
}

/// Fills the releases that a program is built with, so that seeds about others have no say.
inline void SetReleases(ClientOptions& options, const FlavorState& state) {
  for (int index = 0; index < 2; ++index) {
    const bool is_latest = std::string_view(state.name(index)) == NameOf(Flavor::kLatest);
    (is_latest ? options.latest_release : options.legacy_release) = state.release(index);
  }
}

/// Assigns a unit and logs it; `log` may be null. The log is on disk when this returns.
inline Assignment AssignAndLog(const Client& client, TelemetryLog* log, std::string_view use_case, const Units& units = {}) {
  const Assignment assignment = client.Assign(use_case, units);
  EventFields fields;
  if (log != nullptr && client.FieldsOf(assignment, units, fields)) log->LogAssignment(fields);
  return assignment;
}

/// As `FlavorSources::callback`: the operator's environment and file come before it, and what they decide is no part of the experiment. A flavor
/// that is not in this program is no answer. All that is named here outlives the answer.
inline std::function<std::string()> FlavorCallback(const FlavorState& state, const Client& client, TelemetryLog* log, std::string use_case,
                                                   std::string device = "") {
  return [&state, &client, log, use_case = std::move(use_case), device = std::move(device)]() -> std::string {
    Units units;
    units.device = device;
    if (IndexOf(state, client.Assign(use_case, units).flavor) < 0) return "";
    return NameOf(AssignAndLog(client, log, use_case, units).flavor);
  };
}

/// What `TellFirstUse` is given: the event of one library's first use.
struct FirstUse {
  TelemetryLog* log = nullptr;
  std::string library;
  EventFields fields;
};

/// For `SetExposureHook(&TellFirstUse, &first_use)`: the exposure is told at the first call through the shim, if it runs on the assigned flavor.
inline void TellFirstUse(const Exposure& exposure, void* data) {
  const FirstUse* use = static_cast<const FirstUse*>(data);
  if (use->library != exposure.library || std::string_view(exposure.flavor) != NameOf(use->fields.flavor)) return;
  use->log->Exposure(use->fields);
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_SET_FLAVOR_H_
