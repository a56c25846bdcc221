"""The version, in a module of its own so that the package's names can be imported on demand."""

__version__ = "0.2.0"
