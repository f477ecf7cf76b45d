"""The stores and the rule base that the tests of cases have, and a browser."""

from tests.browsing import browser
from tests.cases.conftest import address, cluster, extractor, judge, settings, store

__all__ = ["address", "browser", "cluster", "extractor", "judge", "settings", "store"]
