// Owns what is known of one library's flavor: its annotations, its exposures, and its line in a core dump.
#ifndef UNFORK_RECORD_H_
#define UNFORK_RECORD_H_

#include <atomic>

#include "unfork/place.h"
#include "unfork/text.h"

namespace unfork {
inline namespace v1 {

/// The first use of a flavor.
struct Exposure {
  const char* library;
  const char* flavor;
  const char* release;
  /// What chose the flavor: `environment WEBRTC_SHIM_FLAVOR`, `default`, `scope` …
  const char* source;
  /// The shim's function that was called.
  const char* first_call;
  /// Where the flavor was set, or the scope opened.
  Place place;
};

namespace detail {

/// One per flavor used in scopes, by its index, and one for the flavor of the process.
constexpr int kProcessExposure = 2;

/// Lives as long as the program. Everything but `core_line` is written once, before the number that tells of it.
struct FlavorRecord {
  /// `unfork-flavor:webrtc=latest@M150`, to be found in the memory of a dead process.
  Text<160> core_line;
  Text<80> flavor_key;
  Text<80> release_key;
  Text<80> source_key;
  const char* flavor = nullptr;
  const char* release = nullptr;
  Text<192> source;
  Exposure exposures[3] = {};
  /// Numbers of events, 0 for what has not happened.
  std::atomic<unsigned> annotated{0};
  std::atomic<unsigned> exposed[3] = {{0}, {0}, {0}};
  /// The record that was listed before this one.
  FlavorRecord* next = nullptr;
  bool listed = false;
};

}  // namespace detail
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_RECORD_H_
