// Reads segments from words and files.
#include "segments.h"

#include "errors.h"
#include "label_lines.h"

namespace webrtc_audio {
namespace {

Label ParseLabel(std::string_view name) {
  if (name == "noise")
    return Label::kNoise;
  if (name == "far")
    return Label::kFar;
  if (name == "near")
    return Label::kNear;
  if (name == "double")
    return Label::kDouble;
  throw InputError("segment label '" + std::string(name) +
                   "' is none of noise, far, near, double");
}

Segment MakeSegment(const LabelLine& line) {
  return {ParseLabel(line.label), line.from_seconds, line.to_seconds};
}

}  // namespace

Segment ParseSegment(std::string_view text) {
  const size_t colon = text.find(':');
  const size_t dash = text.find('-', colon == text.npos ? 0 : colon);
  if (colon == text.npos || dash == text.npos) {
    throw InputError("segment '" + std::string(text) +
                     "' is not of the form label:from-to");
  }
  return MakeSegment(MakeLabelLine(text.substr(0, colon),
                                   text.substr(colon + 1, dash - colon - 1),
                                   text.substr(dash + 1)));
}

std::vector<Segment> ReadSegments(const std::string& path) {
  std::vector<Segment> segments;
  ReadLabelLines(path, [&](const LabelLine& line) {
    segments.push_back(MakeSegment(line));
  });
  return segments;
}

}  // namespace webrtc_audio
