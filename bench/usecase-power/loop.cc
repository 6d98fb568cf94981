// A program of two flavors whose work is told: loop FLAVOR ROUNDS TENTHS_OF_PERMILLE_MORE. Latest does that much more of the same.
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

__attribute__((noinline)) double Work(long rounds) {
  double value = 1;
  for (long i = 0; i < rounds; ++i) value = value * 0.999999 + 1e-6 * static_cast<double>(i & 7);
  return value;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) return 2;
  long rounds = std::atol(arguments[2]);
  if (std::strcmp(arguments[1], "latest") == 0) rounds += rounds / 10000 * std::atol(arguments[3]);
  std::printf("{\"value\": %.9f}\n", Work(rounds));
  return 0;
}
