// Owns the names of the loops that are measured; each calls `count` times and gives a sum.
#pragma once

#include "library.h"
#include "meter_shim.h"

int CallPlain(int count);
int CallVirtual(Meter& meter, int count);
int CallShimObject(meter_shim::Meter& meter, int count);
int CallShimFunction(int count);
