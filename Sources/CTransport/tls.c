#include "CTLS.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

// OpenSSL's headers need not be there to build: these are stable parts of ssl.h and bio.h of 3.0, and the
// numbers that their macros stand for.
enum {
  SET_LEAST_VERSION = 123,
  SET_READ_AHEAD = 41,
  SET_MODE = 33,
  WRITES_IN_PARTS_FROM_ANYWHERE = 3,
  TLS_1_3 = 0x0304,
  WANTS_READ = 2,
  WANTS_WRITE = 3,
  OTHER_END_FINISHED = 6,
  BIO_SOURCE_SINK = 0x0400 | 100,
  BIO_CONTROL_FLUSH = 11,
  BIO_READ_AGAIN = 0x01 | 0x08,
  BIO_WRITE_AGAIN = 0x02 | 0x08,
  BIO_AGAIN = 0x0F,
  RECORD = 16384,
};
static struct {
  const char *(*version)(int);
  void *(*client)(void), *(*server)(void);
  void *(*make_context)(const void *);
  long (*control_context)(void *, int, long, void *);
  int (*set_ciphers)(void *, const char *);
  int (*set_tickets)(void *, size_t);
  void (*set_read_buffer)(void *, size_t);
  void (*set_client_key)(void *, void *);
  void (*set_server_key)(void *, void *);
  void *(*make)(void *);
  void (*free)(void *);
  void (*set_bio)(void *, void *, void *);
  void (*set_client)(void *), (*set_server)(void *);
  int (*set_data)(void *, int, void *);
  void *(*data)(const void *, int);
  int (*meet)(void *);
  int (*read)(void *, void *, int), (*write)(void *, const void *, int);
  int (*error)(const void *, int);
  int (*finish)(void *);
  int (*renew)(void *, int);
  const void *(*cipher)(void *, const unsigned char *);
  void *(*make_session)(void);
  int (*set_key)(void *, const unsigned char *, size_t);
  int (*set_cipher)(void *, const void *);
  int (*set_version)(void *, int);
  void (*free_session)(void *);
  void *(*make_method)(int, const char *);
  int (*set_writer)(void *, void *), (*set_reader)(void *, void *), (*set_control)(void *, void *);
  void *(*make_bio)(const void *);
  void (*set_bio_data)(void *, void *);
  void *(*bio_data)(void *);
  void (*set_bio_init)(void *, int);
  void (*set_bio_flags)(void *, int), (*clear_bio_flags)(void *, int);
  void (*clear_errors)(void);
} ssl;
static void *contexts[2], *method;
static const char *library_name;
static pthread_once_t once = PTHREAD_ONCE_INIT;

struct tenfold_tls {
  void *ssl;
  int socket, flags;
  uint8_t key[TENFOLD_TLS_KEY];
  // What is being sent, of a record that the socket has not taken yet.
  int pending;
  // Bytes since the key was new.
  uint64_t sent;
  uint8_t record[RECORD];
};

static int write_socket(void *bio, const char *bytes, int count) {
  struct tenfold_tls *tls = ssl.bio_data(bio);
  ssl.clear_bio_flags(bio, BIO_AGAIN);
  ssize_t sent = send(tls->socket, bytes, (size_t)count, MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) ssl.set_bio_flags(bio, BIO_WRITE_AGAIN);
  return (int)sent;
}

static int read_socket(void *bio, char *into, int room) {
  struct tenfold_tls *tls = ssl.bio_data(bio);
  ssl.clear_bio_flags(bio, BIO_AGAIN);
  ssize_t got = recv(tls->socket, into, (size_t)room, tls->flags);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) ssl.set_bio_flags(bio, BIO_READ_AGAIN);
  return (int)got;
}

static long control(void *bio, int command, long number, void *pointer) {
  (void)bio, (void)number, (void)pointer;
  return command == BIO_CONTROL_FLUSH;
}

// TLS_AES_128_GCM_SHA256: with a key instead of certificates the hash must be that of the key.
static void *session(void *connection) {
  struct tenfold_tls *tls = ssl.data(connection, 0);
  const void *cipher = ssl.cipher(connection, (const unsigned char[]){0x13, 0x01});
  void *made = ssl.make_session();
  if (tls != NULL && cipher != NULL && made != NULL &&
      ssl.set_key(made, tls->key, sizeof tls->key) == 1 && ssl.set_cipher(made, cipher) == 1 &&
      ssl.set_version(made, TLS_1_3) == 1)
    return made;
  ssl.free_session(made);
  return NULL;
}

static const unsigned char identity[] = "tenfold";

static int client_key(void *connection, const void *hash, const unsigned char **name,
                      size_t *length, void **made) {
  (void)hash;
  *name = identity;
  *length = sizeof identity - 1;
  *made = session(connection);
  return *made != NULL;
}

static int server_key(void *connection, const unsigned char *name, size_t length, void **made) {
  *made = length == sizeof identity - 1 && memcmp(name, identity, length) == 0
              ? session(connection)
              : NULL;
  return 1;
}

static void *context(int is_server) {
  void *made = ssl.make_context(is_server ? ssl.server() : ssl.client());
  if (made == NULL || ssl.control_context(made, SET_LEAST_VERSION, TLS_1_3, NULL) != 1 ||
      ssl.set_ciphers(made, "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256") != 1 ||
      ssl.set_tickets(made, 0) != 1)
    return NULL;
  ssl.control_context(made, SET_MODE, WRITES_IN_PARTS_FROM_ANYWHERE, NULL);
  ssl.control_context(made, SET_READ_AHEAD, 1, NULL);
  ssl.set_read_buffer(made, 256 << 10);
  if (is_server)
    ssl.set_server_key(made, (void *)server_key);
  else
    ssl.set_client_key(made, (void *)client_key);
  return made;
}

static void load(void) {
  void *crypto = dlopen("libcrypto.so.3", RTLD_NOW | RTLD_LOCAL);
  void *library = crypto == NULL ? NULL : dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  struct {
    void *library;
    const char *name;
    void *place;
  } wanted[] = {
      {crypto, "OpenSSL_version", &ssl.version},
      {library, "TLS_client_method", &ssl.client},
      {library, "TLS_server_method", &ssl.server},
      {library, "SSL_CTX_new", &ssl.make_context},
      {library, "SSL_CTX_ctrl", &ssl.control_context},
      {library, "SSL_CTX_set_ciphersuites", &ssl.set_ciphers},
      {library, "SSL_CTX_set_num_tickets", &ssl.set_tickets},
      {library, "SSL_CTX_set_default_read_buffer_len", &ssl.set_read_buffer},
      {library, "SSL_CTX_set_psk_use_session_callback", &ssl.set_client_key},
      {library, "SSL_CTX_set_psk_find_session_callback", &ssl.set_server_key},
      {library, "SSL_new", &ssl.make},
      {library, "SSL_free", &ssl.free},
      {library, "SSL_set_bio", &ssl.set_bio},
      {library, "SSL_set_connect_state", &ssl.set_client},
      {library, "SSL_set_accept_state", &ssl.set_server},
      {library, "SSL_set_ex_data", &ssl.set_data},
      {library, "SSL_get_ex_data", &ssl.data},
      {library, "SSL_do_handshake", &ssl.meet},
      {library, "SSL_read", &ssl.read},
      {library, "SSL_write", &ssl.write},
      {library, "SSL_get_error", &ssl.error},
      {library, "SSL_shutdown", &ssl.finish},
      {library, "SSL_key_update", &ssl.renew},
      {library, "SSL_CIPHER_find", &ssl.cipher},
      {library, "SSL_SESSION_new", &ssl.make_session},
      {library, "SSL_SESSION_set1_master_key", &ssl.set_key},
      {library, "SSL_SESSION_set_cipher", &ssl.set_cipher},
      {library, "SSL_SESSION_set_protocol_version", &ssl.set_version},
      {library, "SSL_SESSION_free", &ssl.free_session},
      {crypto, "BIO_meth_new", &ssl.make_method},
      {crypto, "BIO_meth_set_write", &ssl.set_writer},
      {crypto, "BIO_meth_set_read", &ssl.set_reader},
      {crypto, "BIO_meth_set_ctrl", &ssl.set_control},
      {crypto, "BIO_new", &ssl.make_bio},
      {crypto, "BIO_set_data", &ssl.set_bio_data},
      {crypto, "BIO_get_data", &ssl.bio_data},
      {crypto, "BIO_set_init", &ssl.set_bio_init},
      {crypto, "BIO_set_flags", &ssl.set_bio_flags},
      {crypto, "BIO_clear_flags", &ssl.clear_bio_flags},
      {crypto, "ERR_clear_error", &ssl.clear_errors},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    void *found = dlsym(wanted[i].library, wanted[i].name);
    if (found == NULL) return;
    *(void **)wanted[i].place = found;
  }
  method = ssl.make_method(BIO_SOURCE_SINK, "tenfold");
  if (method == NULL || ssl.set_writer(method, (void *)write_socket) != 1 ||
      ssl.set_reader(method, (void *)read_socket) != 1 ||
      ssl.set_control(method, (void *)control) != 1)
    return;
  contexts[0] = context(0);
  contexts[1] = context(1);
  if (contexts[0] != NULL && contexts[1] != NULL) library_name = ssl.version(0);
}

const char *tenfold_tls_library(void) {
  pthread_once(&once, load);
  return library_name;
}

struct tenfold_tls *tenfold_tls_make(int socket, int is_server, const uint8_t *key) {
  if (tenfold_tls_library() == NULL) return NULL;
  struct tenfold_tls *tls = calloc(1, sizeof *tls);
  if (tls == NULL) return NULL;
  tls->socket = socket;
  memcpy(tls->key, key, sizeof tls->key);
  tls->ssl = ssl.make(contexts[is_server ? 1 : 0]);
  void *bio = tls->ssl == NULL ? NULL : ssl.make_bio(method);
  if (bio == NULL || ssl.set_data(tls->ssl, 0, tls) != 1) {
    tenfold_tls_free(tls);
    return NULL;
  }
  ssl.set_bio_data(bio, tls);
  ssl.set_bio_init(bio, 1);
  ssl.set_bio(tls->ssl, bio, bio);
  if (is_server)
    ssl.set_server(tls->ssl);
  else
    ssl.set_client(tls->ssl);
  return tls;
}

void tenfold_tls_free(struct tenfold_tls *tls) {
  if (tls == NULL) return;
  if (tls->ssl != NULL) ssl.free(tls->ssl);
  explicit_bzero(tls, sizeof *tls);
  free(tls);
}

// What a call came to, as the calls of sockets say it.
static ssize_t told(struct tenfold_tls *tls, int count, int error) {
  if (count > 0) return count;
  switch (ssl.error(tls->ssl, count)) {
  case WANTS_READ:
  case WANTS_WRITE: errno = EAGAIN; return -1;
  case OTHER_END_FINISHED: return 0;
  default: errno = error == 0 || error == EAGAIN ? EPROTO : error; return -1;
  }
}

int tenfold_tls_meet(struct tenfold_tls *tls) {
  ssl.clear_errors();
  errno = 0;
  int count = ssl.meet(tls->ssl);
  if (count == 1) return 0;
  if (told(tls, count, errno) == 0) errno = EPROTO;
  return -1;
}

// A record: of one piece where that fills it, else of copies of as many as fit.
static ssize_t send_record(struct tenfold_tls *tls, const struct iovec *pieces, size_t count,
                           size_t skipped) {
  const uint8_t *from = (const uint8_t *)pieces[0].iov_base + skipped;
  size_t bytes = pieces[0].iov_len - skipped;
  if (bytes >= RECORD || count == 1) {
    bytes = bytes < RECORD ? bytes : RECORD;
  } else {
    memcpy(tls->record, from, bytes);
    for (size_t place = 1; place < count && bytes < RECORD; place++) {
      size_t room = RECORD - bytes, more = pieces[place].iov_len;
      if (more > room) more = room;
      memcpy(tls->record + bytes, pieces[place].iov_base, more);
      bytes += more;
    }
    from = tls->record;
  }
  if (bytes == 0) return 0;
  // A record that waits is sent as it was made, whatever its bytes are by now.
  if (tls->pending > 0) {
    if (bytes < (size_t)tls->pending) {
      errno = EINVAL;
      return -1;
    }
    bytes = (size_t)tls->pending;
  }
  ssl.clear_errors();
  errno = 0;
  int written = ssl.write(tls->ssl, from, (int)bytes);
  ssize_t sent = told(tls, written, errno);
  tls->pending = sent < 0 ? (int)bytes : 0;
  return sent == 0 ? -1 : sent;
}

ssize_t tenfold_tls_send(struct tenfold_tls *tls, const struct iovec *pieces, size_t count) {
  size_t sum = 0, skipped = 0;
  // Long before the 2^24.5 records that RFC 8446, section 5.5, allows for a key.
  if (tls->sent > (uint64_t)1 << 36 && tls->pending == 0 && ssl.renew(tls->ssl, 0) == 1)
    tls->sent = 0;
  while (count > 0) {
    ssize_t sent = send_record(tls, pieces, count, skipped);
    if (sent <= 0) return sum > 0 ? (ssize_t)sum : sent;
    sum += (size_t)sent;
    tls->sent += (uint64_t)sent;
    skipped += (size_t)sent;
    while (count > 0 && skipped >= pieces->iov_len) {
      skipped -= pieces->iov_len;
      pieces++, count--;
    }
  }
  return (ssize_t)sum;
}

ssize_t tenfold_tls_receive(struct tenfold_tls *tls, void *into, size_t room, int flags) {
  tls->flags = flags;
  ssl.clear_errors();
  errno = 0;
  int got = ssl.read(tls->ssl, into, room < (1 << 30) ? (int)room : 1 << 30);
  ssize_t result = told(tls, got, errno);
  tls->flags = 0;
  return result;
}

void tenfold_tls_finish(struct tenfold_tls *tls) { ssl.finish(tls->ssl); }
