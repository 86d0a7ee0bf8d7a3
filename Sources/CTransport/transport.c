#include "CTransport.h"

#include <sys/eventfd.h>

int tenfold_event_make(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
