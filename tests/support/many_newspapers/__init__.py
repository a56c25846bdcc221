"""68 newspapers on hosts of their own, each like baotuyenquang, for crawls side by side."""
