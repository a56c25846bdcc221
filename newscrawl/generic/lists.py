"""x"""
from newscrawl.sources import ListPage
def read_list(d): return ListPage(links=(),older=None)
