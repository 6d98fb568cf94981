/** Owns the part of the generated tests' header that looks at lifetimes: who keeps what alive, and that it ends once. */

export const CHECK_LIFETIME = String.raw`
// How the body ends in a process of its own: what a library's own function does with a sample is its affair.
enum class End { kGood, kRefused, kCrash };
template <class Body>
End EndOf(Body body) {
#if defined(__unix__) || defined(__APPLE__)
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(1);
    body();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return End::kGood;
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? End::kRefused : End::kCrash;
#else
  (void)body;
  return End::kRefused;
#endif
}

template <class L, class N>
using LibraryOf = typename unfork::Bound<L, N>::Library;

// An application's object that counts its end, in the library's hands; then one of which the library alone knows.
template <class L, class N, class Fake>
struct Given {
  using F = LibraryOf<L, N>;
  std::unique_ptr<N> Make() {
    auto made = std::make_unique<Fake>();
    made->ended = &ended;
    ended = 0;
    return made;
  }
  std::unique_ptr<F> Give(unfork::Lender lender) { return unfork::ToLibrary<L, std::unique_ptr<F>>(Make(), lender); }
  // Nobody knows any more that it is an adapter: the library's own.
  std::unique_ptr<F> Own(unfork::Lender lender) {
    std::unique_ptr<F> given = Give(lender);
    unfork::Adapters<L, N>::Remove(given.get());
    return given;
  }
  int ended = 0;
};

template <class L, class N, class Fake>
void CheckGiven(const char* name) {
  using F = LibraryOf<L, N>;
  Given<L, N, Fake> given;
  {
    unfork::PoolSlot slot;
    const unfork::Lender lender(slot);
    std::unique_ptr<N> own = given.Make();
    N* const before = own.get();
    std::unique_ptr<F> library = unfork::ToLibrary<L, std::unique_ptr<F>>(std::move(own), lender);
    Check(library != nullptr && given.ended == 0, name, "given to the library, it lives");
    Check(unfork::ToShim<L, N*>(library.get(), lender) == before, name, "one that was given comes back as itself");
    library.reset();
    Check(given.ended == 1, name, "it ends with the library's object, once");
  }
  {
    std::unique_ptr<F> library = given.Give(unfork::Lender());
    std::unique_ptr<N> back = unfork::ToShim<L, std::unique_ptr<N>>(std::move(library), unfork::Lender());
    Check(back != nullptr && given.ended == 0, name, "taken back, it lives");
    back.reset();
    Check(given.ended == 1, name, "taken back, it ends once");
  }
  {
    std::shared_ptr<N> own = given.Make();
    N* const before = own.get();
    std::shared_ptr<F> library = unfork::ToLibrary<L, std::shared_ptr<F>>(std::move(own), unfork::Lender());
    Check(library != nullptr && given.ended == 0, name, "shared with the library, it lives");
    std::shared_ptr<N> back = unfork::ToShim<L, std::shared_ptr<N>>(std::move(library), unfork::Lender());
    Check(back.get() == before && given.ended == 0, name, "one that was shared comes back as itself");
    back.reset();
    Check(given.ended == 1, name, "shared, it ends once");
  }
}

// The shim's objects over one of the library, before and after its end.
template <class L, class N, class Fake>
void CheckOverLibrary(const char* name) {
  using F = LibraryOf<L, N>;
  Given<L, N, Fake> given;
  std::unique_ptr<F> library = given.Own(unfork::Lender());
  F* const object = library.get();
  {
    unfork::PoolSlot owner;
    N* const lent = unfork::ToShim<L, N*>(object, unfork::Lender(owner));
    Check(lent != nullptr && unfork::ToShim<L, N*>(object, unfork::Lender(owner)) == lent, name, "lent twice, it is one object");
    Check(unfork::ToLibrary<L, F*>(lent, unfork::Lender(owner)) == object, name, "the library's object goes back as itself");
  }
  Check(given.ended == 0, name, "what is lent does not end with its owner's objects");
  std::unique_ptr<N> owned = unfork::ToShim<L, std::unique_ptr<N>>(std::move(library), unfork::Lender());
  N* const held = owned.get();
  {
    unfork::PoolSlot owner;
    std::unique_ptr<F> again = unfork::ToLibrary<L, std::unique_ptr<F>>(std::move(owned), unfork::Lender(owner));
    Check(again.get() == object && given.ended == 0, name, "the library's object is handed back");
    Check(unfork::ToShim<L, N*>(object, unfork::Lender(owner)) == held, name, "pointers to one that was handed back stay good");
    again.reset();
    Check(given.ended == 1, name, "handed back, the library ends it");
  }
  Check(given.ended == 1, name, "the shim's object may go after the library's");
  owned = unfork::ToShim<L, std::unique_ptr<N>>(given.Own(unfork::Lender()), unfork::Lender());
  owned.reset();
  Check(given.ended == 1, name, "the library's object ends with the application's pointer");
}

// unfork::scoped_refptr stands for the library's own class of that kind: both call AddRef and Release.
template <class L, class N, class Fake>
void CheckCounted(const char* name) {
  using F = LibraryOf<L, N>;
  using Ours = unfork::scoped_refptr<N>;
  using Theirs = unfork::scoped_refptr<F>;
  const unfork::Lender lender;
  int ended = 0;
  auto make = [&ended] {
    auto made = unfork::make_ref_counted<Fake>();
    made->ended = &ended;
    ended = 0;
    return made;
  };
  {
    auto object = make();
    N* const before = object.get();
    Theirs library = unfork::ToLibrary<L, Theirs>(Ours(object), lender);
    Check(unfork::ToLibrary<L, Theirs>(Ours(object), lender) == library, name, "counted twice, it is one object of the library");
    Check(unfork::ToLibrary<L, F*>(before, lender) == library.get(), name, "by a plain pointer it is the same object of the library");
    object = nullptr;
    Check(ended == 0, name, "the library's reference keeps it alive");
    Check(unfork::ToShim<L, Ours>(library, lender).get() == before, name, "counted, it comes back as itself");
    Check(ended == 0, name, "a reference that came back is the application's own");
    library = nullptr;
    Check(ended == 1, name, "it ends with the last reference, once");
  }
  {
    auto object = make();
    Theirs(unfork::ToLibrary<L, F*>(static_cast<N*>(object.get()), lender));
    Check(ended == 0, name, "a reference that the library took and dropped is not the application's");
    object = nullptr;
    Check(ended == 1, name, "after that it ends once");
  }
  {
    auto object = make();
    Theirs library = unfork::ToLibrary<L, Theirs>(Ours(object), lender);
    unfork::Adapters<L, N>::Remove(library.get());
    F* const behind = library.get();
    object = nullptr;
    Ours held = unfork::ToShim<L, Ours>(library, lender);
    library = nullptr;
    Check(held != nullptr && ended == 0, name, "the application's reference keeps the library's object alive");
    library = unfork::ToLibrary<L, Theirs>(held, lender);
    held = nullptr;
    Check(library.get() == behind && ended == 0, name, "the library's object goes back as itself, counted");
    held = unfork::ToShim<L, Ours>(library, lender);
    library = nullptr;
    held = nullptr;
    Check(ended == 1, name, "the library's object ends with the application's last reference");
  }
}

template <class T, class = void>
struct IsNewable : std::false_type {};
template <class T>
struct IsNewable<T, std::void_t<decltype(new T())>> : std::true_type {};

// A counted object of the library; leaks and ends too many are for the sanitizer to find.
template <class L, class N>
void CheckCountedObject(const char* name) {
  using F = LibraryOf<L, N>;
  if constexpr (IsNewable<F>::value) {
    using Ours = unfork::scoped_refptr<N>;
    using Theirs = unfork::scoped_refptr<F>;
    const unfork::Lender lender;
    Theirs library(new F());
    F* const behind = library.get();
    Ours held = unfork::ToShim<L, Ours>(library, lender);
    library = nullptr;
    library = unfork::ToLibrary<L, Theirs>(held, lender);
    Check(library.get() == behind, name, "the library's object goes back as itself, counted");
    held = nullptr;
    held = unfork::ToShim<L, Ours>(std::move(library), lender);
    Check(held != nullptr, name, "the application's reference keeps the library's object alive");
  } else {
    Skip(name);
  }
}

// A library object behind one of the shim: lent, moved, handed over.
template <class L, class N>
void CheckLent(const char* name) {
  using F = LibraryOf<L, N>;
  auto object = std::make_unique<N>();
  F* const library = unfork::ToLibrary<L, F*>(object.get(), unfork::Lender());
  {
    unfork::PoolSlot owner;
    N* const lent = unfork::ToShim<L, N*>(library, unfork::Lender(owner));
    Check(lent != nullptr && unfork::ToShim<L, N*>(library, unfork::Lender(owner)) == lent, name, "lent twice, it is one object");
    Check(unfork::ToLibrary<L, F*>(lent, unfork::Lender(owner)) == library, name, "what is lent is the library's object");
  }
  Check(unfork::ToLibrary<L, F*>(object.get(), unfork::Lender()) == library, name, "what is lent does not end with its owner's objects");
  unfork::PoolSlot owner;
  N* const before = object.get();
  std::unique_ptr<F> given = unfork::ToLibrary<L, std::unique_ptr<F>>(std::move(object), unfork::Lender(owner));
  given.reset();
  Check(unfork::ToLibrary<L, F*>(before, unfork::Lender(owner)) == library, name, "the shim's object may go after the library's");
}

template <class L, class N>
void CheckMoved(const char* name) {
  using F = LibraryOf<L, N>;
  N first;
  F* const library = unfork::ToLibrary<L, F*>(&first, unfork::Lender());
  {
    N second(std::move(first));
    Check(unfork::ToLibrary<L, F*>(&second, unfork::Lender()) == library, name, "moved with its library object");
  }
  if constexpr (std::is_move_assignable<N>::value) {
    first = N();
    Check(unfork::ToLibrary<L, F*>(&first, unfork::Lender()) != nullptr, name, "one that was moved away can be assigned to");
  }
}

// A function of the application that the library keeps.
template <class L, class N>
struct Kept;
template <class L, class R, class... A>
struct Kept<L, std::function<R(A...)>> {
  static constexpr bool kIs = Result<L, R>::kIs && (Argument<L, A>::kIs && ...);
  static std::function<R(A...)> Make(std::shared_ptr<int> calls) {
    return [calls](A...) -> R {
      ++*calls;
      return Result<L, R>::Give();
    };
  }
  static void Call(std::function<R(A...)>& function) {
    (void)Result<L, R>::Same([&]() -> R { return function(Argument<L, A>(1).get()...); });
  }
};

template <class L, class N, class F>
void CheckKept(const char* name) {
  if constexpr (Kept<L, N>::kIs) {
    auto calls = std::make_shared<int>(0);
    const std::weak_ptr<int> watch = calls;
    N back;
    {
      unfork::PoolSlot caller;
      F library = unfork::ToLibrary<L, F>(Kept<L, N>::Make(calls), unfork::Lender(caller));
      back = unfork::ToShim<L, N>(std::move(library), unfork::Lender(caller));
    }
    Kept<L, N>::Call(back);
    Check(*calls == 1, name, "called when the call that handed it over is long gone");
    calls.reset();
    Check(watch.use_count() == 1, name, "kept once");
    back = nullptr;
    Check(watch.expired(), name, "released with the library's");
  } else {
    Skip(name);
  }
}

// What the library does where an application's class does not override: the same, whichever way it is asked.
template <class L, class R>
struct Default {
  template <class Through, class Own>
  static bool Same(Through through, Own own) {
    if constexpr (std::is_void<R>::value) {
      through();
      own();
      return true;
    } else if constexpr (Sample<Plain<R>>::kIs) {
      return Sample<Plain<R>>::Same(through(), own());
    } else if constexpr (MayBeNothing<Plain<R>>::value) {
      return (through() == nullptr) == (own() == nullptr);
    } else {
      (void)through();
      (void)own();
      return true;
    }
  }
};
`;
