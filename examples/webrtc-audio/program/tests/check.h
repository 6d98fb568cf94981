// A test harness of a few lines: TEST(name) registers a test, CHECK and
// CHECK_THROWS end it with the place and the text of what did not hold.
#ifndef UNFORK_EXAMPLES_WEBRTC_AUDIO_TESTS_CHECK_H_
#define UNFORK_EXAMPLES_WEBRTC_AUDIO_TESTS_CHECK_H_

#include <stdexcept>
#include <string>
#include <vector>

namespace webrtc_audio_test {

struct Test {
  const char* name;
  void (*run)();
};

// All tests of the program, in order of registration.
inline std::vector<Test>& Tests() {
  static std::vector<Test> tests;
  return tests;
}

struct Registration {
  Registration(const char* name, void (*run)()) {
    Tests().push_back({name, run});
  }
};

[[noreturn]] inline void Fail(const char* file,
                              int line,
                              const std::string& what) {
  throw std::runtime_error(std::string(file) + ":" + std::to_string(line) +
                           ": " + what);
}

}  // namespace webrtc_audio_test

#define TEST(name)                                                        \
  static void name();                                                     \
  static const webrtc_audio_test::Registration name##_registration(#name, \
                                                                   name); \
  static void name()

#define CHECK(condition)                                       \
  do {                                                         \
    if (!(condition))                                          \
      webrtc_audio_test::Fail(__FILE__, __LINE__, #condition); \
  } while (false)

// The statement must throw `Type` with `part` in its text.
#define CHECK_THROWS(Type, part, statement)              \
  do {                                                   \
    std::string text = "(nothing thrown)";               \
    bool thrown = false;                                 \
    try {                                                \
      statement;                                         \
    } catch (const Type& error) {                        \
      text = error.what();                               \
      thrown = text.find(part) != std::string::npos;     \
    }                                                    \
    if (!thrown)                                         \
      webrtc_audio_test::Fail(__FILE__, __LINE__, text); \
  } while (false)

#endif  // UNFORK_EXAMPLES_WEBRTC_AUDIO_TESTS_CHECK_H_
