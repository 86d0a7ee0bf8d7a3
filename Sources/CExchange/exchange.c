#define _GNU_SOURCE
#include "CExchange.h"
#include <fcntl.h>
#include <stdio.h>

int tenfold_exchange(int folder, const char *one, const char *other) {
  return renameat2(folder, one, folder, other, RENAME_EXCHANGE);
}
