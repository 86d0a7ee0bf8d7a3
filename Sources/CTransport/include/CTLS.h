#ifndef TENFOLD_TLS_H
#define TENFOLD_TLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

// TLS 1.3 (RFC 8446) over a socket, by OpenSSL 3 as the machine has it, with a key that both ends know
// instead of certificates (its section 2.2, with a key exchange of its own for each connection).

struct tenfold_tls;

// What OpenSSL calls itself; NULL where there is none, or one without TLS 1.3.
const char *tenfold_tls_library(void);

enum { TENFOLD_TLS_KEY = 32 };

// One end of a connection; NULL where it cannot be made. The key has so many bytes.
struct tenfold_tls *tenfold_tls_make(int socket, int is_server, const uint8_t *key);
void tenfold_tls_free(struct tenfold_tls *tls);

// As send(2) and recv(2), with their numbers of errors; EAGAIN where nothing moved for as long as the
// socket waits. What was to be sent then must be sent again before anything else.
int tenfold_tls_meet(struct tenfold_tls *tls);
ssize_t tenfold_tls_send(struct tenfold_tls *tls, const struct iovec *pieces, size_t count);
ssize_t tenfold_tls_receive(struct tenfold_tls *tls, void *into, size_t room, int flags);

// Says that nothing more will be sent.
void tenfold_tls_finish(struct tenfold_tls *tls);

#endif
