// What the module is told and shown by events, and what comes from a folder.
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "check.h"
#include "errors.h"
#include "options.h"
#include "schedule.h"

namespace {

using namespace webrtc_audio;

// A folder that goes away with the test.
struct Folder {
  Folder() {
    char name[] = "/tmp/webrtc-audio-test-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string write(const char* name, const char* text) const {
    std::ofstream(path + "/" + name) << text;
    return path + "/" + name;
  }
  std::string path;
};

TEST(events_hold_from_their_first_frame_to_the_one_before_their_last) {
  const Folder folder;
  const std::string path =
      folder.write("e.txt", "0.5 1 delay:180\n0.29 0.3 no-render\n");
  const Schedule schedule(40, ReadEvents(path));
  CHECK(schedule.DelayMs(49) == 40 && schedule.DelayMs(50) == 180);
  CHECK(schedule.DelayMs(99) == 180 && schedule.DelayMs(100) == 40);
  CHECK(schedule.HasRender(28) && !schedule.HasRender(29));
  CHECK(schedule.HasRender(30));
}

TEST(events_nobody_knows_are_refused_by_line) {
  const Folder folder;
  CHECK_THROWS(InputError, ":2: event 'stop' is neither no-render nor",
               ReadEvents(folder.write("e.txt", "# none\n0 1 stop\n")));
  CHECK_THROWS(InputError, "from 0 to 500",
               ReadEvents(folder.write("e.txt", "0 1 delay:900\n")));
}

TEST(an_inputs_folder_stands_for_the_files_in_it) {
  const Folder folder;
  folder.write("capture.wav", "");
  folder.write("segments.txt", "0 1 double\n");
  folder.write("events.txt", "0 1 no-render\n");
  const Options options =
      ParseOptions({"--flavor", "legacy", "--inputs", folder.path, "--near",
                    "clean.wav", "--out", "o"});
  CHECK(options.capture == folder.path + "/capture.wav");
  CHECK(options.render.empty() && options.near == "clean.wav");
  CHECK(options.segments.size() == 1 && options.events.size() == 1);
  CHECK(options.segments[0].label == Label::kDouble);
  std::filesystem::remove(folder.path + "/capture.wav");
  CHECK_THROWS(InputError, "holds no capture.wav",
               ParseOptions({"--flavor", "legacy", "--inputs", folder.path,
                             "--out", "o"}));
}

}  // namespace
