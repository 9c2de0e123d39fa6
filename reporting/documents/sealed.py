"""The only source of anything a document may load: named bytes in memory. No file, no network, no `data:` address."""

from weasyprint.urls import URLFetcher, URLFetcherResponse


class Sealed(URLFetcher):
    """Serve `resources` ({"res:name": (bytes, media type)}) and refuse the rest.

    `denied` keeps what was refused: WeasyPrint only logs a refusal inside an SVG drawing, and the drawing goes missing
    from an apparently good file; whoever renders must look at it.
    """

    def __init__(self, resources):
        super().__init__(allowed_protocols=frozenset(), allow_redirects=False, fail_on_errors=True)
        self._resources = dict(resources)
        self.denied = []

    def fetch(self, url, headers=None):
        if url not in self._resources:
            self.denied.append(url[:200])
            raise PermissionError(url[:200])
        body, media_type = self._resources[url]
        return URLFetcherResponse(url, body, {"Content-Type": media_type})

    def open(self, *args, **kwargs):
        raise PermissionError("closed")
