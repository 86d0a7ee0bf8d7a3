#ifndef TENFOLD_TRANSPORT_H
#define TENFOLD_TRANSPORT_H

#include "CCodec.h"
#include "CPages.h"
#include "CRDMA.h"
#include "CTLS.h"

/// A descriptor that counts wake-ups (eventfd(2)), closed on exec, that never waits; -1 without one.
int tenfold_event_make(void);

#endif
