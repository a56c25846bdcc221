"""All the strangers' newspapers."""

from typing import Final

from tests.support.strangers import (
    aspnet,
    blogspot,
    drupal,
    familial,
    homemade,
    joomla,
    nextjs,
    portal,
    scripted,
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
)
