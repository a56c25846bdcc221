"""Notice a redesign or a failing site in one run, and report the run."""
