#include "CLab.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t noted = 0;

static void note(int number) { noted = number; }

void tenfold_lab_note_signals(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, 0);
  sigaction(SIGTERM, &action, 0);
  sigaction(SIGHUP, &action, 0);
}

int tenfold_lab_noted_signal(void) { return noted; }

void tenfold_lab_forget_signal(void) { noted = 0; }
