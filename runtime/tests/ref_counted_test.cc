// References are counted, and the last one ends the object.
#include "unfork/ref_counted.h"

#include <type_traits>
#include <unordered_set>
#include <utility>

#include "check.h"

namespace {

int alive = 0;

class Interface : public unfork::RefCounted<Interface> {
 public:
  virtual int Value() const = 0;

 protected:
  friend class unfork::RefCounted<Interface>;
  virtual ~Interface() { --alive; }
  Interface() { ++alive; }
};

class Implementation : public Interface {
 public:
  explicit Implementation(int value) : value_(value) {}
  int Value() const override { return value_; }

 private:
  int value_;
};

class Plain : public unfork::RefCounted<Plain> {
 public:
  Plain() { ++alive; }

 private:
  friend class unfork::RefCounted<Plain>;
  ~Plain() { --alive; }
};

/// A class of somebody else that counts by itself.
struct Foreign {
  void AddRef() const { ++references; }
  bool Release() const { return --references == 0; }
  mutable int references = 0;
};

static_assert(!std::is_polymorphic_v<Plain>);
static_assert(std::is_same_v<unfork::scoped_refptr<Plain>::element_type, Plain>);
static_assert(std::is_convertible_v<unfork::scoped_refptr<Implementation>, unfork::scoped_refptr<Interface>>);
static_assert(!std::is_convertible_v<unfork::scoped_refptr<Interface>, unfork::scoped_refptr<Implementation>>);
static_assert(!std::is_convertible_v<unfork::scoped_refptr<const Plain>, unfork::scoped_refptr<Plain>>);
static_assert(std::is_nothrow_move_constructible_v<unfork::scoped_refptr<Plain>>);

void TheLastReferenceEndsTheObject() {
  {
    unfork::scoped_refptr<Plain> first = unfork::make_ref_counted<Plain>();
    CHECK(alive == 1);
    CHECK(first->HasOneRef());
    const unfork::scoped_refptr<Plain> second = first;
    CHECK(!first->HasOneRef());
    first = nullptr;
    CHECK(alive == 1);
    CHECK(second->HasOneRef());
  }
  CHECK(alive == 0);
}

void ReleaseTellsWhetherItWasTheLast() {
  const Plain* plain = new Plain;
  plain->AddRef();
  plain->AddRef();
  CHECK(plain->Release() == unfork::RefCountReleaseStatus::kOtherRefsRemained);
  CHECK(plain->Release() == unfork::RefCountReleaseStatus::kDroppedLastRef);
  CHECK(alive == 0);
}

void PointersConvertAsTheirClassesDo() {
  unfork::scoped_refptr<Implementation> own = unfork::make_ref_counted<Implementation>(7);
  unfork::scoped_refptr<Interface> base = own;
  unfork::scoped_refptr<const Interface> constant = base;
  CHECK(constant->Value() == 7);
  CHECK(base == own && base == constant && !(base != own));
  base = std::move(own);
  CHECK(own.get() == nullptr);
  CHECK((*base).Value() == 7);
  base = nullptr;
  CHECK(constant->HasOneRef());
  constant = nullptr;
  CHECK(alive == 0);
}

void AReferenceIsGivenAwayAndTaken() {
  unfork::scoped_refptr<Plain> pointer = unfork::make_ref_counted<Plain>();
  Plain* raw = pointer.release();
  CHECK(!pointer);
  CHECK(raw->HasOneRef());
  pointer = raw;
  raw->Release();
  CHECK(pointer->HasOneRef());
}

void AssignmentToItselfKeepsTheObject() {
  unfork::scoped_refptr<Plain> pointer = unfork::make_ref_counted<Plain>();
  unfork::scoped_refptr<Plain>& same = pointer;
  pointer = same;
  CHECK(alive == 1 && pointer->HasOneRef());
  pointer = std::move(same);
  CHECK(alive == 1 && pointer->HasOneRef());
  pointer = pointer.get();
  CHECK(alive == 1 && pointer->HasOneRef());
}

void PointersCompareSwapAndHash() {
  unfork::scoped_refptr<Plain> one = unfork::make_ref_counted<Plain>();
  unfork::scoped_refptr<Plain> two = unfork::make_ref_counted<Plain>();
  Plain* const first = one.get();
  CHECK(one != two && one == first && first == one && two != first && first != two);
  CHECK(one != nullptr && nullptr != one && !(one == nullptr) && !(nullptr == one));
  CHECK((one < two) != (two < one));
  one.swap(two);
  CHECK(two == first);
  swap(one, two);
  CHECK(one == first);
  const std::unordered_set<unfork::scoped_refptr<Plain>> set{one, two, one};
  CHECK(set.size() == 2);
}

void AnyClassThatCountsCanBeHeld() {
  Foreign foreign;
  {
    const unfork::scoped_refptr<Foreign> pointer(&foreign);
    const unfork::scoped_refptr<const Foreign> copy = pointer;
    CHECK(foreign.references == 2);
  }
  CHECK(foreign.references == 0);
  const unfork::scoped_refptr<Foreign> none(nullptr);
  CHECK(!none);
}

}  // namespace

int main() {
  TheLastReferenceEndsTheObject();
  ReleaseTellsWhetherItWasTheLast();
  PointersConvertAsTheirClassesDo();
  AReferenceIsGivenAwayAndTaken();
  AssignmentToItselfKeepsTheObject();
  PointersCompareSwapAndHash();
  AnyClassThatCountsCanBeHeld();
  CHECK(alive == 0);
  return Finish("ref_counted");
}
