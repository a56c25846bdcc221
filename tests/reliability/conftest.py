"""Scripts, and modules that break the program on purpose: nothing here is collected."""

collect_ignore_glob = ["*"]
