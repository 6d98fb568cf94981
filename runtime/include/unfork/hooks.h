// Owns who is told of flavors: experiment logging of the first use, crash reports of flavor and release.
#ifndef UNFORK_HOOKS_H_
#define UNFORK_HOOKS_H_

#include <atomic>

#include "unfork/compiler.h"
#include "unfork/record.h"
#include "unfork/spin_lock.h"

namespace unfork {
inline namespace v1 {

/// Is called once per library at the first call through its shim, and once per flavor that is used in a scope.
using ExposureHook = void (*)(const Exposure& exposure, void* data);

/// Is called with `webrtc.flavor` = `latest`, `webrtc.release` = `M150`, `webrtc.flavor.source` = `default` when the flavor is
/// set. The texts live as long as the program.
using AnnotationHook = void (*)(const char* key, const char* value, void* data);

namespace detail {

/// Who is told, and of what there is to tell. No hook is called while the lock is held, so that a hook may use the shim.
struct Registry {
  SpinLock lock;
  /// Number of the last event. A hook is told of the events up to its installation then, of later ones as they happen.
  unsigned events = 0;
  ExposureHook exposure_hook = nullptr;
  void* exposure_data = nullptr;
  AnnotationHook annotation_hook = nullptr;
  void* annotation_data = nullptr;
  /// Only grows, and is read without the lock.
  std::atomic<FlavorRecord*> records{nullptr};
};
UNFORK_SHARED inline Registry registry;

/// With the lock held.
inline void List(FlavorRecord& record) noexcept {
  if (record.listed) return;
  record.listed = true;
  record.next = registry.records.load(std::memory_order_relaxed);
  registry.records.store(&record, std::memory_order_release);
}

template <class Visit>
void VisitRecords(Visit&& visit) {
  for (const FlavorRecord* record = registry.records.load(std::memory_order_acquire); record != nullptr; record = record->next) visit(*record);
}

/// Whether an event has happened, up to the one of that number.
inline bool Happened(const std::atomic<unsigned>& number, unsigned last) noexcept {
  const unsigned event = number.load(std::memory_order_acquire);
  return event != 0 && event <= last;
}

template <class Visit>
void VisitAnnotations(const FlavorRecord& record, Visit&& visit) {
  visit(record.flavor_key.c_str(), record.flavor);
  visit(record.release_key.c_str(), record.release);
  visit(record.source_key.c_str(), record.source.c_str());
}

/// Tells of a flavor that was set; the record's texts are written.
UNFORK_COLD inline void Announce(FlavorRecord& record) {
  AnnotationHook hook = nullptr;
  void* data = nullptr;
  {
    const SpinGuard guard(registry.lock);
    List(record);
    record.annotated.store(++registry.events, std::memory_order_release);
    hook = registry.annotation_hook;
    data = registry.annotation_data;
  }
  if (hook != nullptr) VisitAnnotations(record, [&](const char* key, const char* value) { hook(key, value, data); });
}

/// Tells of a first use, unless it was told before.
UNFORK_COLD inline void Expose(FlavorRecord& record, int slot, const Exposure& exposure) {
  ExposureHook hook = nullptr;
  void* data = nullptr;
  {
    const SpinGuard guard(registry.lock);
    if (record.exposed[slot].load(std::memory_order_relaxed) != 0) return;
    List(record);
    record.exposures[slot] = exposure;
    record.exposed[slot].store(++registry.events, std::memory_order_release);
    hook = registry.exposure_hook;
    data = registry.exposure_data;
  }
  if (hook != nullptr) hook(exposure, data);
}

}  // namespace detail

/// Replaces the hook; null takes it away. What has happened already is told before this returns.
inline void SetExposureHook(ExposureHook hook, void* data = nullptr) {
  unsigned last = 0;
  {
    const SpinGuard guard(detail::registry.lock);
    detail::registry.exposure_hook = hook;
    detail::registry.exposure_data = data;
    last = detail::registry.events;
  }
  if (hook == nullptr) return;
  detail::VisitRecords([&](const detail::FlavorRecord& record) {
    for (int slot = 0; slot <= detail::kProcessExposure; ++slot) {
      if (detail::Happened(record.exposed[slot], last)) hook(record.exposures[slot], data);
    }
  });
}

/// Replaces the hook; null takes it away. What has happened already is told before this returns.
inline void SetAnnotationHook(AnnotationHook hook, void* data = nullptr) {
  unsigned last = 0;
  {
    const SpinGuard guard(detail::registry.lock);
    detail::registry.annotation_hook = hook;
    detail::registry.annotation_data = data;
    last = detail::registry.events;
  }
  if (hook == nullptr) return;
  detail::VisitRecords([&](const detail::FlavorRecord& record) {
    if (!detail::Happened(record.annotated, last)) return;
    detail::VisitAnnotations(record, [&](const char* key, const char* value) { hook(key, value, data); });
  });
}

/// Calls `visit(key, value)` for each annotation there is. Takes no lock and no memory: it may be called in a signal's handler.
template <class Visit>
void ForEachAnnotation(Visit&& visit) {
  detail::VisitRecords([&](const detail::FlavorRecord& record) {
    if (record.annotated.load(std::memory_order_acquire) != 0) detail::VisitAnnotations(record, visit);
  });
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_HOOKS_H_
