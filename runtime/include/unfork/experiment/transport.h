// Owns what the application brings: how a seed is fetched and how events are sent. There is no HTTP in here.
#ifndef UNFORK_EXPERIMENT_TRANSPORT_H_
#define UNFORK_EXPERIMENT_TRANSPORT_H_

#include <string>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

struct FetchResult {
  enum class Status { kFetched, kUnchanged, kFailed };
  Status status = Status::kFailed;
  std::string body;
  std::string etag;
  /// Why it failed.
  std::string message;
};

/// Fetches a seed, by HTTP GET for one. `etag` is that of the last one, or "": sent as `If-None-Match`, answered by 304 (`kUnchanged`). No more
/// than a megabyte has to be read.
class Fetch {
 public:
  virtual ~Fetch() = default;
  virtual FetchResult Get(const std::string& etag) = 0;
};

/// Takes the seed from a file, which other means bring there.
class FileFetch final : public Fetch {
 public:
  explicit FileFetch(std::string path);
  FetchResult Get(const std::string& etag) override;

 private:
  std::string path_;
};

/// Lines of JSON, each ended by a line feed.
struct EventBatch {
  std::string body;
  int events = 0;
  /// Events of this installation that were dropped so far, for want of space.
  long dropped = 0;
};

struct SendResult {
  /// `kAccepted`: they are on the server's disk. `kRetry`: not now (429, 503, no network). `kRefused`: never (400, 413); the batch is dropped.
  enum class Status { kAccepted, kRetry, kRefused };
  Status status = Status::kRetry;
  /// Of the `Retry-After` header, or 0.
  int retry_after_seconds = 0;
};

/// Sends events, by `POST /v1/events` with the type `application/x-ndjson` for one. The same batch may be sent again: events have ids.
class SendEvents {
 public:
  virtual ~SendEvents() = default;
  virtual SendResult Send(const EventBatch& batch) = 0;
};

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_TRANSPORT_H_
