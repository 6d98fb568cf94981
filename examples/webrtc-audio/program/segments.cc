// Reads labelled stretches from an argument or a file.
#include "segments.h"

#include <fstream>
#include <sstream>

#include "errors.h"
#include "numbers.h"

namespace webrtc_audio {
namespace {

Label ParseLabel(std::string_view name) {
  if (name == "noise")
    return Label::kNoise;
  if (name == "far")
    return Label::kFar;
  if (name == "near")
    return Label::kNear;
  throw InputError("segment label '" + std::string(name) +
                   "' is none of noise, far, near");
}

Segment MakeSegment(std::string_view label,
                    std::string_view from,
                    std::string_view to) {
  const Segment segment{ParseLabel(label), ParseNumber(from, "segment start"),
                        ParseNumber(to, "segment end")};
  if (segment.from_seconds < 0 || segment.to_seconds <= segment.from_seconds) {
    throw InputError("segment " + std::string(from) + " to " + std::string(to) +
                     " is empty or starts before 0");
  }
  return segment;
}

Segment ParseLine(const std::string& line) {
  std::istringstream words(line);
  std::string from, to, label, rest;
  if (!(words >> from >> to >> label) || words >> rest) {
    throw InputError("wanted is: from, to, label");
  }
  return MakeSegment(label, from, to);
}

bool IsSkipped(const std::string& line) {
  const size_t first = line.find_first_not_of(" \t\r");
  return first == std::string::npos || line[first] == '#';
}

}  // namespace

Segment ParseSegment(std::string_view text) {
  const size_t colon = text.find(':');
  const size_t dash = text.find('-', colon == text.npos ? 0 : colon);
  if (colon == text.npos || dash == text.npos) {
    throw InputError("segment '" + std::string(text) +
                     "' is not of the form label:from-to");
  }
  return MakeSegment(text.substr(0, colon),
                     text.substr(colon + 1, dash - colon - 1),
                     text.substr(dash + 1));
}

std::vector<Segment> ReadSegments(const std::string& path) {
  std::ifstream file(path);
  if (!file)
    throw InputError(path + ": cannot be read");
  std::vector<Segment> segments;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (IsSkipped(line))
      continue;
    try {
      segments.push_back(ParseLine(line));
    } catch (const InputError& error) {
      throw InputError(path + ":" + std::to_string(number) + ": " +
                       error.what());
    }
  }
  return segments;
}

}  // namespace webrtc_audio
