#include "rdma_load.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

static struct tenfold_rdma_calls calls;
static int is_whole;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *verbs = dlopen("libibverbs.so.1", RTLD_NOW | RTLD_GLOBAL);
  void *manager = verbs == NULL ? NULL : dlopen("librdmacm.so.1", RTLD_NOW | RTLD_LOCAL);
  if (manager == NULL) return;
  struct {
    void *library;
    const char *name;
    void *place;
  } wanted[] = {
      {manager, "rdma_create_event_channel", &calls.make_channel},
      {manager, "rdma_destroy_event_channel", &calls.free_channel},
      {manager, "rdma_create_id", &calls.make_id},
      {manager, "rdma_destroy_id", &calls.free_id},
      {manager, "rdma_bind_addr", &calls.bind},
      {manager, "rdma_resolve_addr", &calls.find_address},
      {manager, "rdma_resolve_route", &calls.find_route},
      {manager, "rdma_listen", &calls.listen},
      {manager, "rdma_connect", &calls.connect},
      {manager, "rdma_accept", &calls.accept},
      {manager, "rdma_reject", &calls.reject},
      {manager, "rdma_disconnect", &calls.disconnect},
      {manager, "rdma_get_cm_event", &calls.next_event},
      {manager, "rdma_ack_cm_event", &calls.free_event},
      {manager, "rdma_get_src_port", &calls.own_port},
      {manager, "rdma_create_qp", &calls.make_queues},
      {manager, "rdma_destroy_qp", &calls.free_queues},
      {verbs, "ibv_alloc_pd", &calls.make_domain},
      {verbs, "ibv_dealloc_pd", &calls.free_domain},
      {verbs, "ibv_reg_mr", &calls.register_memory},
      {verbs, "ibv_dereg_mr", &calls.free_memory},
      {verbs, "ibv_create_comp_channel", &calls.make_completions},
      {verbs, "ibv_destroy_comp_channel", &calls.free_completions},
      {verbs, "ibv_create_cq", &calls.make_queue},
      {verbs, "ibv_destroy_cq", &calls.free_queue},
      {verbs, "ibv_get_cq_event", &calls.next_completion},
      {verbs, "ibv_ack_cq_events", &calls.free_completion},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    void *found = dlsym(wanted[i].library, wanted[i].name);
    if (found == NULL) return;
    *(void **)wanted[i].place = found;
  }
  is_whole = 1;
}

const struct tenfold_rdma_calls *tenfold_rdma_load(void) {
  pthread_once(&once, load);
  return is_whole ? &calls : NULL;
}

// Pages that are registered twice count twice against what a user may keep in place.
struct entry {
  struct tenfold_rdma_memory memory;
  struct ibv_context *context;
  void *base;
  size_t size;
  int access, users;
  struct entry *next;
};
static struct entry *entries;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct entry *make(struct ibv_context *context, void *base, size_t size, int access) {
  struct entry *entry = calloc(1, sizeof *entry);
  if (entry == NULL) return NULL;
  *entry = (struct entry){.context = context, .base = base, .size = size, .access = access};
  entry->memory.domain = calls.make_domain(context);
  if (entry->memory.domain != NULL)
    entry->memory.region = calls.register_memory(entry->memory.domain, base, size, access);
  if (entry->memory.region != NULL) return entry;
  int error = errno;
  if (entry->memory.domain != NULL) calls.free_domain(entry->memory.domain);
  free(entry);
  errno = error;
  return NULL;
}

struct tenfold_rdma_memory *tenfold_rdma_memory_take(struct ibv_context *context, void *base,
                                                     size_t size, int access) {
  pthread_mutex_lock(&lock);
  struct entry *entry = entries;
  while (entry != NULL && (entry->context != context || entry->base != base ||
                           entry->size != size || entry->access != access))
    entry = entry->next;
  if (entry == NULL && (entry = make(context, base, size, access)) != NULL) {
    entry->next = entries;
    entries = entry;
  }
  if (entry != NULL) entry->users++;
  pthread_mutex_unlock(&lock);
  return entry == NULL ? NULL : &entry->memory;
}

void tenfold_rdma_memory_give(struct tenfold_rdma_memory *memory) {
  pthread_mutex_lock(&lock);
  struct entry **place = &entries;
  while (*place != NULL && &(*place)->memory != memory) place = &(*place)->next;
  struct entry *entry = *place;
  if (entry != NULL && --entry->users == 0) {
    *place = entry->next;
    calls.free_memory(entry->memory.region);
    calls.free_domain(entry->memory.domain);
    free(entry);
  }
  pthread_mutex_unlock(&lock);
}
