#ifndef TENFOLD_CLAB_H
#define TENFOLD_CLAB_H

/// From now on SIGINT, SIGTERM and SIGHUP are noted instead of ending the process.
void tenfold_lab_note_signals(void);

/// The last signal noted; 0 for none.
int tenfold_lab_noted_signal(void);

/// Forgets a noted signal.
void tenfold_lab_forget_signal(void);

/// A descriptor of the network namespace that the calling thread is in; -1 when there is none.
int tenfold_lab_own_network(void);

/// Moves the calling thread into the network namespace of a descriptor; threads that it starts from
/// then on are there too. The number of the error, 0 for none.
int tenfold_lab_enter_network(int descriptor);

#endif
