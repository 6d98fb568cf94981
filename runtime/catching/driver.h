// Owns the program around generated calls: cases come in on stdin, each runs on legacy, then on latest, one line tells both results.
#ifndef UNFORK_CATCHING_DRIVER_H_
#define UNFORK_CATCHING_DRIVER_H_

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <type_traits>
#include <vector>

#include "input.h"
#include "kinds.h"

namespace unfork_catch {

struct Function {
  // Names it in kept cases.
  const char* name;
  void (*call)(Input& in, std::string& out);
};

// What a case asks for.
enum Mode : unsigned char { kBoth = 0, kLegacy = 1, kLatest = 2, kDescribe = 3 };

template <class Call>
void ShowResult(std::string& out, Call call) {
  using Result = decltype(call());
  if constexpr (std::is_void_v<Result>) {
    call();
  } else {
    auto&& result = call();
    ShowOne<std::remove_cv_t<std::remove_reference_t<Result>>>(out, result);
  }
}

// What the call left in a thing that it may change.
template <class T>
void ShowAfter(std::string& out, const char* name, const T& value) {
  out += out.empty() ? "" : "; ";
  ((out += name) += " is ");
  ShowOne(out, value);
}

template <class Object>
void ShowPointee(std::string& out, const Object* object) {
  object == nullptr ? void(out += "nullptr") : ShowOne(out, *object);
}

struct Case {
  std::size_t function;
  Mode mode;
  const unsigned char* bytes;
  std::size_t size;
};

template <class Scope>
std::string RunIn(int flavor, const Function& function, const Case& one) {
  Scope scope(flavor);
  Input in(one.bytes, one.size, one.mode == kDescribe);
  std::string out;
#if defined(__cpp_exceptions)
  try {
    function.call(in, out);
  } catch (const std::exception& error) {
    out = "throws ";
    ShowText(out, error.what());
  } catch (...) {
    out = "throws something that is no std::exception";
  }
#else
  function.call(in, out);
#endif
  return one.mode == kDescribe ? in.said() : out;
}

// `=`, `!`, `1`, `2` or `c`, then what there is to tell; results hold no tab and no end of line.
template <class Scope>
std::string Answer(const Function& function, const Case& one) {
  if (one.mode == kDescribe) return "c\t" + RunIn<Scope>(0, function, one);
  if (one.mode == kLegacy) return "1\t" + RunIn<Scope>(0, function, one);
  if (one.mode == kLatest) return "2\t" + RunIn<Scope>(1, function, one);
  const std::string legacy = RunIn<Scope>(0, function, one);
  const std::string latest = RunIn<Scope>(1, function, one);
  return (legacy == latest ? "=\t" : "!\t") + legacy + "\t" + latest;
}

// A call that takes too much memory or time ends the driver, not the machine.
inline void Limit() {
  const rlimit memory = {rlim_t{2} << 30, rlim_t{2} << 30};
  setrlimit(RLIMIT_AS, &memory);
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

// What the library prints goes nowhere, but for the last words of a case by itself.
inline std::FILE* OwnStdout(bool with_last_words) {
  std::FILE* own = fdopen(dup(STDOUT_FILENO), "w");
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  if (!with_last_words) dup2(nowhere, STDERR_FILENO);
  return own;
}

// One call of both flavors among thousands; a case by itself.
constexpr int kMilliseconds = 300;
constexpr int kMillisecondsAlone = 2000;

inline void EndAfter(int milliseconds) {
  const itimerval timer = {{0, 0}, {milliseconds / 1000, milliseconds % 1000 * 1000}};
  setitimer(ITIMER_REAL, &timer, nullptr);
}

template <class Scope>
int Serve(const Function* functions, std::size_t count, int milliseconds) {
  std::FILE* own = OwnStdout(milliseconds == kMillisecondsAlone);
  std::vector<unsigned char> bytes;
  unsigned char head[4];
  while (std::fread(head, 1, sizeof head, stdin) == sizeof head) {
    const std::size_t size = head[0] | head[1] << 8 | head[2] << 16 | static_cast<std::size_t>(head[3]) << 24;
    bytes.resize(size);
    if (size < 3 || std::fread(bytes.data(), 1, size, stdin) != size) return 3;
    const Case one = {static_cast<std::size_t>(bytes[0] | bytes[1] << 8), static_cast<Mode>(bytes[2]), bytes.data() + 3, size - 3};
    if (one.function >= count) return 3;
    EndAfter(milliseconds);
    const std::string line = Answer<Scope>(functions[one.function], one);
    EndAfter(0);
    std::fprintf(own, "%s\n", line.c_str());
    std::fflush(own);
  }
  return 0;
}

inline std::string TextOf(const char* path) {
  std::string text;
  if (std::FILE* file = std::fopen(path, "rb")) {
    for (int each = std::fgetc(file); each != EOF; each = std::fgetc(file)) text += static_cast<char>(each);
    std::fclose(file);
  }
  return text;
}

inline std::vector<unsigned char> BytesOf(const std::string& hex) {
  std::vector<unsigned char> bytes;
  for (std::size_t at = 0; at + 1 < hex.size() && hex[at] > ' '; at += 2)
    bytes.push_back(static_cast<unsigned char>(std::strtoul(hex.substr(at, 2).c_str(), nullptr, 16)));
  return bytes;
}

inline std::string LineOf(const std::string& text, int number) {
  std::size_t at = 0;
  for (; number > 0 && at != std::string::npos; --number) at = text.find('\n', at) == std::string::npos ? std::string::npos : text.find('\n', at) + 1;
  return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
}

// A kept case: the function's name, the bytes in hexadecimal digits, and the call that they stand for, a line each. The call and its
// result go into `to`.
template <class Scope>
int RunKept(const Function* functions, std::size_t count, const char* flavor, const char* from, const char* to) {
  const std::string text = TextOf(from);
  const std::string name = LineOf(text, 0);
  const std::vector<unsigned char> bytes = BytesOf(LineOf(text, 1));
  for (std::size_t index = 0; index < count; ++index) {
    if (name != functions[index].name) continue;
    const bool is_latest = std::strcmp(flavor, "latest") == 0;
    const std::string call = RunIn<Scope>(0, functions[index], {index, kDescribe, bytes.data(), bytes.size()});
    if (call != LineOf(text, 2)) {
      std::fprintf(stderr, "%s: its bytes stand for another call now: %s\n", from, call.c_str());
      return 2;
    }
    EndAfter(kMillisecondsAlone);
    const std::string result = RunIn<Scope>(is_latest, functions[index], {index, is_latest ? kLatest : kLegacy, bytes.data(), bytes.size()});
    EndAfter(0);
    std::FILE* file = std::fopen(to, "w");
    if (file == nullptr) return 2;
    std::fprintf(file, "%s\n%s\n", call.c_str(), result.c_str());
    std::puts("{\"done\": 1}");
    return std::fclose(file) == 0 ? 0 : 2;
  }
  std::fprintf(stderr, "%s: this driver has no function '%s'\n", from, name.c_str());
  return 2;
}

template <class Scope>
int Main(int argc, char** argv, const Function* functions, std::size_t count) {
  if (argc == 2 && std::strcmp(argv[1], "watched") == 0) return Serve<Scope>(functions, count, 0);
  Limit();
  if (argc == 2 && std::strcmp(argv[1], "serve") == 0) return Serve<Scope>(functions, count, kMilliseconds);
  if (argc == 2 && std::strcmp(argv[1], "alone") == 0) return Serve<Scope>(functions, count, kMillisecondsAlone);
  if (argc == 4) return RunKept<Scope>(functions, count, argv[1], argv[2], argv[3]);
  std::fputs("serve, alone, watched, or FLAVOR CASE OUT\n", stderr);
  return 2;
}

}  // namespace unfork_catch

#endif  // UNFORK_CATCHING_DRIVER_H_
