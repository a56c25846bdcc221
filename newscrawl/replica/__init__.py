"""A small newspaper on loopback, in the real papers' markup."""

from newscrawl.replica.client import Replica, running_replica

__all__ = ["Replica", "running_replica"]
