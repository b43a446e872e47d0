"""https://docs.python.org/3/library/urllib.parse.html"""
from __arch__ import hole, unknown


def quote(string, safe="/", encoding=None, errors=None):
    return string


quote_plus = unquote = unquote_plus = quote


def urljoin(base, url, allow_fragments=True):
    if "://" in url:
        return url
    if url.startswith("/"):
        return base.split("://")[0] + "://" + base.split("://")[-1].split("/")[0] + url
    return base.rsplit("/", 1)[0] + "/" + url


def urlencode(query, **kwargs):
    return hole("query")


def urlparse(url, scheme="", allow_fragments=True):
    return unknown("urllib.parse.urlparse()")


urlsplit = urlparse
