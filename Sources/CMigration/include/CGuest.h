#ifndef TENFOLD_GUEST_H
#define TENFOLD_GUEST_H


#include <stddef.h>
#include <stdint.h>

/// Which pages a guest writes to.
enum tenfold_pattern {
  /// Any, each as often as every other.
  TENFOLD_UNIFORM = 0,
  /// Of `hot_writes` in 1,000 writes those of the first `hot_pages` in 1,000 pages, else any.
  TENFOLD_HOT_SPOT = 1,
  /// One after the other, from the start again at the end.
  TENFOLD_SEQUENTIAL = 2,
  /// Any, `on_ms` at the whole rate, then `off_ms` not at all.
  TENFOLD_BURST = 3,
};

/// How a guest writes.
struct tenfold_writing {
  uint8_t *base;
  uint64_t pages;
  uint64_t page_size;
  uint64_t seed;
  enum tenfold_pattern pattern;
  uint32_t hot_writes, hot_pages, on_ms, off_ms;
  /// Writes a second.
  uint64_t rate;
};

/// A thread that writes to memory as a guest would. Everything but `tenfold_writer_run` may be called
/// from other threads while it runs.
struct tenfold_writer;

/// NULL without memory.
struct tenfold_writer *tenfold_writer_make(const struct tenfold_writing *how);
void tenfold_writer_free(struct tenfold_writer *writer);
/// Writes until it is stopped.
void tenfold_writer_run(struct tenfold_writer *writer);

/// Slows it down by so many percent.
void tenfold_writer_set_throttle(struct tenfold_writer *writer, uint32_t percent);
/// Lets it stand still, or go on.
void tenfold_writer_set_pause(struct tenfold_writer *writer, uint32_t pause);
/// 1 once it stands still.
uint32_t tenfold_writer_is_paused(struct tenfold_writer *writer);
void tenfold_writer_stop(struct tenfold_writer *writer);
/// Writes until now.
uint64_t tenfold_writer_written(struct tenfold_writer *writer);

/// A number of 64 bits for each page, from its content and nothing else.
void tenfold_hash_pages(const uint8_t *base, uint64_t pages, uint64_t page_size, uint64_t *hashes);

/// Fills pages with numbers at random from a seed.
void tenfold_fill_pages(uint8_t *base, uint64_t pages, uint64_t page_size, uint64_t seed);

/// Notes for each page whether all of its bytes are zero.
void tenfold_zero_pages(const uint8_t *base, uint64_t pages, uint64_t page_size, uint8_t *zero);

#endif
