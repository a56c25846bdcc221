"""What is said where a package of one of newscrawl's extras is not installed."""

from newscrawl.exceptions import ArgumentError


def extra_wanted(package: str | None, extra: str, otherwise: str = "") -> ArgumentError:
    """Return the error that names the package, how to install it, and what goes without it.

    >>> str(extra_wanted("uvicorn", "web"))[:76]
    "this needs uvicorn: install './newscrawl-….whl[web]' (in a checkout '.[web]'"
    """
    said = f"; {otherwise}" if otherwise else ""
    return ArgumentError(
        f"this needs {package}: install './newscrawl-….whl[{extra}]' (in a checkout '.[{extra}]')"
        " as newscrawl was installed: uv tool install --force, pipx install --force or pip"
        f" install{said}"
    )
