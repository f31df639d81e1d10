"""Number series (文号、编号): gap-free within a year, taken in the transaction that uses the number."""

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from wenlv_desk.store.tables import Series


def next_number(session: Session, name: str, year: int = 0, count: int = 1) -> int:
    """The next number of a series, starting with 1 (the last of `count` taken together); the row's lock keeps a second
    writer waiting, a rollback gives it back."""
    mine = (Series.name == name, Series.year == year)
    taken = session.execute(
        update(Series).where(*mine).values(last=Series.last + count).returning(Series.last)
    ).scalar()
    if taken is None:
        session.execute(insert(Series).values(name=name, year=year, last=count))
        return count
    return int(taken)


def last_number(session: Session, name: str, year: int = 0) -> int:
    """The last number taken, 0 if none."""
    return session.execute(select(Series.last).where(Series.name == name, Series.year == year)).scalar() or 0
