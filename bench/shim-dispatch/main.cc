// Owns the program: `program NAME COUNT ROUNDS` prints the nanoseconds of processor time per call, one line per round.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "loops.h"

namespace {
double Now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}
}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return 2;
  const int calls = std::atoi(arguments[2]);
  meter_shim::state.Set(1);
  meter_shim::Meter shim;
  Meter* meter = CreateMeter();
  int sum = meter_shim::Scale(1);
  for (int round = std::atoi(arguments[3]); round > 0; --round) {
    const double start = Now();
    switch (arguments[1][0]) {
      case 'p': sum += CallPlain(calls); break;
      case 'v': sum += CallVirtual(*meter, calls); break;
      case 'o': sum += CallShimObject(shim, calls); break;
      case 'f': sum += CallShimFunction(calls); break;
      default: return 2;
    }
    std::printf("%.4f\n", (Now() - start) / calls);
  }
  delete meter;
  return sum == 42 ? 3 : 0;
}
