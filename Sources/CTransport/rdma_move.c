#include "rdma_link.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>

int tenfold_rdma_expect_numbers(struct tenfold_rdma *rdma, int count) {
  struct ibv_recv_wr one = {0}, *bad;
  for (int i = 0; i < count; i++)
    if (rdma->id->verbs->ops.post_recv(rdma->id->qp, &one, &bad) != 0) return -1;
  return 0;
}

/// Takes what is done out of the queue: how many there were, or -1.
static int take(struct tenfold_rdma *rdma) {
  struct ibv_wc done[32];
  int count = rdma->queue->context->ops.poll_cq(rdma->queue, 32, done);
  if (count < 0) return -1;
  for (int i = 0; i < count; i++) {
    if (done[i].status != 0) return -1;
    if (done[i].opcode & IBV_WC_RECV) {
      if (rdma->count == most_numbers || tenfold_rdma_expect_numbers(rdma, 1) != 0) return -1;
      int64_t number = done[i].wc_flags & IBV_WC_WITH_IMM ? (int64_t)ntohl(done[i].imm_data) : -1;
      rdma->numbers[(rdma->first + rdma->count++) % most_numbers] = number;
      continue;
    }
    rdma->on_its_way -= (int)(done[i].wr_id & 0xFFFF);
    rdma->written += done[i].wr_id >> 16;
  }
  return count;
}

int tenfold_rdma_settle(struct tenfold_rdma *rdma, int milliseconds) {
  int some = 0, count;
  while ((count = take(rdma)) > 0) some = 1;
  if (count < 0 || some || milliseconds == 0) return count < 0 ? -1 : 0;
  struct pollfd waiting = {.fd = rdma->completions->fd, .events = POLLIN};
  if (poll(&waiting, 1, milliseconds) <= 0) return 0;
  const struct tenfold_rdma_calls *calls = tenfold_rdma_load();
  struct ibv_cq *queue;
  void *context;
  while (calls->next_completion(rdma->completions, &queue, &context) == 0)
    calls->free_completion(queue, 1);
  // What was done before this is asked for is taken after it.
  if (rdma->queue->context->ops.req_notify_cq(rdma->queue, 0) != 0) return -1;
  while ((count = take(rdma)) > 0) {}
  return count < 0 ? -1 : 0;
}

int tenfold_rdma_write(struct tenfold_rdma *rdma, const struct iovec *pieces, size_t count,
                       uint32_t number) {
  enum { most_pieces = 512 };
  if (count == 0 || count > most_pieces) return -1;
  // Where no number can be written one is sent behind.
  int isSent = !rdma->other.has_numbers;
  int total = (int)count + isSent;
  if (rdma->on_its_way + total > most_writes) return 0;
  struct ibv_sge places[most_pieces];
  struct ibv_send_wr writes[most_pieces + 1], *bad;
  memset(writes, 0, sizeof *writes * (size_t)total);
  uint64_t bytes = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t *start = pieces[i].iov_base;
    places[i] = (struct ibv_sge){(uintptr_t)start, (uint32_t)pieces[i].iov_len,
                                 rdma->memory->region->lkey};
    writes[i].next = &writes[i + 1];
    writes[i].sg_list = &places[i];
    writes[i].num_sge = 1;
    writes[i].opcode = IBV_WR_RDMA_WRITE;
    writes[i].wr.rdma.remote_addr = rdma->other.base + (uint64_t)(start - rdma->base);
    writes[i].wr.rdma.rkey = rdma->other.key;
    bytes += pieces[i].iov_len;
  }
  struct ibv_send_wr *last = &writes[total - 1];
  last->next = NULL;
  last->opcode = isSent ? IBV_WR_SEND : IBV_WR_RDMA_WRITE_WITH_IMM;
  last->imm_data = htonl(number);
  // One completion tells of all before it.
  last->send_flags = IBV_SEND_SIGNALED;
  last->wr_id = bytes << 16 | (uint64_t)total;
  if (rdma->id->verbs->ops.post_send(rdma->id->qp, writes, &bad) != 0) return -1;
  rdma->on_its_way += total;
  return 1;
}

uint64_t tenfold_rdma_written(const struct tenfold_rdma *rdma) { return rdma->written; }
int tenfold_rdma_busy(const struct tenfold_rdma *rdma) { return rdma->on_its_way > 0; }

int tenfold_rdma_arrived(struct tenfold_rdma *rdma, uint32_t *number, int milliseconds) {
  if (rdma->count == 0 && tenfold_rdma_settle(rdma, milliseconds) != 0) return -1;
  if (rdma->count == 0) return 0;
  int64_t told = rdma->numbers[rdma->first];
  rdma->first = (rdma->first + 1) % most_numbers;
  rdma->count--;
  if (told < 0) return 2;
  *number = (uint32_t)told;
  return 1;
}

const char *tenfold_rdma_adapter(const struct tenfold_rdma *rdma) {
  return rdma->id->verbs->device->name;
}
