// Owns the library of the bench: a class with a virtual function, and a plain one. Both flavors are this library.
#pragma once

struct Meter {
  virtual ~Meter() = default;
  virtual int Add(int amount) = 0;
};

Meter* CreateMeter();
int Scale(int value);
