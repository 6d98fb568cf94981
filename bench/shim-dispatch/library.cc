// Owns the library's functions, in a unit of their own: nothing is inlined.
#include "library.h"

namespace {
class Total final : public Meter {
 public:
  int Add(int amount) override { return total_ += amount; }

 private:
  int total_ = 0;
};
}  // namespace

Meter* CreateMeter() { return new Total; }
int Scale(int value) { return value + 3; }
