#ifndef TENFOLD_RDMA_LINK_H
#define TENFOLD_RDMA_LINK_H

#include "CRDMA.h"
#include "rdma_load.h"

enum {
  // Writes that may be on their way; a frame is one to 513 of them.
  most_writes = 2048,
  // Numbers that the other end may tell before they are taken: beyond them it waits.
  most_numbers = 1024,
};

/// What the two tell each other when they meet.
struct greeting {
  uint64_t base;
  uint32_t key, has_numbers;
};

struct tenfold_rdma {
  struct rdma_event_channel *channel;
  struct rdma_cm_id *id;
  // It came in by; its channel is that of the identifier.
  struct tenfold_rdma_door *door;
  struct tenfold_rdma_memory *memory;
  struct ibv_comp_channel *completions;
  struct ibv_cq *queue;
  uint8_t *base;
  // Of the other end.
  struct greeting other;
  int on_its_way, has_queues;
  uint64_t written;
  // Numbers that came and nobody has taken; -1 for a message that has none.
  int64_t numbers[most_numbers];
  size_t first, count;
};

/// Lets the other end tell so many numbers; 0 or -1.
int tenfold_rdma_expect_numbers(struct tenfold_rdma *rdma, int count);

#endif
