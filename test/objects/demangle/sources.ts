/** Owns small C++ sources of our own whose symbols go through the productions of the grammar. C++20 but for what is named. */

export const SOURCES: Readonly<Record<string, string>> = {
  "names and scopes": `
    namespace meter { int level; namespace inner { int peak(int, const char*, double&) { return 0; } } }
    namespace { __attribute__((used)) int hidden() { return 1; } }
    static __attribute__((used)) int internal() { return 2; }
    struct Gauge { Gauge(int); virtual ~Gauge(); int read() const; int read() volatile; int keep() &; int keep() &&; static int all; };
    Gauge::Gauge(int) {} Gauge::~Gauge() {} int Gauge::read() const { return 1; } int Gauge::read() volatile { return 2; }
    int Gauge::keep() & { return 1; } int Gauge::keep() && { return 2; } int Gauge::all = 3;
    struct Fine : Gauge { using Gauge::Gauge; }; Fine* fine() { return new Fine(3); }`,
  operators: `
    #include <compare>
    #include <cstddef>
    struct Unit { int v; };
    Unit operator+(Unit a, Unit) { return a; } Unit operator-(Unit a) { return a; } Unit operator~(Unit a) { return a; }
    Unit& operator+=(Unit& a, Unit) { return a; } Unit& operator++(Unit& a) { return a; } Unit operator--(Unit& a, int) { return a; }
    bool operator==(Unit, Unit) { return true; } bool operator!(Unit) { return true; } std::strong_ordering operator<=>(Unit a, Unit b) { return a.v <=> b.v; }
    Unit operator,(Unit a, Unit) { return a; } bool operator&&(Unit, Unit) { return false; } Unit operator<<(Unit a, int) { return a; }
    double operator""_volt(long double d) { return d; } int operator""_km(const char*, std::size_t) { return 0; }
    struct Box { int& operator[](int); int operator()(int, int); Box* operator->(); int operator->*(int); operator bool() const; operator const char*();
      template <class T> operator T*(); void* operator new(std::size_t); void operator delete[](void*); Box& operator=(const Box&); };
    int one; int& Box::operator[](int) { return one; } int Box::operator()(int, int) { return 1; } Box* Box::operator->() { return this; }
    int Box::operator->*(int) { return 1; } Box::operator bool() const { return true; } Box::operator const char*() { return ""; }
    template <class T> Box::operator T*() { return nullptr; } template Box::operator int*();
    void* Box::operator new(std::size_t) { return &one; } void Box::operator delete[](void*) {} Box& Box::operator=(const Box&) { return *this; }`,
  "types of parameters": `
    struct Gauge { int v; int f() const; };
    void a(int*, int&, int&&, const int*, int* const*, volatile char*, int (*)[3], int (&)[4], int (&&)[2][5]) {}
    void b(int (*)(int), void (&)(char, ...), int Gauge::*, int (Gauge::*)() const, int (*(*)(int))[3]) {}
    void c(bool, char, signed char, unsigned char, short, unsigned short, unsigned, long, unsigned long, long long, unsigned long long) {}
    void d(float, double, long double, wchar_t, char8_t, char16_t, char32_t, __int128, unsigned __int128, decltype(nullptr), double _Complex) {}
    typedef float Four __attribute__((vector_size(16))); void e(Four, Four*, const Four&) {}
    void f(void (*)() noexcept, void (Gauge::*)() & noexcept, int (*)(Gauge, Gauge*, const Gauge&, Gauge*)) {}`,
  "templates and arguments": `
    template <class T, int N = 3> struct Box { T v; void put(T) {} template <class U> U get(U u) { return u; } static T all; };
    template <class T, int N> T Box<T, N>::all;
    enum class Kind { low, high = -4 }; enum Plain { first, second };
    template <Kind K, Plain P, bool B, char C, long L, unsigned U> struct Values { void f() {} };
    int level; void peak(int) {} struct Gauge { int v; void m(); }; void Gauge::m() {}
    template <int* P, void (*F)(int), int Gauge::*M, void (Gauge::*G)()> struct Places { void f() {} };
    template <template <class, int> class T> void pass(T<int, 3>) {}
    template <decltype(nullptr) P> void null() {}
    void use() { Box<int> b; b.put(1); b.get(2.0); Box<Box<Box<char>>, 5>().put({}); Box<int>::all = 1;
      Values<Kind::high, second, true, 'c', -5L, 7u>().f(); Places<&level, peak, &Gauge::v, &Gauge::m>().f(); pass(b); null<nullptr>(); }
    template struct Box<const int*>; template struct Box<int (*)(char)>;`,
  packs: `
    template <class... T> void all(T...) {} template <class... T> void refs(const T&...) {} template <class... T> int count(T... t) { return sizeof...(t); }
    template <class... T> struct List { template <class... U> void pairs(List<T...>, List<U...>) {} };
    template <class F, class... A> void call(F f, A&&... a) { f(a...); }
    template <int... N> void numbers() {}
    void use() { all(); all(1); all(1, 2.0, 'c'); refs(1, "x"); count(1, 2); List<int, char>().pairs({}, List<double>()); int i = 0; call([](int, int&) {}, 1, i);
      numbers<>(); numbers<1, 2, 3>(); all(&all<int>, &all<>); }`,
  "dependent types and expressions": `
    struct Gauge { int v; int read() { return v; } using type = int; static const int size = 3; };
    template <class T> auto plus(T a, T b) -> decltype(a + b) { return a + b; }
    template <class T> auto member(T a) -> decltype(a.v) { return a.v; }
    template <class T> auto call(T* a) -> decltype(a->read()) { return a->read(); }
    template <class T> auto index(T a) -> decltype(a[0]) { return a[0]; }
    template <class T> auto make(T a) -> decltype(new T(a)) { return nullptr; }
    template <class T> auto cast(T a) -> decltype(static_cast<double>(a) * (float)a - -a) { return 0; }
    template <class T> auto choose(T a) -> decltype(true ? a : a) { return a; }
    template <class T> typename T::type inner(T) { return 0; }
    template <class T> void sized(char (*)[sizeof(T) + 1]) {} template <class T> void sizes(char (*)[T::size]) {}
    template <class... T> auto fold(T... t) -> decltype((t + ...)) { return (t + ...); }
    template <class... T> auto first(T... t) -> decltype((0 + ... + t)) { return (0 + ... + t); }
    template <class T> decltype(auto) same(T t) { return t; } template <class T> auto plain(T t) { return t; }
    template <class T> void unthrowing(T) noexcept(sizeof(T) > 2) {}
    template <int N> struct Less { void f() {} }; template <class T> void greater(Less<(sizeof(T) > 2)>) {}
    void use() { Gauge g; plus(1, 2); member(g); call(&g); index(&g); make(1); cast(2); choose(3); inner(g); sized<int>(nullptr); sizes<Gauge>(nullptr);
      fold(1, 2L); first(1, 2.0); same(1); plain(2); unthrowing(3); greater<int>({}); }`,
  "lambdas, unnamed types and local names": `
    template <class F> void run(F f) { f(); }
    inline int outer(int n) { static int once = n; struct Local { int v; int f() { static int deep = 1; return deep++ + v; } };
      auto a = [n] { return n; }; auto b = [](int x, const char*) { return x; }; auto c = [](auto x) { return x; };
      run(a); run([] { static int s = 0; return s++; }); b(1, ""); c(2); c('x'); return Local{once}.f(); }
    struct Holder { int member = [] { static int z = 0; return z++; }(); struct { int v; int f() { return v; } } inside; };
    inline int by(int n = [] { static int d = 5; return d++; }()) { return n; }
    struct { int v; template <class T> T g(T t) { return t; } } unnamed;
    int use() { Holder h; outer(1); by(); return h.inside.f() + unnamed.g(2) + [](auto... x) { return sizeof...(x); }(1, 2); }
    auto global = [](int x) { return x; }; int called = global(3);`,
  "what the compiler makes": `
    struct Base { virtual ~Base(); virtual Base* clone(); int b; }; struct Left : virtual Base { ~Left() override; Left* clone() override; int l; };
    struct Right : virtual Base { ~Right() override; int r; }; struct Both : Left, Right { ~Both() override; Both* clone() override; };
    Base::~Base() {} Base* Base::clone() { return this; } Left::~Left() {} Left* Left::clone() { return this; } Right::~Right() {}
    Both::~Both() {} Both* Both::clone() { return this; }
    struct Slow { Slow(); ~Slow(); }; Slow& once() { static Slow s; return s; } thread_local Slow here; Slow* there() { return &here; }
    extern const Slow& kept; const Slow& kept = Slow(); void thrower() { throw Both(); }
    #include <typeinfo>
    const std::type_info& types() { return typeid(int (*)(Both*)); }`,
  "the standard library": `
    #include <functional>
    #include <map>
    #include <string>
    #include <vector>
    #include <iostream>
    #include <memory>
    #include <tuple>
    std::string text(const std::map<std::string, std::vector<int>>& m, std::ostream& o) { for (auto& [k, v] : m) o << k << v.size(); return m.begin()->first; }
    std::function<void(std::string)> later(std::shared_ptr<int> p) { return [p](std::string s) { *p = (int)s.size(); }; }
    std::tuple<int, std::string, std::unique_ptr<char[]>> all() { return std::make_tuple(1, std::string("x"), std::make_unique<char[]>(3)); }`,
  attributes: `
    struct __attribute__((abi_tag("wide"))) Tagged { int f() { return 1; } }; __attribute__((abi_tag("new", "old"))) int tagged() { return Tagged().f(); }
    Tagged make(int) { return {}; }
    extern "C++" int plain(int) __asm__("_Z5namedi"); int plain(int) { return 1; }`,
};
