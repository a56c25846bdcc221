"""The newspapers: one declaration a file, its name the newspaper's."""
