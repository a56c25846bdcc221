"""`python -m tests.quality`: the exact-match rates beside their floor."""

from tests.quality.rates import main

main()
