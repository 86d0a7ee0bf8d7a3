#ifndef TENFOLD_MIGRATION_H
#define TENFOLD_MIGRATION_H

#include "CFetch.h"
#include "CGuest.h"

#include <stddef.h>
#include <stdint.h>

/// Pages that were written to: from the byte `start` of the memory to before `end`.
struct tenfold_written {
  uint64_t start;
  uint64_t end;
};

/// Begins to note which pages of a memory are written to, by asynchronous write protection of
/// userfaultfd(2) (Linux 6.7): no thread waits for anything.
///
/// Returns a descriptor that lasts as long as pages are noted, or minus an error number.
int tenfold_track_begin(void *base, size_t size);

/// Opens what `tenfold_track_collect` reads: a descriptor, or minus an error number.
int tenfold_track_open(void);

/// Pages that were written to since they were asked for last, from the byte `*next` on, and begins
/// anew with them.
///
/// Returns how many ranges there are, at most `most`; `*next` is where to go on, the size when done. Or
/// minus an error number.
int64_t tenfold_track_collect(int pagemap, void *base, size_t size, uint64_t *next,
                              struct tenfold_written *ranges, size_t most);

#endif
