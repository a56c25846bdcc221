"""`python -m tests.mutations`: what becomes of every redesign in every family."""

from tests.mutations.every import main

main()
