#include "CCodec.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

// Their headers need not be there to build: these are the stable parts of zstd.h (1.4) and lz4.h (1.9).
static struct {
  void *(*make_encoder)(void);
  void *(*make_decoder)(void);
  size_t (*free_encoder)(void *);
  size_t (*free_decoder)(void *);
  size_t (*encode)(void *, void *, size_t, const void *, size_t, int);
  size_t (*decode)(void *, void *, size_t, const void *, size_t);
  size_t (*bound)(size_t);
  unsigned (*is_error)(size_t);
} zstd;
static struct {
  int (*encode)(const char *, char *, int, int, int);
  int (*decode)(const char *, char *, int, int);
  int (*bound)(int);
} lz4;
static int found;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libzstd.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library != NULL) {
    zstd.make_encoder = (void *(*)(void))dlsym(library, "ZSTD_createCCtx");
    zstd.make_decoder = (void *(*)(void))dlsym(library, "ZSTD_createDCtx");
    zstd.free_encoder = (size_t(*)(void *))dlsym(library, "ZSTD_freeCCtx");
    zstd.free_decoder = (size_t(*)(void *))dlsym(library, "ZSTD_freeDCtx");
    zstd.encode = (size_t(*)(void *, void *, size_t, const void *, size_t, int))dlsym(
        library, "ZSTD_compressCCtx");
    zstd.decode = (size_t(*)(void *, void *, size_t, const void *, size_t))dlsym(
        library, "ZSTD_decompressDCtx");
    zstd.bound = (size_t(*)(size_t))dlsym(library, "ZSTD_compressBound");
    zstd.is_error = (unsigned (*)(size_t))dlsym(library, "ZSTD_isError");
    if (zstd.make_encoder && zstd.make_decoder && zstd.free_encoder && zstd.free_decoder &&
        zstd.encode && zstd.decode && zstd.bound && zstd.is_error)
      found |= TENFOLD_ZSTD;
  }
  library = dlopen("liblz4.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library != NULL) {
    lz4.encode =
        (int (*)(const char *, char *, int, int, int))dlsym(library, "LZ4_compress_fast");
    lz4.decode = (int (*)(const char *, char *, int, int))dlsym(library, "LZ4_decompress_safe");
    lz4.bound = (int (*)(int))dlsym(library, "LZ4_compressBound");
    if (lz4.encode && lz4.decode && lz4.bound) found |= TENFOLD_LZ4;
  }
}

int tenfold_codecs(void) {
  pthread_once(&once, load);
  return found;
}

struct tenfold_coder {
  void *encoder;
  void *decoder;
};

struct tenfold_coder *tenfold_coder_make(void) {
  tenfold_codecs();
  return calloc(1, sizeof(struct tenfold_coder));
}

void tenfold_coder_free(struct tenfold_coder *coder) {
  if (coder == NULL) return;
  if (coder->encoder != NULL) zstd.free_encoder(coder->encoder);
  if (coder->decoder != NULL) zstd.free_decoder(coder->decoder);
  free(coder);
}

size_t tenfold_encoded_bound(enum tenfold_codec codec, size_t count) {
  if ((tenfold_codecs() & (int)codec) == 0 || count > INT_MAX / 2) return 0;
  return codec == TENFOLD_ZSTD ? zstd.bound(count) : (size_t)lz4.bound((int)count);
}

size_t tenfold_encode(struct tenfold_coder *coder, enum tenfold_codec codec, int level, void *into,
                      size_t room, const void *from, size_t count) {
  if ((found & (int)codec) == 0 || count > INT_MAX / 2 || room > INT_MAX) return 0;
  if (codec == TENFOLD_LZ4) {
    int bytes = lz4.encode(from, into, (int)count, (int)room, level < 1 ? 1 : level);
    return bytes > 0 ? (size_t)bytes : 0;
  }
  if (coder->encoder == NULL) coder->encoder = zstd.make_encoder();
  if (coder->encoder == NULL) return 0;
  size_t bytes = zstd.encode(coder->encoder, into, room, from, count, level);
  return zstd.is_error(bytes) ? 0 : bytes;
}

int tenfold_decode(struct tenfold_coder *coder, enum tenfold_codec codec, void *into, size_t count,
                   const void *from, size_t encoded) {
  if ((found & (int)codec) == 0 || count > INT_MAX || encoded > INT_MAX) return 0;
  if (codec == TENFOLD_LZ4) {
    int bytes = lz4.decode(from, into, (int)encoded, (int)count);
    return bytes >= 0 && (size_t)bytes == count;
  }
  if (coder->decoder == NULL) coder->decoder = zstd.make_decoder();
  if (coder->decoder == NULL) return 0;
  size_t bytes = zstd.decode(coder->decoder, into, count, from, encoded);
  return !zstd.is_error(bytes) && bytes == count;
}
