"""The spider of every newspaper, from its sources to the pipelines, and what keeps its run."""
