#include "CGuest.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

// Runs in a virtual machine: writes to a piece of its physical memory that its kernel was told to leave
// alone, as the synthetic guests do.
//
//   writer FIRST-BYTE PAGES WRITES-A-SECOND SEED
int main(int count, char **words) {
  if (count != 5) return 2;
  off_t start = (off_t)strtoull(words[1], NULL, 10);
  uint64_t pages = strtoull(words[2], NULL, 10);
  int memory = open("/dev/mem", O_RDWR);
  if (memory < 0) { perror("/dev/mem"); return 1; }
  void *base = mmap(NULL, pages * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, start);
  if (base == MAP_FAILED) { perror("mmap"); return 1; }
  struct tenfold_writing how = {
      .base = base, .pages = pages, .page_size = 4096, .seed = strtoull(words[4], NULL, 10),
      .pattern = TENFOLD_UNIFORM, .rate = strtoull(words[3], NULL, 10)};
  tenfold_fill_pages(base, pages, 4096, how.seed);
  struct tenfold_writer *writer = tenfold_writer_make(&how);
  if (writer == NULL) return 1;
  puts("@writing");
  fflush(NULL);
  tenfold_writer_run(writer);
  return 0;
}
