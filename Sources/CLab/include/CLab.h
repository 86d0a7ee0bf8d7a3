#ifndef TENFOLD_CLAB_H
#define TENFOLD_CLAB_H

/// From now on SIGINT, SIGTERM and SIGHUP are noted instead of ending the process.
void tenfold_lab_note_signals(void);

/// The last signal noted; 0 for none.
int tenfold_lab_noted_signal(void);

/// Forgets a noted signal.
void tenfold_lab_forget_signal(void);

#endif
