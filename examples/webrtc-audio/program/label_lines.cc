// Reads files of labelled stretches.
#include "label_lines.h"

#include <fstream>
#include <sstream>

#include "errors.h"
#include "numbers.h"

namespace webrtc_audio {
namespace {

LabelLine ParseLine(const std::string& line) {
  std::istringstream words(line);
  std::string from, to, label, rest;
  if (!(words >> from >> to >> label) || words >> rest) {
    throw InputError("wanted is: from, to, label");
  }
  return MakeLabelLine(label, from, to);
}

bool IsSkipped(const std::string& line) {
  const size_t first = line.find_first_not_of(" \t\r");
  return first == std::string::npos || line[first] == '#';
}

}  // namespace

LabelLine MakeLabelLine(std::string_view label,
                        std::string_view from,
                        std::string_view to) {
  LabelLine line{ParseNumber(from, "segment start"),
                 ParseNumber(to, "segment end"), std::string(label)};
  if (line.from_seconds < 0 || line.to_seconds <= line.from_seconds) {
    throw InputError("segment " + std::string(from) + " to " + std::string(to) +
                     " is empty or starts before 0");
  }
  return line;
}

void ReadLabelLines(const std::string& path,
                    const std::function<void(const LabelLine&)>& take) {
  std::ifstream file(path);
  if (!file)
    throw InputError(path + ": cannot be read");
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (IsSkipped(line))
      continue;
    try {
      take(ParseLine(line));
    } catch (const InputError& error) {
      throw InputError(path + ":" + std::to_string(number) + ": " +
                       error.what());
    }
  }
}

}  // namespace webrtc_audio
