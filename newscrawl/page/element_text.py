"""The text of an element as a browser shows it: the one way from elements to text.

Every field is read in this way, as the paragraphs of the body are (`newscrawl.page.blocks`): line
breaks and block borders part words; hidden elements, scripts, icons and their titles are no text.
"""

from newscrawl.page.blocks import blocks
from newscrawl.page.selectors import Element
from newscrawl.text import clean


def text_of(element: Element) -> str:
    """Return the text in the element as one line.

    >>> from lxml import etree
    >>> text_of(etree.HTML("<h1>Mùa<br>lúa <b>m</b>ới<script>x()</script></h1>"))
    'Mùa lúa mới'
    """
    if len(element) == 0:  # as in most tags, crumbs and links
        return clean(element.text or "")
    return " ".join(lines_of(element).split())


def lines_of(element: Element) -> str:
    r"""Return the text in the element in the lines a browser shows, without empty ones.

    >>> from lxml import etree
    >>> lines_of(etree.HTML("<div>Hà An<br>Thu Lý<p>Ảnh: Mai</p></div>"))
    'Hà An\nThu Lý\nẢnh: Mai'
    """
    if len(element) == 0:
        return clean(element.text or "")
    return "\n".join(block.text for block in blocks(element) if block.text)
