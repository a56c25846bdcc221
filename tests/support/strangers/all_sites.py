"""All the strangers' newspapers."""

from typing import Final

from tests.support.strangers import (
    aspnet,
    blogspot,
    drupal,
    familial,
    homemade,
    joomla,
    k2,
    load_more,
    next_shell,
    nextjs,
    portal,
    scripted,
    webforms,
    wordpress,
)
from tests.support.strangers.serving import Stranger

SITES: Final[tuple[Stranger, ...]] = (
    wordpress.SITE,
    drupal.SITE,
    aspnet.SITE,
    scripted.SITE,
    joomla.SITE,
    nextjs.SITE,
    blogspot.SITE,
    portal.SITE,
    homemade.SITE,
    familial.SITE,
    next_shell.SITE,
    k2.SITE,
    webforms.SITE,
    load_more.SITE,
    load_more.CLOSED,
)
