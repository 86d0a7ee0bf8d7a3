#ifndef TENFOLD_RDMA_H
#define TENFOLD_RDMA_H

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

// Writes into the memory of another host by RDMA: InfiniBand, RoCE and iWARP alike, as the libraries of
// rdma-core find them, which are loaded when they are first needed. Addresses are IPv4, the first byte
// highest; a buffer for words is always filled with a text that says why something failed.

/// Bytes that a caller shows to be the one that was invited.
#define TENFOLD_RDMA_NONCE 16

/// Waits for one caller.
struct tenfold_rdma_door;

/// Waits at an own address; `*port` is the one that the system chose. NULL without an adapter there.
struct tenfold_rdma_door *tenfold_rdma_listen(uint32_t own, uint16_t *port, char *why, size_t room);
void tenfold_rdma_shut(struct tenfold_rdma_door *door);

/// A connection. One thread at a time uses it.
struct tenfold_rdma;

/// Lets in who knows the nonce, and lets them write to a memory, which is kept in its place meanwhile.
///
/// Ends early when `beside`, a descriptor, has something to read. NULL where nobody came within so many
/// milliseconds, beside what the caller takes to register its memory. The door is shut when the connection
/// ends, or at once without one.
struct tenfold_rdma *tenfold_rdma_accept(struct tenfold_rdma_door *door,
                                         const uint8_t nonce[TENFOLD_RDMA_NONCE], void *base,
                                         size_t size, int beside, int milliseconds,
                                         int registering, char *why, size_t room);

/// Calls a door; what is written comes from a memory of the same size. NULL where it is not opened within
/// so many milliseconds, beside what both ends take to register their memory.
struct tenfold_rdma *tenfold_rdma_call(uint32_t own, uint32_t other, uint16_t port,
                                       const uint8_t nonce[TENFOLD_RDMA_NONCE], void *base,
                                       size_t size, int milliseconds, int registering, char *why,
                                       size_t room);

/// Ends a connection: nothing of it is written any more when this returns.
void tenfold_rdma_close(struct tenfold_rdma *rdma);

/// Writes pieces of the own memory to the same places of the other, and tells the other end the number
/// once all of them are there.
///
/// Returns 1; 0 when as much is on its way as there is room for; -1 when the connection is lost.
int tenfold_rdma_write(struct tenfold_rdma *rdma, const struct iovec *pieces, size_t count,
                       uint32_t number);

/// Sees what was written until now, waiting for something for so long.
///
/// Returns 0, or -1 when the connection is lost.
int tenfold_rdma_settle(struct tenfold_rdma *rdma, int milliseconds);

/// Bytes that are in the other memory, as its adapter says.
uint64_t tenfold_rdma_written(const struct tenfold_rdma *rdma);
/// Whether anything is on its way.
int tenfold_rdma_busy(const struct tenfold_rdma *rdma);

/// Waits until the other end tells that it wrote something.
///
/// Returns 1 and the number that it told; 2 where its adapter can tell none (iWARP); 0 when nothing came; or
/// -1 when the connection is lost.
int tenfold_rdma_arrived(struct tenfold_rdma *rdma, uint32_t *number, int milliseconds);

/// Name of its adapter.
const char *tenfold_rdma_adapter(const struct tenfold_rdma *rdma);

#endif
