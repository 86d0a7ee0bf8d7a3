#define _GNU_SOURCE
#include "CGuest.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct tenfold_writer {
  struct tenfold_writing how;
  _Atomic uint32_t throttle, pause, paused, stop;
  _Atomic uint64_t written;
};

struct tenfold_writer *tenfold_writer_make(const struct tenfold_writing *how) {
  struct tenfold_writer *writer = calloc(1, sizeof *writer);
  if (writer != NULL) writer->how = *how;
  return writer;
}
void tenfold_writer_free(struct tenfold_writer *writer) { free(writer); }

static uint64_t random_next(uint64_t *state) {
  uint64_t x = *state += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// Below a bound, by multiplication: the bias is far below what anybody could measure.
static uint64_t random_below(uint64_t *state, uint64_t bound) {
  return (uint64_t)(((unsigned __int128)random_next(state) * bound) >> 64);
}

static uint64_t nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
}

static uint64_t page_of(const struct tenfold_writing *w, uint64_t *state, uint64_t count) {
  switch (w->pattern) {
  case TENFOLD_HOT_SPOT: {
    uint64_t hot = w->pages * w->hot_pages / 1000;
    if (hot > 0 && random_below(state, 1000) < w->hot_writes) return random_below(state, hot);
    return random_below(state, w->pages);
  }
  case TENFOLD_SEQUENTIAL: return count % w->pages;
  default: return random_below(state, w->pages);
  }
}

void tenfold_writer_run(struct tenfold_writer *w) {
  const struct tenfold_writing *how = &w->how;
  uint64_t state = how->seed, begun = nanoseconds(), last = begun;
  // Writes that are due, in billionths, so that no rate is too small.
  unsigned __int128 due = 0;
  while (!atomic_load_explicit(&w->stop, memory_order_acquire)) {
    struct timespec tick = {0, 500000};
    if (atomic_load_explicit(&w->pause, memory_order_acquire) || how->pages == 0) {
      atomic_store_explicit(&w->paused, 1, memory_order_release);
      nanosleep(&tick, NULL);
      last = nanoseconds();
      continue;
    }
    atomic_store_explicit(&w->paused, 0, memory_order_release);
    uint64_t now = nanoseconds(), elapsed = now - last;
    last = now;
    // A thread that was kept from running does not make up for more than 20 ms.
    if (elapsed > 20000000) elapsed = 20000000;
    uint64_t rate = how->rate;
    uint32_t throttle = atomic_load_explicit(&w->throttle, memory_order_relaxed);
    if (how->pattern == TENFOLD_BURST && how->on_ms + how->off_ms > 0 &&
        (now - begun) / 1000000 % (how->on_ms + how->off_ms) >= how->on_ms)
      rate = 0;
    due += (unsigned __int128)rate * elapsed * (100 - (throttle > 100 ? 100 : throttle)) / 100;
    uint64_t count = (uint64_t)(due / 1000000000);
    due -= (unsigned __int128)count * 1000000000;
    uint64_t done = atomic_load_explicit(&w->written, memory_order_relaxed);
    for (uint64_t i = 0; i < count; i++) {
      uint64_t offset = page_of(how, &state, done + i) * how->page_size +
                        (random_next(&state) & (how->page_size - 8) & ~7ULL);
      uint64_t value = random_next(&state);
      // Whoever sends the page meanwhile may read half of it: it is written page, and goes once more.
      __atomic_store_n((uint64_t *)(void *)(how->base + offset), value, __ATOMIC_RELAXED);
      if ((i & 1023) == 1023 && (atomic_load_explicit(&w->pause, memory_order_relaxed) ||
                                 atomic_load_explicit(&w->stop, memory_order_relaxed))) {
        count = i + 1;
        break;
      }
    }
    atomic_store_explicit(&w->written, done + count, memory_order_relaxed);
    nanosleep(&tick, NULL);
  }
  atomic_store_explicit(&w->paused, 1, memory_order_release);
}

void tenfold_writer_set_throttle(struct tenfold_writer *w, uint32_t percent) {
  atomic_store(&w->throttle, percent);
}
void tenfold_writer_set_pause(struct tenfold_writer *w, uint32_t pause) {
  // What it said before is of the time before.
  if (pause) atomic_store(&w->paused, 0);
  atomic_store(&w->pause, pause);
}
uint32_t tenfold_writer_is_paused(struct tenfold_writer *w) { return atomic_load(&w->paused); }
void tenfold_writer_stop(struct tenfold_writer *w) { atomic_store(&w->stop, 1); }
uint64_t tenfold_writer_written(struct tenfold_writer *w) { return atomic_load(&w->written); }

static uint64_t mix(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

void tenfold_hash_pages(const uint8_t *base, uint64_t pages, uint64_t page_size, uint64_t *hashes) {
  for (uint64_t page = 0; page < pages; page++) {
    const uint8_t *bytes = base + page * page_size;
    // Four chains, so that one multiplication need not wait for the last.
    uint64_t a = 0xA0761D6478BD642FULL, b = 0xE7037ED1A0B428DBULL, c = 0x8EBC6AF09C88C6E3ULL,
             d = 0x589965CC75374CC3ULL;
    for (uint64_t i = 0; i + 64 <= page_size; i += 64) {
      uint64_t v[8];
      memcpy(v, bytes + i, 64);
      a = mix(a ^ v[0], 0x1D8E4E27C47D124FULL ^ v[1]);
      b = mix(b ^ v[2], 0xEB44ACCAB455D165ULL ^ v[3]);
      c = mix(c ^ v[4], 0x9C6E6877736C46E3ULL ^ v[5]);
      d = mix(d ^ v[6], 0x2F2DA4F3C3B5A7F9ULL ^ v[7]);
    }
    hashes[page] = mix(mix(a ^ 0x1D8E4E27C47D124FULL, b), mix(c, d ^ 0xE7037ED1A0B428DBULL));
  }
}

void tenfold_fill_pages(uint8_t *base, uint64_t pages, uint64_t page_size, uint64_t seed) {
  uint64_t state = seed;
  for (uint64_t i = 0; i + 8 <= pages * page_size; i += 8) {
    uint64_t value = random_next(&state);
    memcpy(base + i, &value, 8);
  }
}

void tenfold_zero_pages(const uint8_t *base, uint64_t pages, uint64_t page_size, uint8_t *zero) {
  for (uint64_t page = 0; page < pages; page++) {
    const uint8_t *bytes = base + page * page_size;
    uint64_t any = 0;
    for (uint64_t i = 0; i + 64 <= page_size && any == 0; i += 64) {
      uint64_t v[8];
      memcpy(v, bytes + i, 64);
      any = v[0] | v[1] | v[2] | v[3] | v[4] | v[5] | v[6] | v[7];
    }
    zero[page] = any == 0;
  }
}
