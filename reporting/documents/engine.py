"""WeasyPrint, as this portal uses it. Imported by `render` alone and only when a document is made: it takes 0.6 s and
some 60 MB that no web process should pay, and fails where Pango is not installed."""

import functools
import gc
import warnings
from pathlib import Path
from xml.etree import ElementTree

import cssselect2
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from reporting.documents.errors import RefusedResource
from reporting.documents.finish import finish, patch_pydyf
from reporting.documents.sealed import Sealed
from reporting.documents.typography import FALLBACKS, FAMILIES, resources

CSS = Path(__file__).parent / "css"

patch_pydyf()


@functools.cache
def _user_agent_sheet():
    """WeasyPrint's own sheet, with a marker style for list items only: it computes one for every element otherwise."""
    text = (Path(weasyprint.__file__).parent / "css" / "html5_ua.css").read_text("utf-8")
    return weasyprint.CSS(string=text.replace("::marker", "li::marker"), url_fetcher=Sealed({}))


class XHTML(weasyprint.HTML):
    """A well-formed template, parsed by expat instead of the pure Python HTML parser."""

    def __init__(self, source, url_fetcher):
        root = ElementTree.fromstring(source)
        self.base_url, self.url_fetcher, self.media_type = "res:/", url_fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root

    def _ua_stylesheets(self, forms=False):
        return [_user_agent_sheet()]


@functools.lru_cache(maxsize=8)
def _look(sheet, families):
    """Fonts and style sheet, made once for each set of families: decoding and parsing cost 0.1 to 0.25 s."""
    loaded = tuple(family for family in FAMILIES if family.always) + families
    fonts = FontConfiguration()
    text = (CSS / sheet).read_text("utf-8").replace('"fallbacks"', FALLBACKS)
    rules = "\n".join(family.rules for family in loaded)
    style = weasyprint.CSS(string=f"{rules}\n{text}", font_config=fonts, url_fetcher=Sealed(resources(loaded)))
    return fonts, style


def make(source, sheet, families, attachments, moment, identifier):
    """Return the bytes of the PDF. Raise RefusedResource when the source asks for anything but itself.

    `attachments` are (name, description, bytes); `moment` dates them; `identifier` is 16 bytes made from the data, so
    that the same data give the same file.
    """
    fonts, style = _look(sheet, families)
    fetcher = Sealed({})
    joined = [
        # an Attachment is used up by one rendering
        weasyprint.Attachment(
            string=data,
            name=name,
            description=description,
            relationship="Data",
            created=moment,
            modified=moment,
            url_fetcher=fetcher,
        )
        # sorted, since the file keeps them in a name tree whose keys must be
        for name, description, data in sorted(attachments)
    ]
    # a fifth of the time goes to the collector, which finds nothing: the trees live until the end anyway
    collecting = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():  # WeasyPrint leaves its colour profile to be closed by Python
            warnings.filterwarnings("ignore", "unclosed file", ResourceWarning)
            pdf = XHTML(source, fetcher).write_pdf(
                stylesheets=[style],
                font_config=fonts,
                attachments=joined,
                pdf_variant="pdf/a-3a",
                pdf_identifier=identifier,
                finisher=finish,
            )
    except FatalURLFetchingError as error:  # a BaseException: `except Exception` of a worker would let it through
        raise RefusedResource(str(error)[:200]) from error
    finally:
        if collecting:
            gc.enable()
    if fetcher.denied:
        raise RefusedResource(fetcher.denied[0])
    return pdf
