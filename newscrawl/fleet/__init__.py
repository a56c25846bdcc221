"""Many machines: a durable list of jobs in PostgreSQL, and the workers that run them."""
