// Owns events as lines of JSON.
#ifndef UNFORK_EXPERIMENT_EVENTS_H_
#define UNFORK_EXPERIMENT_EVENTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "unfork/experiment/seed.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

/// Whether both ends of a call run the same flavor. Estimates are made without mixed pairs, which are told apart.
enum class Pair { kUnknown, kSame, kMixed };

/// What every event of a unit in an arm carries.
struct EventFields {
  std::string experiment;
  std::string use_case;
  int phase = 0;
  Arm arm = Arm::kNone;
  /// The unit's pseudonym.
  std::string unit;
  Flavor flavor = Flavor::kLegacy;
  /// Version of the seed.
  std::int64_t seed = 0;
  /// Of units that are calls; set by the application before the exposure is told, as that of the first exposure counts.
  Pair pair = Pair::kUnknown;
};

/// `"experiment":"…","useCase":"…","phase":3,"arm":"treatment","unit":"…","flavor":"latest","seed":8`, without braces and without the pair: the
/// same as long as the assignment is.
std::string FieldsText(const EventFields& fields);

/// `,"pair":"mixed"`, or "" where it is not known.
std::string PairText(Pair pair);

/// A line with its line feed: `{"id":…,"time":…,"type":…,FIELDS MORE}`. `more` begins with a comma or is empty.
std::string EventLine(std::string_view id, std::int64_t time_ms, std::string_view type, std::string_view fields, std::string_view more);

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_EVENTS_H_
