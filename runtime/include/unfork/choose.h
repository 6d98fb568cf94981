// Owns how a flavor is chosen at start-up: the operator's environment, a file, the experiment's answer, the default.
#ifndef UNFORK_CHOOSE_H_
#define UNFORK_CHOOSE_H_

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>

#include "unfork/compiler.h"
#include "unfork/flavor_state.h"

namespace unfork {
inline namespace v1 {

/// What becomes of a name that is no flavor of this program, and of a file that is there but cannot be read.
enum class UnknownFlavor {
  /// The program aborts.
  kAbort,
  /// The default is taken, and `on_message` is told.
  kUseDefault,
};

/// Who is asked, in this order. The first that answers is taken; what is left empty is not asked.
struct FlavorSources {
  /// A variable of the environment whose value is a flavor's name: the operator's override. Empty is no answer.
  std::string environment;
  /// A file whose first word is a flavor's name; `#` begins a comment. A file that is not there, or has no word, is no answer.
  std::string file;
  /// Gives a flavor's name, or "" for no answer: an experiment's client.
  std::function<std::string()> callback;
  /// The index of the flavor that is taken where nobody answers, or -1: then somebody has to.
  int default_index = -1;
  UnknownFlavor unknown = UnknownFlavor::kAbort;
  /// Is told of answers that could not be followed; without it they go to the error stream.
  std::function<void(const std::string& message)> on_message;
};

struct FlavorChoice {
  int index = -1;
  /// `environment WEBRTC_SHIM_FLAVOR`, `file /etc/webrtc-flavor:1`, `callback` or `default`.
  std::string source;
};

namespace detail {

/// A name and who gave it; no name is no answer.
struct FlavorAnswer {
  std::string name;
  std::string source;
  /// Why the one who was asked could not answer, or "".
  std::string failure;
};

inline bool IsBlank(char letter) noexcept { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

inline std::string FirstWord(const std::string& line) {
  std::size_t begin = 0;
  while (begin < line.size() && IsBlank(line[begin])) ++begin;
  std::size_t end = begin;
  while (end < line.size() && !IsBlank(line[end]) && line[end] != '#') ++end;
  return line.substr(begin, end - begin);
}

inline std::string Variable(const std::string& name) {
#if defined(_MSC_VER)
#pragma warning(suppress : 4996)
#endif
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::string() : value;
}

inline std::FILE* OpenToRead(const std::string& path) {
#if defined(_MSC_VER)
#pragma warning(suppress : 4996)
#endif
  return std::fopen(path.c_str(), "rb");
}

inline bool ReadLine(std::FILE* file, std::string& line) {
  line.clear();
  int letter = std::getc(file);
  if (letter == EOF) return false;
  for (; letter != EOF && letter != '\n'; letter = std::getc(file)) line.push_back(static_cast<char>(letter));
  return true;
}

inline FlavorAnswer AskFile(const std::string& path) {
  std::FILE* file = OpenToRead(path);
  if (file == nullptr) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) return {};
    return {"", "file " + path, std::string("cannot be read (error ") + std::to_string(error) + ")"};
  }
  FlavorAnswer answer;
  std::string line;
  for (int number = 1; answer.name.empty() && ReadLine(file, line); ++number) {
    if (number == 1 && line.compare(0, 3, "\xEF\xBB\xBF") == 0) line.erase(0, 3);
    answer.name = FirstWord(line);
    answer.source = "file " + path + ":" + std::to_string(number);
  }
  if (std::ferror(file) != 0) answer = {"", "file " + path, "cannot be read"};
  std::fclose(file);
  return answer;
}

inline FlavorAnswer Ask(const FlavorSources& sources) {
  FlavorAnswer answer;
  if (!sources.environment.empty()) answer = {FirstWord(Variable(sources.environment)), "environment " + sources.environment, ""};
  if (answer.name.empty() && !sources.file.empty()) answer = AskFile(sources.file);
  if (answer.name.empty() && answer.failure.empty() && sources.callback) answer = {sources.callback(), "callback", ""};
  return answer;
}

/// Why the answer cannot be followed, or "".
inline std::string Objection(const FlavorState& state, const FlavorAnswer& answer, int& index) {
  if (!answer.failure.empty()) return answer.source + " " + answer.failure;
  for (index = 0; index < 2; ++index) {
    if (answer.name != state.name(index)) continue;
    return state.IsBuilt(index) ? "" : answer.source + " names the flavor " + answer.name + ", which is not built into this program";
  }
  return answer.source + " names " + answer.name + ", which is no flavor of " + state.library() + " (" + state.name(0) + ", " + state.name(1) + ")";
}

inline void Tell(const FlavorSources& sources, const char* library, const std::string& message) {
  if (sources.on_message) return sources.on_message(message);
  std::fprintf(stderr, "unfork: %s: %s\n", library, message.c_str());
}

}  // namespace detail

/// Asks the sources; sets nothing.
inline FlavorChoice ChooseFlavor(const FlavorState& state, const FlavorSources& sources, Place where = Here()) {
  const detail::FlavorAnswer answer = detail::Ask(sources);
  const bool has_default = sources.default_index >= 0;
  if (answer.name.empty() && answer.failure.empty()) {
    if (has_default) return {sources.default_index, "default"};
    Fail(state.library(), "nothing chose a flavor at ", where, ", and there is no default.\n  Give the sources a default, or name a flavor.");
  }
  int index = -1;
  const std::string objection = detail::Objection(state, answer, index);
  if (objection.empty()) return {index, answer.source};
  if (sources.unknown == UnknownFlavor::kAbort || !has_default) Fail(state.library(), objection.c_str(), "; chosen at ", where, ".");
  detail::Tell(sources, state.library(), objection + "; the default is taken");
  return {sources.default_index, "default"};
}

/// Asks the sources and sets what they choose. Returns its index.
inline int SetFlavorFrom(FlavorState& state, const FlavorSources& sources, Place where = Here()) {
  const FlavorChoice choice = ChooseFlavor(state, sources, where);
  state.Set(choice.index, where, choice.source.c_str());
  return choice.index;
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_CHOOSE_H_
