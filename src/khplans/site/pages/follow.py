"""How to follow something: a calendar and a feed to subscribe to, by a click or by their addresses."""

from __future__ import annotations

from markupsafe import Markup

from khplans.site.catalogue import Catalogue
from khplans.site.markup import SitePage, addressed
from khplans.site.templating import render


def follow_block(
    catalogue: Catalogue, page: SitePage, *, calendar: str | None, feed: str
) -> Markup:
    """A calendar and a feed (paths of the site, empty where there is none; None for what has no deadlines),
    and the feed in the page's head."""
    page.feed = feed
    return render(
        page, "follow.md", calendar=calendar, feed=feed, addressed=catalogue.settings.address is not None,
        webcal=_webcal(catalogue, page, calendar or ""),
        calendar_address=Markup(addressed(catalogue.address(calendar or ""))),
        feed_address=Markup(addressed(catalogue.address(feed))),
    )  # fmt: skip


def _webcal(catalogue: Catalogue, page: SitePage, path: str) -> str:
    """The address that opens a calendar to subscribe to; where the site has none, the file, of which the
    browser makes it."""
    if catalogue.settings.address is None:
        return page.file_link(path)
    return f"webcal://{catalogue.address(path).split('://', 1)[1]}"
