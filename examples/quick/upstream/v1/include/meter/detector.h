// Detectors turn samples into one amplitude; a registry finds them by name.
#ifndef METER_DETECTOR_H_
#define METER_DETECTOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace meter {

class Detector {
 public:
  virtual ~Detector() = default;
  // Takes `count` samples in and gives the amplitude after the last of them.
  virtual double update(const int16_t* samples, int count) = 0;
};

using DetectorFactory = std::unique_ptr<Detector> (*)(int sample_rate_hz);

// The detectors of this process. Detectors put themselves in before main().
class Registry {
 public:
  static Registry& instance();

  void add(const std::string& name, DetectorFactory factory);
  // Null when there is none of that name.
  std::unique_ptr<Detector> create(const std::string& name,
                                   int sample_rate_hz) const;
  std::vector<std::string> names() const;

 private:
  struct Entry {
    std::string name;
    DetectorFactory factory;
  };
  std::vector<Entry> entries_;
};

// Makes one detector known; meant for a variable at namespace scope.
struct Registration {
  Registration(const char* name, DetectorFactory factory);
};

// The detector of a meter that asks for none; also keeps the linker from
// leaving out the file with the built-in detectors.
const char* default_detector();

}  // namespace meter

#endif  // METER_DETECTOR_H_
