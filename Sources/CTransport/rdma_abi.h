// What rdma-core's libraries take and give, so that their headers need not be there to build. These are
// the parts that libibverbs.so.1 (IBVERBS_1.1) and librdmacm.so.1 (RDMACM_1.0) keep for all programs; the
// members that are not used have names that say nothing.
#ifndef TENFOLD_RDMA_ABI_H
#define TENFOLD_RDMA_ABI_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/socket.h>

struct ibv_device {
  void *operations[2];
  int node_type;
  int transport_type;
  char name[64];
};
enum { IBV_NODE_RNIC = 4 };

struct ibv_cq;
struct ibv_qp;
struct ibv_wc;
struct ibv_send_wr;
struct ibv_recv_wr;

struct ibv_context {
  struct ibv_device *device;
  struct {
    void *before[11];
    int (*poll_cq)(struct ibv_cq *, int, struct ibv_wc *);
    int (*req_notify_cq)(struct ibv_cq *, int);
    void *between[7];
    void *post_srq_recv;
    void *queues[4];
    int (*post_send)(struct ibv_qp *, struct ibv_send_wr *, struct ibv_send_wr **);
    int (*post_recv)(struct ibv_qp *, struct ibv_recv_wr *, struct ibv_recv_wr **);
    void *after[5];
  } ops;
  int cmd_fd;
};

struct ibv_pd {
  struct ibv_context *context;
  uint32_t handle;
};
struct ibv_mr {
  struct ibv_context *context;
  struct ibv_pd *pd;
  void *addr;
  size_t length;
  uint32_t handle, lkey, rkey;
};
enum { IBV_ACCESS_LOCAL_WRITE = 1, IBV_ACCESS_REMOTE_WRITE = 2 };

struct ibv_comp_channel {
  struct ibv_context *context;
  int fd, refcnt;
};
struct ibv_cq {
  struct ibv_context *context;
};
struct ibv_qp {
  struct ibv_context *context;
};

struct ibv_sge {
  uint64_t addr;
  uint32_t length, lkey;
};
enum { IBV_WR_RDMA_WRITE, IBV_WR_RDMA_WRITE_WITH_IMM, IBV_WR_SEND };
enum { IBV_SEND_SIGNALED = 2 };
struct ibv_send_wr {
  uint64_t wr_id;
  struct ibv_send_wr *next;
  struct ibv_sge *sg_list;
  int num_sge;
  int opcode;
  unsigned int send_flags;
  uint32_t imm_data;
  union {
    struct {
      uint64_t remote_addr;
      uint32_t rkey;
    } rdma;
    uint64_t all[4];
  } wr;
  uint64_t rest[7];
};
struct ibv_recv_wr {
  uint64_t wr_id;
  struct ibv_recv_wr *next;
  struct ibv_sge *sg_list;
  int num_sge;
};
enum { IBV_WC_RECV = 128 };
enum { IBV_WC_WITH_IMM = 2 };
struct ibv_wc {
  uint64_t wr_id;
  int status, opcode;
  uint32_t vendor_err, byte_len, imm_data, qp_num, src_qp;
  unsigned int wc_flags;
  uint16_t pkey_index, slid;
  uint8_t sl, dlid_path_bits;
};
enum { IBV_QPT_RC = 2 };
struct ibv_qp_init_attr {
  void *qp_context;
  struct ibv_cq *send_cq, *recv_cq;
  void *srq;
  struct {
    uint32_t max_send_wr, max_recv_wr, max_send_sge, max_recv_sge, max_inline_data;
  } cap;
  int qp_type;
  int sq_sig_all;
};

struct rdma_event_channel {
  int fd;
};
enum { RDMA_PS_TCP = 0x0106 };
struct rdma_cm_id {
  struct ibv_context *verbs;
  struct rdma_event_channel *channel;
  void *context;
  struct ibv_qp *qp;
};
enum {
  RDMA_CM_EVENT_ADDR_RESOLVED = 0,
  RDMA_CM_EVENT_ROUTE_RESOLVED = 2,
  RDMA_CM_EVENT_CONNECT_REQUEST = 4,
  RDMA_CM_EVENT_ESTABLISHED = 9,
};
struct rdma_conn_param {
  const void *private_data;
  uint8_t private_data_len, responder_resources, initiator_depth, flow_control, retry_count,
      rnr_retry_count, srq;
  uint32_t qp_num;
};
struct rdma_cm_event {
  struct rdma_cm_id *id, *listen_id;
  int event, status;
  struct rdma_conn_param conn;
};

#endif
