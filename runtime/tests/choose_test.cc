// Who chooses the flavor: the environment before the file, the file before the callback, the callback before the default.
#include "unfork/choose.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "check.h"

namespace {

const int kLegacyApi = 1;
const int kLatestApi = 2;
constexpr char kVariable[] = "SOUND_SHIM_FLAVOR";

unfork::FlavorState sound("sound", {"legacy", "1.0", &kLegacyApi}, {"latest", "2.0", &kLatestApi});
unfork::FlavorState only("only", {"legacy", "1.0", nullptr}, {"latest", "2.0", &kLatestApi});

void SetVariable(const char* value) {
#if defined(_WIN32)
  _putenv_s(kVariable, value == nullptr ? "" : value);
#else
  if (value == nullptr) {
    unsetenv(kVariable);
  } else {
    setenv(kVariable, value, 1);
  }
#endif
}

std::string FileWith(const std::string& text) {
  static const std::string path = std::string("choose_test.") + std::to_string(reinterpret_cast<std::size_t>(&sound)) + ".txt";
  std::FILE* file = std::fopen(path.c_str(), "wb");
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
  return path;
}

unfork::FlavorSources AllOf(const std::string& file, const std::string& called) {
  unfork::FlavorSources sources;
  sources.environment = kVariable;
  sources.file = file;
  sources.callback = [called] { return called; };
  sources.default_index = 0;
  return sources;
}

std::string Chosen(const unfork::FlavorState& state, const unfork::FlavorSources& sources) {
  const unfork::FlavorChoice choice = unfork::ChooseFlavor(state, sources);
  return std::string(state.name(choice.index)) + " by " + choice.source;
}

void TheFirstThatAnswersIsTaken() {
  const std::string path = FileWith("latest\n");
  SetVariable("legacy");
  CHECK(Chosen(sound, AllOf(path, "latest")) == "legacy by environment SOUND_SHIM_FLAVOR");
  SetVariable(" latest ");
  CHECK(Chosen(sound, AllOf(path, "legacy")) == "latest by environment SOUND_SHIM_FLAVOR");
  SetVariable("");
  CHECK(Chosen(sound, AllOf(path, "legacy")) == "latest by file " + path + ":1");
  SetVariable(nullptr);
  CHECK(Chosen(sound, AllOf(path, "legacy")) == "latest by file " + path + ":1");
  CHECK(Chosen(sound, AllOf("no/such/file", "latest")) == "latest by callback");
  CHECK(Chosen(sound, AllOf(path + "/under", "latest")) == "latest by callback");
  CHECK(Chosen(sound, AllOf("", "")) == "legacy by default");
  unfork::FlavorSources none;
  none.default_index = 1;
  CHECK(Chosen(sound, none) == "latest by default");
  std::remove(path.c_str());
}

void AFileIsReadToItsFirstWord() {
  SetVariable(nullptr);
  const auto from = [](const std::string& text) {
    const std::string path = FileWith(text);
    std::string chosen = Chosen(sound, AllOf(path, ""));
    const std::size_t at = chosen.find(path);
    return at == std::string::npos ? chosen : chosen.erase(at, path.size());
  };
  CHECK(from("latest") == "latest by file :1");
  CHECK(from("# who\n\n  latest # since May\n") == "latest by file :3");
  CHECK(from("latest#x\r\n") == "latest by file :1");
  CHECK(from("\tlatest and more\r\nlegacy") == "latest by file :1");
  CHECK(from("\xEF\xBB\xBFlatest\r\n") == "latest by file :1");
  CHECK(from("") == "legacy by default");
  CHECK(from("# nothing\n \n") == "legacy by default");
  std::remove(FileWith("").c_str());
}

void ANameThatIsNoFlavorIsLoud() {
  SetVariable("lastest");
  CHECK_DIES("unfork: sound: environment SOUND_SHIM_FLAVOR names lastest, which is no flavor of sound (legacy, latest); chosen at ",
             unfork::ChooseFlavor(sound, AllOf("", "")));
  unfork::FlavorSources sources = AllOf("", "latest");
  sources.unknown = unfork::UnknownFlavor::kUseDefault;
  std::string told;
  sources.on_message = [&](const std::string& message) { told += message; };
  CHECK(Chosen(sound, sources) == "legacy by default");
  CHECK(told == "environment SOUND_SHIM_FLAVOR names lastest, which is no flavor of sound (legacy, latest); the default is taken");
  SetVariable(nullptr);
  CHECK(Chosen(sound, sources) == "latest by callback");
  sources.callback = [] { return std::string("Latest"); };
  told.clear();
  CHECK(Chosen(sound, sources) == "legacy by default");
  CHECK(Contains(told, "callback names Latest, which is no flavor"));
}

void AFlavorThatIsNotBuiltIsLoud() {
  SetVariable("legacy");
  unfork::FlavorSources sources = AllOf("", "");
  sources.default_index = 1;
  CHECK_DIES("environment SOUND_SHIM_FLAVOR names the flavor legacy, which is not built into this program", unfork::ChooseFlavor(only, sources));
  sources.unknown = unfork::UnknownFlavor::kUseDefault;
  sources.on_message = [](const std::string&) {};
  CHECK(Chosen(only, sources) == "latest by default");
  SetVariable(nullptr);
}

void AFileThatCannotBeReadIsLoud() {
  SetVariable(nullptr);
#if defined(__unix__) || defined(__APPLE__)
  CHECK_DIES("unfork: sound: file . cannot be read", unfork::ChooseFlavor(sound, AllOf(".", "latest")));
#endif
}

void SomebodyHasToChoose() {
  SetVariable(nullptr);
  unfork::FlavorSources sources;
  sources.environment = kVariable;
  CHECK_DIES("unfork: sound: nothing chose a flavor at ", unfork::ChooseFlavor(sound, sources));
  CHECK_DIES("(SomebodyHasToChoose), and there is no default.", { unfork::ChooseFlavor(sound, sources, unfork::Place{"a.cc", 1, "SomebodyHasToChoose"}); });
}

void TheChoiceIsSetWithItsSource() {
  SetVariable("latest");
  CHECK(unfork::SetFlavorFrom(sound, AllOf("", "")) == 1);
  CHECK(sound.Get() == 1);
  CHECK(sound.source() == std::string("environment SOUND_SHIM_FLAVOR"));
  SetVariable("legacy");
  CHECK_DIES("choose_test.cc:", unfork::SetFlavorFrom(sound, AllOf("", "")));
}

}  // namespace

int main() {
  TheFirstThatAnswersIsTaken();
  AFileIsReadToItsFirstWord();
  ANameThatIsNoFlavorIsLoud();
  AFlavorThatIsNotBuiltIsLoud();
  AFileThatCannotBeReadIsLoud();
  SomebodyHasToChoose();
  TheChoiceIsSetWithItsSource();
  return Finish("choose");
}
