// The program of a device of the fleet: the dual program, with the client of
// experiments in the place of a flag.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "device.h"
#include "errors.h"
#include "numbers.h"
#include "settings_parser.h"

namespace webrtc_audio {
namespace {

// Flag and values, of which there may be several.
using Words = std::map<std::string, std::vector<std::string>, std::less<>>;

constexpr std::string_view kFlags[] = {
    "--port",     "--project", "--signer-key",
    "--state",    "--use-case", "--inputs", "--render-delay-ms",
    "--config",   "--latest-config",
};

Words Sort(const std::vector<std::string>& arguments) {
  Words words;
  std::vector<std::string>* values = nullptr;
  for (const std::string& word : arguments) {
    if (word.starts_with("--")) {
      bool known = false;
      for (std::string_view flag : kFlags)
        known = known || flag == word;
      if (!known)
        throw InputError("unknown argument '" + word + "'");
      values = &words[word];
    } else if (values == nullptr) {
      throw InputError("'" + word + "' belongs to no flag");
    } else {
      values->push_back(word);
    }
  }
  return words;
}

std::string One(const Words& words, std::string_view flag) {
  const auto found = words.find(flag);
  if (found == words.end() || found->second.size() != 1)
    throw InputError(std::string(flag) + " needs one value");
  return found->second[0];
}

std::vector<std::string> Many(const Words& words, std::string_view flag) {
  const auto found = words.find(flag);
  return found == words.end() ? std::vector<std::string>() : found->second;
}

}  // namespace

DeviceOptions ParseDeviceOptions(const std::vector<std::string>& arguments) {
  const Words words = Sort(arguments);
  DeviceOptions options;
  options.server.port = ParseWhole(One(words, "--port"), "--port", 1, 65535);
  // Not by a flag: others on the machine could read it there.
  const char* token = std::getenv("FLEET_TOKEN");
  options.server.token = token == nullptr ? "" : token;
  options.project = One(words, "--project");
  options.signer_key = One(words, "--signer-key");
  options.state = One(words, "--state");
  options.call.use_case = One(words, "--use-case");
  options.call.inputs = One(words, "--inputs");
  options.call.render_delay_ms = ParseWhole(
      One(words, "--render-delay-ms"), "--render-delay-ms", 0, 500);
  for (const std::string& word : Many(words, "--config"))
    ApplySetting(word, options.call.settings);
  options.call.latest_settings = Many(words, "--latest-config");
  return options;
}

}  // namespace webrtc_audio

int main(int argc, char** argv) {
  using namespace webrtc_audio;
  try {
    RunDevice(ParseDeviceOptions({argv + 1, argv + argc}));
    return 0;
  } catch (const InputError& error) {
    std::fprintf(stderr, "webrtc-device: %s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "webrtc-device: %s\n", error.what());
    return 70;
  }
}
