// Reads the command line.
#include "options.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "errors.h"
#include "numbers.h"
#include "settings_parser.h"

namespace webrtc_audio {
namespace {


// Flags with exactly one value.
constexpr std::string_view kSingle[] = {
    "--flavor", "--inputs",   "--capture",    "--render",
    "--near",   "--segments", "--events",     "--render-delay-ms",
    "--out",    "--out-legacy", "--out-latest",
};

// Flags followed by any number of values; may be repeated.
constexpr std::string_view kMany[] = {"--config", "--segment"};

template <class List>
bool Contains(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// The arguments sorted by flag, values not yet understood.
struct Words {
  bool both = false;
  std::map<std::string, std::string, std::less<>> single;
  std::map<std::string, std::vector<std::string>, std::less<>> many;

  std::string Get(std::string_view flag) const {
    const auto found = single.find(flag);
    return found == single.end() ? "" : found->second;
  }
  std::vector<std::string> GetMany(std::string_view flag) const {
    const auto found = many.find(flag);
    return found == many.end() ? std::vector<std::string>() : found->second;
  }
};

bool IsFlag(const std::string& word) {
  return word.starts_with("--");
}

Words Sort(const std::vector<std::string>& arguments) {
  Words words;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& flag = arguments[i];
    const bool has_value =
        i + 1 < arguments.size() && !IsFlag(arguments[i + 1]);
    if (flag == "--both") {
      words.both = true;
    } else if (Contains(kSingle, flag)) {
      if (!has_value)
        throw InputError(flag + " needs a value");
      if (!words.single.emplace(flag, arguments[++i]).second) {
        throw InputError(flag + " is given twice");
      }
    } else if (Contains(kMany, flag)) {
      if (!has_value)
        throw InputError(flag + " needs a value");
      auto& values = words.many[flag];
      while (i + 1 < arguments.size() && !IsFlag(arguments[i + 1])) {
        values.push_back(arguments[++i]);
      }
    } else {
      throw InputError("unknown argument '" + flag + "'; see --help");
    }
  }
  return words;
}

Flavor RequireFlavor(const std::string& name) {
  const auto flavor = ParseFlavor(name);
  if (!flavor) {
    throw InputError("flavor '" + name + "' is neither legacy nor latest");
  }
  const auto built = BuiltFlavors();
  if (std::none_of(built.begin(), built.end(),
                   [&](const auto& b) { return b.flavor == *flavor; })) {
    throw InputError("this program was built without flavor " + name);
  }
  return *flavor;
}

std::string Require(const Words& words, std::string_view flag) {
  const std::string value = words.Get(flag);
  if (value.empty())
    throw InputError(std::string(flag) + " is missing");
  return value;
}

void Forbid(const Words& words, std::string_view flag, const char* why) {
  if (words.single.contains(flag)) {
    throw InputError(std::string(flag) + " " + why);
  }
}

std::map<Flavor, std::string> Outputs(const Words& words) {
  if (!words.both) {
    Forbid(words, "--out-legacy", "needs --both");
    Forbid(words, "--out-latest", "needs --both");
    return {
        {RequireFlavor(Require(words, "--flavor")), Require(words, "--out")}};
  }
  Forbid(words, "--flavor", "contradicts --both");
  Forbid(words, "--out", "contradicts --both, use --out-legacy, --out-latest");
  std::map<Flavor, std::string> outputs{
      {RequireFlavor("legacy"), Require(words, "--out-legacy")},
      {RequireFlavor("latest"), Require(words, "--out-latest")}};
  if (outputs[Flavor::kLegacy] == outputs[Flavor::kLatest]) {
    throw InputError("--out-legacy and --out-latest name the same file");
  }
  return outputs;
}

// A flag's file, else that of the inputs folder where it is there.
std::string InputFile(const Words& words,
                      std::string_view flag,
                      const char* name) {
  const std::string given = words.Get(flag);
  const std::string folder = words.Get("--inputs");
  if (!given.empty() || folder.empty())
    return given;
  const std::filesystem::path file = std::filesystem::path(folder) / name;
  return std::filesystem::exists(file) ? file.string() : "";
}

std::optional<Options::Action> QuestionIn(
    const std::vector<std::string>& arguments) {
  for (const std::string& word : arguments) {
    if (word == "--help")
      return Options::Action::kHelp;
    if (word == "--version")
      return Options::Action::kVersion;
    if (word == "--list-flavors")
      return Options::Action::kListFlavors;
  }
  return std::nullopt;
}

}  // namespace

Options ParseOptions(const std::vector<std::string>& arguments) {
  Options options;
  if (const auto question = QuestionIn(arguments)) {
    options.action = *question;
    return options;
  }
  const Words words = Sort(arguments);
  options.outputs = Outputs(words);
  options.capture = InputFile(words, "--capture", "capture.wav");
  if (options.capture.empty()) {
    throw InputError(words.Get("--inputs").empty()
                         ? "--capture is missing"
                         : words.Get("--inputs") + ": holds no capture.wav");
  }
  options.render = InputFile(words, "--render", "render.wav");
  options.near = InputFile(words, "--near", "near.wav");
  if (const std::string delay = words.Get("--render-delay-ms");
      !delay.empty()) {
    options.render_delay_ms = ParseWhole(delay, "--render-delay-ms", 0, 500);
  }
  for (const std::string& word : words.GetMany("--config")) {
    ApplySetting(word, options.settings);
  }
  if (const auto path = InputFile(words, "--segments", "segments.txt");
      !path.empty()) {
    options.segments = ReadSegments(path);
  }
  if (const auto path = InputFile(words, "--events", "events.txt");
      !path.empty()) {
    options.events = ReadEvents(path);
  }
  for (const std::string& word : words.GetMany("--segment")) {
    options.segments.push_back(ParseSegment(word));
  }
  return options;
}

std::string HelpText() {
  return R"(Runs WebRTC's audio processing over WAV files, with one release or with both.

  webrtc-audio --flavor legacy|latest --capture mic.wav --out out.wav
  webrtc-audio --both --capture mic.wav --render far.wav
               --out-legacy a.wav --out-latest b.wav

  --flavor NAME          the release to run: legacy or latest
  --both                 run both in this process, frame by frame in turn
  --capture FILE         what the microphone heard
  --render FILE          what the loudspeaker played, at the same rate
  --out FILE             where the result goes (--out-legacy, --out-latest)
  --near FILE            the near end alone, to hold the result against
  --events FILE          lines of: from to event, in seconds; events are
                         no-render and delay:MS
  --inputs FOLDER        capture.wav, render.wav, near.wav, segments.txt and
                         events.txt of this folder, as far as they are there
  --render-delay-ms N    how long an echo takes, as told to the module (0)
  --config KEY=VALUE...  settings of the module, see below
  --segments FILE        lines of: from to label, in seconds
  --segment LABEL:FROM-TO...   the same as words
  --version, --list-flavors, --help

Labels: noise (nobody speaks), far (the far end alone), near (the near end
alone), double (both). Files: 16-bit PCM or float; 1 to 8 channels; 8, 16, 32,
44.1 or 48 kHz.
Prints one line of JSON per flavor. Exit codes: 0 done, 2 wrong usage or
input, 3 the machine refused (disk), 70 a bug.

Settings:
)" + DescribeSettings();
}

}  // namespace webrtc_audio
