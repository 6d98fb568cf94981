// Owns the loops that are measured; their machine code is what the tests look at.
#include "loops.h"

int CallPlain(int count) {
  int sum = 0;
  for (int index = 0; index < count; ++index) sum += Scale(index);
  return sum;
}

int CallVirtual(Meter& meter, int count) {
  int sum = 0;
  for (int index = 0; index < count; ++index) sum += meter.Add(index);
  return sum;
}

int CallShimObject(meter_shim::Meter& meter, int count) {
  int sum = 0;
  for (int index = 0; index < count; ++index) sum += meter.Add(index);
  return sum;
}

int CallShimFunction(int count) {
  int sum = 0;
  for (int index = 0; index < count; ++index) sum += meter_shim::Scale(index);
  return sum;
}
