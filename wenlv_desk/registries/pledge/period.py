"""期限 of a pledge: a calendar year, or a season (防火期) that ends in the year after."""

from datetime import date


def period_of(season_from: str | None, season_to: str | None, year: int) -> tuple[date, date]:
    """First and last day of the period that begins in a year. The ends are month and day: 11-01, 05-31."""
    first, last = season_from or "01-01", season_to or "12-31"
    ends = year + 1 if last < first else year
    return date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{ends}-{last}")
