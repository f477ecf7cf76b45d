"""The stores and the rule base that the tests of cases have."""

from tests.cases.conftest import address, cluster, extractor, judge, settings, store

__all__ = ["address", "cluster", "extractor", "judge", "settings", "store"]
