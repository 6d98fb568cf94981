// Events as lines.
#include "unfork/experiment/events.h"

#include "unfork/experiment/json.h"

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

void AppendMember(std::string& out, const char* key, std::string_view text) {
  out.append(out.empty() ? "\"" : ",\"").append(key).append("\":");
  AppendJsonText(out, text);
}

}  // namespace

std::string FieldsText(const EventFields& fields) {
  std::string text;
  AppendMember(text, "experiment", fields.experiment);
  AppendMember(text, "useCase", fields.use_case);
  text.append(",\"phase\":").append(std::to_string(fields.phase));
  AppendMember(text, "arm", NameOf(fields.arm));
  AppendMember(text, "unit", fields.unit);
  AppendMember(text, "flavor", NameOf(fields.flavor));
  return text.append(",\"seed\":").append(std::to_string(fields.seed));
}

std::string PairText(Pair pair) {
  if (pair == Pair::kUnknown) return "";
  return pair == Pair::kSame ? ",\"pair\":\"same\"" : ",\"pair\":\"mixed\"";
}

std::string EventLine(std::string_view id, std::int64_t time_ms, std::string_view type, std::string_view fields, std::string_view more) {
  std::string line;
  AppendMember(line, "id", id);
  line.append(",\"time\":").append(std::to_string(time_ms));
  AppendMember(line, "type", type);
  return "{" + line.append(",").append(fields).append(more) + "}\n";
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
