#include "rdma_link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct tenfold_rdma_door {
  struct rdma_event_channel *channel;
  struct rdma_cm_id *id;
};

static const struct tenfold_rdma_calls *calls;

static void *fail(char *why, size_t room, const char *words) {
  snprintf(why, room, "%s: %s", words, strerror(errno));
  return NULL;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static struct sockaddr_in address(uint32_t bits, uint16_t port) {
  return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port),
                              .sin_addr.s_addr = htonl(bits)};
}

static struct rdma_event_channel *open_channel(void) {
  if ((calls = tenfold_rdma_load()) == NULL) {
    errno = ENOSYS;
    return NULL;
  }
  struct rdma_event_channel *channel = calls->make_channel();
  if (channel == NULL) return NULL;
  (void)fcntl(channel->fd, F_SETFL, fcntl(channel->fd, F_GETFL) | O_NONBLOCK);
  (void)fcntl(channel->fd, F_SETFD, FD_CLOEXEC);
  return channel;
}

/// The next event, which must be of a kind; NULL with the error number set.
static struct rdma_cm_event *expect(struct rdma_event_channel *channel, int kind, int beside,
                                    int64_t end) {
  for (;;) {
    int64_t left = end - now();
    struct pollfd waiting[2] = {{.fd = channel->fd, .events = POLLIN},
                                {.fd = beside, .events = POLLIN}};
    int status = left > 0 ? poll(waiting, 2, (int)left) : 0;
    if (status < 0 && errno == EINTR) continue;
    if (status <= 0) errno = ETIMEDOUT;
    if (status <= 0) return NULL;
    if (waiting[0].revents == 0) {
      errno = ECANCELED;
      return NULL;
    }
    struct rdma_cm_event *event;
    if (calls->next_event(channel, &event) != 0) {
      if (errno == EAGAIN) continue;
      return NULL;
    }
    if (event->event == kind && event->status == 0) return event;
    // A reason of the other end is positive.
    int error = event->status < 0 ? -event->status : ECONNREFUSED;
    calls->free_event(event);
    errno = error;
    return NULL;
  }
}

/// The same where nothing in the event matters. 1 or 0.
static int await(struct rdma_event_channel *channel, int kind, int64_t end) {
  struct rdma_cm_event *event = expect(channel, kind, -1, end);
  if (event != NULL) calls->free_event(event);
  return event != NULL;
}

void tenfold_rdma_close(struct tenfold_rdma *rdma) {
  if (rdma == NULL) return;
  if (rdma->id != NULL) {
    if (rdma->has_queues) {
      calls->disconnect(rdma->id);
      calls->free_queues(rdma->id);
    }
    calls->free_id(rdma->id);
  }
  if (rdma->queue != NULL) calls->free_queue(rdma->queue);
  if (rdma->completions != NULL) calls->free_completions(rdma->completions);
  if (rdma->memory != NULL) tenfold_rdma_memory_give(rdma->memory);
  if (rdma->channel != NULL) calls->free_channel(rdma->channel);
  tenfold_rdma_shut(rdma->door);
  free(rdma);
}

/// Registers the memory, and makes queues for what is written or told. Words for what failed, or NULL.
static const char *prepare(struct tenfold_rdma *rdma, void *base, size_t size, int access) {
  struct ibv_context *context = rdma->id->verbs;
  rdma->base = base;
  rdma->memory = tenfold_rdma_memory_take(context, base, size, access);
  if (rdma->memory == NULL) return "the adapter does not take the memory (ulimit -l)";
  rdma->completions = calls->make_completions(context);
  if (rdma->completions == NULL) return "no completion channel";
  (void)fcntl(rdma->completions->fd, F_SETFL,
              fcntl(rdma->completions->fd, F_GETFL) | O_NONBLOCK);
  rdma->queue =
      calls->make_queue(context, most_writes + most_numbers, NULL, rdma->completions, 0);
  if (rdma->queue == NULL) return "no completion queue";
  struct ibv_qp_init_attr wanted = {.send_cq = rdma->queue, .recv_cq = rdma->queue,
                                    .qp_type = IBV_QPT_RC};
  wanted.cap.max_send_wr = most_writes;
  wanted.cap.max_recv_wr = most_numbers;
  wanted.cap.max_send_sge = wanted.cap.max_recv_sge = 1;
  if (calls->make_queues(rdma->id, rdma->memory->domain, &wanted) != 0) return "no queues";
  rdma->has_queues = 1;
  if (tenfold_rdma_expect_numbers(rdma, access != 0 ? most_numbers : 0) != 0)
    return "no room for numbers";
  if (context->ops.req_notify_cq(rdma->queue, 0) != 0) return "no notice of what is done";
  return NULL;
}

struct tenfold_rdma_door *tenfold_rdma_listen(uint32_t own, uint16_t *port, char *why,
                                              size_t room) {
  struct tenfold_rdma_door *door = calloc(1, sizeof *door);
  if (door == NULL) return fail(why, room, "no memory");
  struct sockaddr_in name = address(own, 0);
  const char *words = NULL;
  if ((door->channel = open_channel()) == NULL) words = "this machine has no RDMA";
  else if (calls->make_id(door->channel, &door->id, NULL, RDMA_PS_TCP) != 0)
    words = "no identifier";
  else if (calls->bind(door->id, (struct sockaddr *)&name) != 0 || door->id->verbs == NULL)
    words = "no RDMA adapter has the address";
  else if (calls->listen(door->id, 1) != 0) words = "cannot listen";
  if (words != NULL) {
    fail(why, room, words);
    tenfold_rdma_shut(door);
    return NULL;
  }
  *port = ntohs(calls->own_port(door->id));
  return door;
}

void tenfold_rdma_shut(struct tenfold_rdma_door *door) {
  if (door == NULL) return;
  if (door->id != NULL) calls->free_id(door->id);
  if (door->channel != NULL) calls->free_channel(door->channel);
  free(door);
}

/// Lets an identifier that came with a request go on with events of its own: nobody else waits for any.
static struct tenfold_rdma *welcome(struct tenfold_rdma_door *door, struct rdma_cm_id *id,
                                    void *base, size_t size, int milliseconds, char *why,
                                    size_t room) {
  struct tenfold_rdma *rdma = calloc(1, sizeof *rdma);
  if (rdma == NULL) {
    calls->reject(id, NULL, 0);
    calls->free_id(id);
    tenfold_rdma_shut(door);
    return fail(why, room, "no memory");
  }
  rdma->id = id;
  rdma->door = door;
  const char *words =
      prepare(rdma, base, size, IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_WRITE);
  if (words == NULL) {
    struct greeting own = {(uintptr_t)base, rdma->memory->region->rkey,
                           id->verbs->device->node_type != IBV_NODE_RNIC};
    struct rdma_conn_param param = {.private_data = &own, .private_data_len = sizeof own,
                                    .retry_count = 7, .rnr_retry_count = 7};
    if (calls->accept(id, &param) != 0 ||
        !await(door->channel, RDMA_CM_EVENT_ESTABLISHED, now() + milliseconds))
      words = "it was not connected";
  } else {
    int error = errno;
    calls->reject(id, NULL, 0);
    errno = error;
  }
  if (words == NULL) return rdma;
  fail(why, room, words);
  tenfold_rdma_close(rdma);
  return NULL;
}

struct tenfold_rdma *tenfold_rdma_accept(struct tenfold_rdma_door *door,
                                         const uint8_t nonce[TENFOLD_RDMA_NONCE], void *base,
                                         size_t size, int beside, int milliseconds,
                                         int registering, char *why, size_t room) {
  // The caller registers its memory first.
  int64_t end = now() + milliseconds + registering;
  for (;;) {
    struct rdma_cm_event *event =
        expect(door->channel, RDMA_CM_EVENT_CONNECT_REQUEST, beside, end);
    if (event == NULL) {
      fail(why, room, "nobody called");
      tenfold_rdma_shut(door);
      return NULL;
    }
    struct rdma_cm_id *id = event->id;
    uint8_t differs = event->conn.private_data_len < TENFOLD_RDMA_NONCE;
    const uint8_t *said = event->conn.private_data;
    for (int i = 0; !differs && i < TENFOLD_RDMA_NONCE; i++) differs |= said[i] ^ nonce[i];
    calls->free_event(event);
    if (!differs) return welcome(door, id, base, size, milliseconds, why, room);
    // A stranger.
    calls->reject(id, NULL, 0);
    calls->free_id(id);
  }
}

struct tenfold_rdma *tenfold_rdma_call(uint32_t own, uint32_t other, uint16_t port,
                                       const uint8_t nonce[TENFOLD_RDMA_NONCE], void *base,
                                       size_t size, int milliseconds, int registering, char *why,
                                       size_t room) {
  struct tenfold_rdma *rdma = calloc(1, sizeof *rdma);
  if (rdma == NULL) return fail(why, room, "no memory");
  int64_t end = now() + milliseconds;
  struct sockaddr_in from = address(own, 0), to = address(other, port);
  struct rdma_cm_event *event;
  struct rdma_conn_param param = {.private_data = nonce, .private_data_len = TENFOLD_RDMA_NONCE,
                                  .retry_count = 7, .rnr_retry_count = 7};
  const char *words = NULL;
  if ((rdma->channel = open_channel()) == NULL) words = "this machine has no RDMA";
  else if (calls->make_id(rdma->channel, &rdma->id, NULL, RDMA_PS_TCP) != 0)
    words = "no identifier";
  else if (calls->find_address(rdma->id, (struct sockaddr *)&from, (struct sockaddr *)&to,
                               milliseconds) != 0 ||
           !await(rdma->channel, RDMA_CM_EVENT_ADDR_RESOLVED, end))
    words = "no RDMA adapter has the address";
  else if (calls->find_route(rdma->id, milliseconds) != 0 ||
           !await(rdma->channel, RDMA_CM_EVENT_ROUTE_RESOLVED, end))
    words = "the adapter finds no way to the other";
  else if ((words = prepare(rdma, base, size, 0)) != NULL) {
  } else if (calls->connect(rdma->id, &param) != 0 ||
             // The other end registers its memory before it answers.
           (event = expect(rdma->channel, RDMA_CM_EVENT_ESTABLISHED, -1,
                           now() + milliseconds + registering)) == NULL)
    words = "it was not connected";
  else {
    if (event->conn.private_data_len < sizeof rdma->other) {
      errno = EPROTO;
      words = "the other end does not say where its memory is";
    } else {
      memcpy(&rdma->other, event->conn.private_data, sizeof rdma->other);
    }
    calls->free_event(event);
  }
  if (words == NULL) return rdma;
  fail(why, room, words);
  tenfold_rdma_close(rdma);
  return NULL;
}
