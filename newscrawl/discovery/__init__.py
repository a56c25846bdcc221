"""Find articles: a newspaper's lists, and how far they are walked."""
