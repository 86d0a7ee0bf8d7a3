#ifndef TENFOLD_RDMA_LOAD_H
#define TENFOLD_RDMA_LOAD_H

#include "rdma_abi.h"

#include <stddef.h>

/// What is called of the libraries.
struct tenfold_rdma_calls {
  struct rdma_event_channel *(*make_channel)(void);
  void (*free_channel)(struct rdma_event_channel *);
  int (*make_id)(struct rdma_event_channel *, struct rdma_cm_id **, void *, int);
  int (*free_id)(struct rdma_cm_id *);
  int (*bind)(struct rdma_cm_id *, struct sockaddr *);
  int (*find_address)(struct rdma_cm_id *, struct sockaddr *, struct sockaddr *, int);
  int (*find_route)(struct rdma_cm_id *, int);
  int (*listen)(struct rdma_cm_id *, int);
  int (*connect)(struct rdma_cm_id *, struct rdma_conn_param *);
  int (*accept)(struct rdma_cm_id *, struct rdma_conn_param *);
  int (*reject)(struct rdma_cm_id *, const void *, uint8_t);
  int (*disconnect)(struct rdma_cm_id *);
  int (*next_event)(struct rdma_event_channel *, struct rdma_cm_event **);
  int (*free_event)(struct rdma_cm_event *);
  uint16_t (*own_port)(struct rdma_cm_id *);
  int (*make_queues)(struct rdma_cm_id *, struct ibv_pd *, struct ibv_qp_init_attr *);
  void (*free_queues)(struct rdma_cm_id *);
  struct ibv_pd *(*make_domain)(struct ibv_context *);
  int (*free_domain)(struct ibv_pd *);
  struct ibv_mr *(*register_memory)(struct ibv_pd *, void *, size_t, int);
  int (*free_memory)(struct ibv_mr *);
  struct ibv_comp_channel *(*make_completions)(struct ibv_context *);
  int (*free_completions)(struct ibv_comp_channel *);
  struct ibv_cq *(*make_queue)(struct ibv_context *, int, void *, struct ibv_comp_channel *, int);
  int (*free_queue)(struct ibv_cq *);
  int (*next_completion)(struct ibv_comp_channel *, struct ibv_cq **, void **);
  void (*free_completion)(struct ibv_cq *, unsigned int);
};

/// NULL where this machine has none.
const struct tenfold_rdma_calls *tenfold_rdma_load(void);

/// Memory that an adapter may read from and write to: in one place while anybody has it.
struct tenfold_rdma_memory {
  struct ibv_pd *domain;
  struct ibv_mr *region;
};
/// The same for all connections of an adapter; NULL with the error number set.
struct tenfold_rdma_memory *tenfold_rdma_memory_take(struct ibv_context *context, void *base,
                                                     size_t size, int access);
void tenfold_rdma_memory_give(struct tenfold_rdma_memory *memory);

#endif
