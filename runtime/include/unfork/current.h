// Owns the step from a library's flavor to the table of its free functions, static methods and constructors.
#ifndef UNFORK_CURRENT_H_
#define UNFORK_CURRENT_H_

#include <type_traits>

#include "unfork/compiler.h"
#include "unfork/flavor_state.h"
#include "unfork/operations.h"

namespace unfork {
inline namespace v1 {

/// The table in force on this thread: `CurrentOps<Api>(state, "webrtc_shim::CreateEcho")->CreateEcho(config)`. In a program with one
/// flavor nothing is looked up, so that a call before the flavor was set is not noticed there.
template <class Api>
OpsRef<Api> CurrentOps(FlavorState& state, const char* call) {
  if constexpr (std::is_empty_v<Api>) {
    static_cast<void>(state);
    static_cast<void>(call);
    return OpsRef<Api>();
  } else {
    return OpsRef<Api>(static_cast<const Api*>(state.Current(call)));
  }
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_CURRENT_H_
