"""What WeasyPrint 70 leaves to do for a file that is PDF/A-3A and PDF/UA-1 at once, done in its finisher.

Each step answers one finding of a validator or of a reader of the tag tree; the tests name them. The two patches of
pydyf are needed because it writes its streams after the finisher has run.
"""

import zlib

import pydyf

# PDF/A accepts no metadata property that is not declared: pdfuaid comes with its extension schema.
UNIVERSAL_ACCESS = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq>\
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def finish(document, pdf):
    """Finisher of `write_pdf`: metadata, attachments, scopes of headings, boxes of figures, running heads."""
    catalog = pdf.catalog
    _open_metadata(pdf, _get(pdf, catalog["Metadata"]))
    if "AF" in catalog:  # both loops of the variant add each attachment
        catalog["AF"] = pydyf.Array(dict.fromkeys(catalog["AF"]))
    tree = _get(pdf, catalog["StructTreeRoot"])
    linked = _mend_elements(document, pdf, tree)
    _hide_running_heads(pdf, tree, linked)


def _get(pdf, reference):
    return pdf.objects[int(reference.split()[0])]


def _open_metadata(pdf, stream):
    """Archival readers search the file for its metadata: left uncompressed."""
    stream.compress = False
    stream.stream = [b"".join(stream.stream).replace(b"</rdf:RDF>", UNIVERSAL_ACCESS + b"</rdf:RDF>")]


def _mend_elements(document, pdf, tree):
    """Give heading cells their scope and figures their box in points from the bottom; return the tagged elements."""
    height = {
        reference: 0.75 * page.height for reference, page in zip(pdf.page_references, document.pages, strict=True)
    }
    linked, stack = set(), [tree["K"][0]]
    while stack:
        reference = stack.pop()
        linked.add(reference)
        element = _get(pdf, reference)
        kind = element.get("S")
        if kind == "/TH":
            row = _get(pdf, element["P"])
            element["A"]["Scope"] = "/Column" if _get(pdf, row["P"])["S"] == "/THead" else "/Row"
        elif kind == "/Figure":
            left, top, right, bottom = (0.75 * side for side in element["A"]["BBox"])
            page = height[element["Pg"]]
            element["A"]["BBox"] = pydyf.Array((left, page - bottom, right, page - top))
        stack += [kid for kid in element.get("K", ()) if isinstance(kid, bytes)]
    return linked


def _hide_running_heads(pdf, tree, linked):
    """Tagged content that no element of the tree owns is a running head or foot: not to be heard on each page."""
    numbers = _get(pdf, tree["ParentTree"])["Nums"]
    for reference, owners in zip(pdf.page_references, numbers[1::2], strict=False):
        running = {mcid for mcid, owner in enumerate(owners) if owner not in linked}
        stream = _get(pdf, _get(pdf, reference)["Contents"]).stream
        for rank, item in enumerate(stream):
            if isinstance(item, pydyf.Dictionary) and item.get("MCID") in running:
                owners[item["MCID"]] = "null"
                stream[rank - 1 : rank + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _stream_data(self):
    """Bytes of a stream, packed once, with CR LF before `endstream`.

    Packed data that happens to end in CR, followed by pydyf's own LF, reads as one end of line: the length is then
    found wrong. It strikes one document in twenty; CR LF can never be misread.
    """
    if "_packed" not in self.__dict__:
        raw = b"\n".join(map(pydyf._to_bytes, self.stream))
        extra = pydyf.Dictionary(self.extra.copy())
        if self.compress:
            extra["Filter"], raw = "/FlateDecode", zlib.compress(raw, 6)
        extra["Length"] = len(raw)
        self._packed = b"".join((extra.data, b"\nstream\n", raw, b"\r\nendstream"))
    return self._packed


def _page_references(self):
    """References of the pages, kept: pydyf rebuilds them for every tagged element, quadratic in pages."""
    kids = self.pages["Kids"]
    if 3 * len(self.__dict__.get("_references", ())) != len(kids):
        self._references = tuple(f"{number} 0 R".encode() for number in kids[::3])
    return self._references


def patch_pydyf():
    pydyf.Stream.data = property(_stream_data)
    pydyf.PDF.page_references = property(_page_references)
