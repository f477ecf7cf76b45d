"""Written dates: what they cover, how they are written back, what is refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.dates import DateRange, parse_date

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("2022-11-02", "2022-11-02", "2022-11-02", "2 November 2022"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2023-02", "2023-02-01", "2023-02-28", "February 2023"),
        ("2017", "2017-01-01", "2017-12-31", "2017"),
        ("2019-12-20..2020-01-03", "2019-12-20", "2020-01-03", "between 20 December 2019 and 3 January 2020"),
        ("2019-12..2020", "2019-12-01", "2020-12-31", "between 1 December 2019 and 31 December 2020"),
    ],
)
def test_written_forms(text: str, first: str, last: str, said: str) -> None:
    found = parse_date(text)
    assert (found.first_day.isoformat(), found.last_day.isoformat(), found.say()) == (first, last, said)


@pytest.mark.parametrize("text", ["2/11/2022", "2022-13", "2022-02-30", "yesterday", "", "2022-05..2022-04", "20221102", "2022-1-2",
                                  "9999-12-31", "0001", "2022-01-01..9999-12-31"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_date(text)


@given(DAYS, DAYS)
def test_round_trip(a: dt.date, b: dt.date) -> None:
    found = DateRange.of(min(a, b), max(a, b))
    assert parse_date(found.isoformat()) == found


@given(DAYS)
def test_a_day_is_a_day(day: dt.date) -> None:
    found = DateRange.of(day)
    assert found.is_day
    assert found.isoformat() == day.isoformat()
