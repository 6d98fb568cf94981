// One request per connection over a loopback socket.
#include "http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace webrtc_audio {
namespace {

using unfork::experiment::FetchResult;
using unfork::experiment::SendResult;

constexpr int kTimeoutSeconds = 20;
constexpr size_t kMostBytes = 4 << 20;

class Socket {
 public:
  Socket() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval timeout{.tv_sec = kTimeoutSeconds, .tv_usec = 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  }
  ~Socket() {
    if (fd_ >= 0)
      close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool Connect(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return fd_ >= 0 && connect(fd_, reinterpret_cast<sockaddr*>(&address),
                               sizeof address) == 0;
  }

  bool Write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written =
          send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (written <= 0)
        return false;
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return true;
  }

  // Everything until the other end closes.
  bool ReadAll(std::string& bytes) {
    char part[16384];
    for (;;) {
      const ssize_t count = recv(fd_, part, sizeof part, 0);
      if (count == 0)
        return true;
      if (count < 0 || bytes.size() > kMostBytes)
        return false;
      bytes.append(part, static_cast<size_t>(count));
    }
  }

 private:
  int fd_;
};

struct Answer {
  int status = 0;  // 0: there was none
  std::string head;
  std::string body;

  std::string Header(std::string_view name) const {
    for (size_t at = head.find("\r\n"); at != std::string::npos;
         at = head.find("\r\n", at + 2)) {
      const std::string_view line(head.data() + at + 2, head.size() - at - 2);
      if (line.size() <= name.size() || line[name.size()] != ':' ||
          !std::equal(name.begin(), name.end(), line.begin(),
                      [](unsigned char a, unsigned char b) {
                        return std::tolower(a) == std::tolower(b);
                      })) {
        continue;
      }
      std::string_view value = line.substr(name.size() + 1);
      value = value.substr(0, value.find("\r\n"));
      value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
      return std::string(value);
    }
    return "";
  }
};

// Sends the request and reads the answer. The body's end is the connection's:
// the request asks for HTTP 1.0, so that no part has a length of its own.
Answer Ask(const Server& server,
           const std::string& head,
           std::string_view body) {
  Socket socket;
  std::string bytes;
  if (!socket.Connect(server.port) || !socket.Write(head + "\r\n") ||
      !socket.Write(body) || !socket.ReadAll(bytes)) {
    return {};
  }
  const size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos || !bytes.starts_with("HTTP/1."))
    return {};
  return {.status = std::atoi(bytes.c_str() + sizeof "HTTP/1.1"),
          .head = bytes.substr(0, end + 2),
          .body = bytes.substr(end + 4)};
}

std::string Line(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + std::string(value) + "\r\n";
}

}  // namespace

HttpFetch::HttpFetch(Server server) : server_(std::move(server)) {}

FetchResult HttpFetch::Get(const std::string& etag) {
  std::string head =
      "GET /v1/seed HTTP/1.0\r\n" + Line("Host", "127.0.0.1");
  if (!etag.empty())
    head += Line("If-None-Match", etag);
  const Answer answer = Ask(server_, head, "");
  FetchResult result;
  result.etag = etag;
  if (answer.status == 304) {
    result.status = FetchResult::Status::kUnchanged;
  } else if (answer.status != 200) {
    result.message = "the server answered " + std::to_string(answer.status);
  } else {
    result.status = FetchResult::Status::kFetched;
    result.body = answer.body;
    result.etag = answer.Header("etag");
  }
  return result;
}

HttpSend::HttpSend(Server server) : server_(std::move(server)) {}

SendResult HttpSend::Send(const unfork::experiment::EventBatch& batch) {
  const Answer answer =
      Ask(server_,
          "POST /v1/events HTTP/1.0\r\n" + Line("Host", "127.0.0.1") +
              Line("Authorization", "Bearer " + server_.token) +
              Line("Content-Type", "application/x-ndjson") +
              Line("Content-Length", std::to_string(batch.body.size())),
          batch.body);
  SendResult result;
  if (answer.status >= 200 && answer.status < 300) {
    result.status = SendResult::Status::kAccepted;
  } else if (answer.status == 400 || answer.status == 413) {
    result.status = SendResult::Status::kRefused;
  } else {
    result.retry_after_seconds =
        std::atoi(answer.Header("retry-after").c_str());
  }
  return result;
}

}  // namespace webrtc_audio
