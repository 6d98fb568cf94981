// HTTP as far as a device of the demo needs it: one request per connection, to
// a server on this machine, without TLS. A product uses its own.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_FLEET_HTTP_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_FLEET_HTTP_H_

#include <string>

#include "unfork/experiment/transport.h"

namespace webrtc_audio {

// Where the server is and, for events, what lets a device in.
struct Server {
  int port = 0;
  std::string token;
};

// GET /v1/seed, with the tag of the last one.
class HttpFetch final : public unfork::experiment::Fetch {
 public:
  explicit HttpFetch(Server server);
  unfork::experiment::FetchResult Get(const std::string& etag) override;

 private:
  Server server_;
};

// POST /v1/events.
class HttpSend final : public unfork::experiment::SendEvents {
 public:
  explicit HttpSend(Server server);
  unfork::experiment::SendResult Send(
      const unfork::experiment::EventBatch& batch) override;

 private:
  Server server_;
};

}  // namespace webrtc_audio

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_FLEET_HTTP_H_
