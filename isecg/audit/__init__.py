"""The event log: who did what to which record, on whose behalf, when and why. Only ever added to."""
