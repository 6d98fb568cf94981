// The dual program: reads WAV files, runs one release or both, writes WAV
// files and one line of JSON per flavor.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "audio_processor.h"
#include "errors.h"
#include "options.h"
#include "report.h"
#include "run.h"
#include "wav.h"

namespace {

using namespace webrtc_audio;

constexpr int kExitInput = 2;
constexpr int kExitEnvironment = 3;
constexpr int kExitBug = 70;

void PrintVersion() {
  std::string line = "webrtc-audio:";
  for (const auto& [flavor, release] : BuiltFlavors()) {
    line += " " + std::string(FlavorName(flavor)) + "=" +
            std::string(release);
  }
  std::puts(line.c_str());
}

void PrintFlavors() {
  for (const auto& [flavor, release] : BuiltFlavors()) {
    std::printf("%s\t%s\n",
                std::string(FlavorName(flavor)).c_str(),
                std::string(release).c_str());
  }
}

// With one flavor, it is the whole process's; with two, the process has none
// and each instance is asked for by name.
std::vector<Lane> CreateLanes(const Options& options,
                              const Format& format) {
  std::vector<Lane> lanes;
  if (options.outputs.size() == 1) {
    const Flavor flavor = options.outputs.begin()->first;
    SetProcessFlavor(flavor);
    lanes.push_back({.flavor = flavor,
                     .processor = CreateAudioProcessor(
                         format, options.settings)});
    return lanes;
  }
  for (const auto& [flavor, path] : options.outputs) {
    lanes.push_back({.flavor = flavor,
                     .processor = CreateAudioProcessor(
                         flavor, format, options.settings)});
  }
  return lanes;
}

void RefuseOverwriting(const Options& options) {
  for (const auto& [flavor, path] : options.outputs) {
    for (const std::string& input :
         {options.capture, options.render, options.near}) {
      std::error_code ignored;  // Set when one of them does not exist.
      if (std::filesystem::equivalent(path, input, ignored)) {
        throw InputError(path + ": is an input, it will not be overwritten");
      }
    }
  }
}

void Run(const Options& options) {
  RefuseOverwriting(options);
  const Sound capture = ReadWav(options.capture);
  std::optional<Sound> render;
  if (!options.render.empty())
    render = ReadWav(options.render);
  std::vector<Lane> lanes = CreateLanes(options, CommonFormat(capture, render));
  std::optional<Sound> near;
  if (!options.near.empty())
    near = ReadWav(options.near);
  RunLanes(capture, render, Schedule(options.render_delay_ms, options.events),
           lanes);
  std::vector<std::string> lines;
  for (const Lane& lane : lanes) {
    lines.push_back(DescribeRun(capture, options.segments, lane, near));
  }
  for (const Lane& lane : lanes) {
    WriteWav(options.outputs.at(lane.flavor), lane.output);
  }
  for (const std::string& line : lines)
    std::puts(line.c_str());
}

void Act(const std::vector<std::string>& arguments) {
  const Options options = ParseOptions(arguments);
  switch (options.action) {
    case Options::Action::kHelp:
      std::fputs(HelpText().c_str(), stdout);
      break;
    case Options::Action::kVersion:
      PrintVersion();
      break;
    case Options::Action::kListFlavors:
      PrintFlavors();
      break;
    case Options::Action::kRun:
      Run(options);
      break;
  }
  if (std::fflush(stdout) != 0)
    throw EnvironmentError("cannot write to stdout");
}

int Fail(int code, const char* kind, const char* what) {
  std::fprintf(stderr, "webrtc-audio: %s%s\n", kind, what);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Act({argv + 1, argv + argc});
    return 0;
  } catch (const InputError& error) {
    return Fail(kExitInput, "", error.what());
  } catch (const EnvironmentError& error) {
    return Fail(kExitEnvironment, "", error.what());
  } catch (const std::bad_alloc&) {
    return Fail(kExitEnvironment, "", "not enough memory");
  } catch (const std::exception& error) {
    return Fail(kExitBug, "bug: ", error.what());
  }
}
