"""What watches a run: keeps, reports, shows progress; none of it changes an item."""
