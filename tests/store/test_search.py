"""The search index finds what its definition says: compared with a brute force over the same texts, written independently."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, select, text

from wenlv_desk.core.errors import UserError
from wenlv_desk.standards.pinyin import readings, surnames
from wenlv_desk.store.search import COUNT_LIMIT, Hits, SearchText, index_for

REGISTER = "operator"
HAN = "重庆长城音乐会单县书店文化西安先行绿女略仇区万俟石𠮷𬭎龘𰻞〇"
LATIN = "aBzＫｔv7１２0z"
MARKS = "（）·-*\"'^:. "
OTHER = "🎬ßｱ"
index = index_for("sqlite")


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        index.ensure(connection, REGISTER)
        yield connection
    engine.dispose()


def plain(text: str) -> str:
    """Folding, the slow way."""
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(c for c in wide if (c.isalnum() if c.isascii() else unicodedata.category(c)[0] not in "PZC"))


def typed(reading: str) -> list[str]:
    return [reading, *{"lv": ["lyu"], "nv": ["nyu"], "lve": ["lue"], "nve": ["nue"]}.get(reading, [])]


def spoken(name: str, person: bool) -> list[list[str]]:
    """What each character may be read as; letters and digits as themselves, other characters as nothing at all."""
    said = [list(readings().get(char, [char] if char.isascii() else [])) for char in name]
    if person:
        told = surnames().get(name[:2]) or surnames().get(name[:1]) or ()
        for place, syllable in enumerate(told):
            said[place].append(syllable)
    return said


def is_heard(said: Sequence[list[str]], word: str, han: Sequence[bool]) -> bool:
    if len(word) <= len(said) and any(
        all(any(r[0] == letter for r in group) for group, letter in zip(said[at:], word, strict=False))
        for at in range(len(said) - len(word) + 1)
    ):
        return True
    return any(han[at] and begins_with(said[at:], han[at:], word) for at in range(len(said)))


def begins_with(said: Sequence[list[str]], han: Sequence[bool], word: str) -> bool:
    """Whether some way to read neighbouring Han characters begins with the word."""
    if not word:
        return True
    if not said or not han[0]:
        return False
    ways = [t for reading in said[0] for t in typed(reading)]
    return any(
        t.startswith(word) or (word.startswith(t) and begins_with(said[1:], han[1:], word[len(t) :])) for t in ways
    )


def is_hit(item: SearchText, word: str) -> bool:
    if any(word in plain(part) for part in (*item.names, *item.codes, *item.people)):
        return True
    if not word.isascii() or word.isdigit():
        return False
    voices = [(plain(name), False) for name in item.names] + [(plain(name), True) for name in item.people]
    return any(is_heard(spoken(name, person), word, [c in readings() for c in name]) for name, person in voices)


def brute(items: Sequence[SearchText], query: str) -> set[int]:
    words = [w for w in map(plain, query.split()) if w]
    return {item.record_id for item in items if words and all(is_hit(item, word) for word in words)}


def found(connection: Connection, query: str, limit: int = 200) -> set[int]:
    return set(index.find(connection, REGISTER, query, limit).ids)


def items_of(parts: Sequence[tuple[list[str], list[str], list[str]]]) -> list[SearchText]:
    return [SearchText(key, tuple(n), tuple(c), tuple(p)) for key, (n, c, p) in enumerate(parts, 1)]


part = st.text(st.sampled_from(HAN * 4 + LATIN + MARKS + OTHER), max_size=8)
record = st.tuples(
    st.lists(part, max_size=3), st.lists(st.text("0379AX", max_size=8), max_size=2), st.lists(part, max_size=2)
)


@st.composite
def corpus_and_query(draw: st.DrawFn) -> tuple[list[SearchText], str]:
    items = items_of(draw(st.lists(record, min_size=1, max_size=6)))
    names = [name for item in items for name in (*item.names, *item.codes, *item.people) if name]
    name = draw(st.sampled_from(names)) if names else ""
    start, length = draw(st.integers(0, 8)), draw(st.integers(1, 8))
    piece = name[start : start + length]
    said = [draw(st.sampled_from(readings().get(c, (plain(c),)))) for c in piece]
    full = "".join(said)
    query = draw(
        st.sampled_from(
            [piece, full[: draw(st.integers(1, 20))], "".join(s[:1] for s in said), piece.upper(), " ".join(said)]
        )
        | part
    )
    return items, query


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus_and_query())
@example((items_of([(["西安书店"], [], [])]), "xian"))
@example((items_of([(["先a店"], [], [])]), "xiana"))
@example((items_of([(["店a1"], ["a12"], [])]), "a店"))
@example((items_of([(["女略绿"], [], [])]), "nyulue"))
def test_what_is_found_is_what_the_definition_says(connection: Connection, case: tuple[list[SearchText], str]) -> None:
    items, query = case
    index.rebuild(connection, REGISTER, items)
    expected = brute(items, query)
    assert found(connection, query) == expected
    assert set(connection.scalars(index.ids_subquery(REGISTER, query))) == expected
    connection.rollback()
    index.ensure(connection, REGISTER)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 5), record), min_size=1, max_size=12), st.sets(st.integers(1, 5)))
def test_replacing_and_removing_leave_nothing_behind(
    connection: Connection, writes: list[tuple[int, tuple[list[str], list[str], list[str]]]], gone: set[int]
) -> None:
    index.rebuild(connection, REGISTER, [])
    held = {}
    for key, (names, codes, people) in writes:
        held[key] = SearchText(key, tuple(names), tuple(codes), tuple(people))
        index.put(connection, REGISTER, [held[key]])
    index.remove(connection, REGISTER, gone)
    left = [item for key, item in held.items() if key not in gone]
    assert index.verify(connection, REGISTER, left) == ()


def put(connection: Connection, *names: str, codes: tuple[str, ...] = (), people: tuple[str, ...] = ()) -> None:
    index.put(connection, REGISTER, [SearchText(key, (name,), codes, people) for key, name in enumerate(names, 1)])


@pytest.mark.parametrize(
    ("person", "query"),
    [
        ("单雄信", "shan"),
        ("仇英", "qiuying"),
        ("解晓东", "xie"),
        ("查良镛", "zhaliang"),
        ("曾国藩", "zgf"),
        ("朴树", "piao"),
        ("区大为", "oudaw"),
        ("盖叫天", "gejiao"),
        ("覃海洋", "qhy"),
        ("翟天临", "zhai"),
        ("缪昌文", "miao"),
        ("万俟明", "moqi"),
        ("单雄信", "dan"),
        ("尉迟恭", "yuchi"),
    ],
)
def test_people_are_found_by_the_reading_of_their_surname(connection: Connection, person: str, query: str) -> None:
    index.put(connection, REGISTER, [SearchText(1, ("某店",), (), (person,)), SearchText(2, ("某厂",), (), ("王五",))])
    assert found(connection, query) == {1}


@pytest.mark.parametrize("query", ["yinhang", "yh", "yinxing", "yx"])
def test_a_character_with_two_readings_is_found_by_both(connection: Connection, query: str) -> None:
    put(connection, "银行书店", "金行影城")
    assert found(connection, query) == {1}


@pytest.mark.parametrize(
    "query",
    [
        "ktv",
        "ＫＴＶ",
        "ktv城",
        "3D",
        "３ｄ",
        "(北京)",
        "（北京）",
        "北京",
        "京",
        "D影",
        "lvse",
        "lüse",
        "lyuse",
        "lǜ",
        "BEI JING",
        "zqktv",
    ],
)
def test_case_width_marks_and_spellings_do_not_matter(connection: Connection, query: str) -> None:
    put(connection, "绿色３Ｄ影城（北京）早起KTV城", "别的店")
    assert found(connection, query) == {1}


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "*",
        "NEAR(",
        "书 AND",
        "-店",
        "^",
        ":",
        "text : 1",
        "(((",
        "' OR 1=1 --",
        "NOT 书",
        "{a b}",
        "a\x00b",
        "\ud800",
        "%",
        "_",
        "[",
        "?",
    ],
)
def test_operators_of_the_database_are_only_text(connection: Connection, query: str) -> None:
    put(connection, "无关")
    assert index.find(connection, REGISTER, query) == Hits((), 0, False)
    assert connection.scalars(index.ids_subquery(REGISTER, query)).all() == []


@pytest.mark.parametrize("query", ["AND书", "near", "not", "or"])
def test_words_of_the_query_language_can_be_looked_for(connection: Connection, query: str) -> None:
    put(connection, "AND书 NEAR NOT OR", "别的")
    assert found(connection, query) == {1}


@pytest.mark.parametrize("query", ["", "   ", "·", "（）", "\u3000"])
def test_an_empty_query_finds_nothing(connection: Connection, query: str) -> None:
    put(connection, "书店")
    assert index.find(connection, REGISTER, query) == Hits((), 0, False)
    assert connection.scalars(index.ids_subquery(REGISTER, query)).all() == []


@pytest.mark.parametrize(
    "query",
    [
        "91370685MA3C8XKW7T",
        "ma3c",
        "XKW7",
        "0685",
        "7T",
        "138-0535",
        "0535 1234",
        "38053",
        "鲁新出发烟字",
        "第0012号",
        "012号",
    ],
)
def test_codes_are_found_by_any_part_whatever_the_separators(connection: Connection, query: str) -> None:
    put(connection, "书店", codes=("91370685MA3C8XKW7T", "138 0535 1234", "（鲁）新出发烟字第0012号"))
    assert found(connection, query) == {1}


def test_codes_are_not_heard_as_pinyin(connection: Connection) -> None:
    put(connection, "店", codes=("鲁新出发",))
    assert found(connection, "lxcf") == set()


def test_all_words_must_hit_in_any_order(connection: Connection) -> None:
    put(connection, "招远新华书店", "招远印刷厂", "龙口新华书店")
    assert found(connection, "书店 招远") == {1}
    assert found(connection, "zy xinhua") == {1}


def test_a_whole_name_comes_before_a_beginning_before_the_rest(connection: Connection) -> None:
    put(connection, "招远书店", "书店街影城", "书店", "大书店", "书店一号")
    assert index.find(connection, REGISTER, "书店").ids == (3, 2, 5, 1, 4)
    assert index.find(connection, REGISTER, "书店", limit=2) == Hits((3, 2), 5, False)


def test_totals_are_exact_up_to_ten_thousand(connection: Connection) -> None:
    put(connection, *["文化书店"] * COUNT_LIMIT, "影城")
    for query in ("书店", "书", "whsd", "wenhua", "s", "文化书", "书 店"):
        assert index.find(connection, REGISTER, query, 3) == Hits((1, 2, 3), COUNT_LIMIT, False)
    index.put(connection, REGISTER, [SearchText(COUNT_LIMIT + 2, ("文化书店",), ())])
    for query in ("书店", "书", "whsd", "wenhua", "s", "文化书", "书 店"):
        assert index.find(connection, REGISTER, query, 3) == Hits((1, 2, 3), COUNT_LIMIT, True)


def test_too_many_words_are_refused_with_the_remedy(connection: Connection) -> None:
    with pytest.raises(UserError, match="最多 32 个"):
        index.find(connection, REGISTER, " ".join(f"店{number}" for number in range(33)))


def test_a_very_long_query_is_only_looked_for(connection: Connection) -> None:
    put(connection, "书店")
    assert found(connection, "xian" * 15) == set()
    assert found(connection, "书店" * 5000) == set()


def test_the_ids_join_with_other_filters(connection: Connection) -> None:
    put(connection, "招远书店", "龙口书店", "龙口印刷")
    ids = index.ids_subquery(REGISTER, "书店 龙口").subquery()
    assert connection.execute(select(ids.c.id).where(ids.c.id.in_(index.ids_subquery(REGISTER, "lk")))).all() == [(2,)]


def test_registers_do_not_see_each_other(connection: Connection) -> None:
    index.ensure(connection, "staff")
    put(connection, "书店")
    assert index.find(connection, "staff", "书店").total == 0


def test_a_register_is_named_by_an_identifier(connection: Connection) -> None:
    with pytest.raises(ValueError, match="not the name"):
        index.ensure(connection, "x; DROP TABLE y")


def test_a_database_without_index_is_named_with_the_remedy() -> None:
    with pytest.raises(UserError, match="oracle"):
        index_for("oracle")


def test_verifying_names_what_is_wrong_and_rebuilding_mends_it(connection: Connection) -> None:
    items = [SearchText(key, (name,), ()) for key, name in enumerate(("书店", "影城", "印刷"), 1)]
    index.put(connection, REGISTER, [items[0], SearchText(2, ("旧名",), ()), SearchText(9, ("没有了",), ())])
    assert index.verify(connection, REGISTER, items) == (
        "第 3 号记录没有进入查找索引",
        "查找索引里的第 9 号记录已不在登记簿",
        "第 2 号记录的查找内容与登记不一致",
    )
    index.rebuild(connection, REGISTER, items)
    assert index.verify(connection, REGISTER, items) == ()
    connection.execute(text("INSERT INTO search_operator_fts (search_operator_fts) VALUES ('delete-all')"))
    assert index.verify(connection, REGISTER, items) == ("查找索引有 18 个词与所存内容不一致，请重建索引",)


def test_a_change_of_the_pinyin_table_makes_the_index_anew(connection: Connection) -> None:
    item = SearchText(1, ("单县书店", ""), ("A1",), ("𰻞单", "单雄信"))
    index.put(connection, REGISTER, [item])
    connection.execute(text("UPDATE search_stamps SET stamp = 'older'"))
    connection.execute(text("UPDATE search_operator SET sound = replace(sound, substr(sound, 2, 1), 'q')"))
    index.ensure(connection, REGISTER)
    assert index.verify(connection, REGISTER, [item]) == ()
    assert found(connection, "shanxiong") == {1}


def test_the_last_of_several_texts_for_one_record_stands(connection: Connection) -> None:
    index.put(connection, REGISTER, [SearchText(1, ("旧名",), ()), SearchText(1, ("新名",), ())])
    assert (found(connection, "旧名"), found(connection, "新名")) == (set(), {1})


def test_a_name_in_all_readings_is_heard(connection: Connection) -> None:
    put(connection, "重长乐行")
    for initials in map("".join, product("zc", "zc", "lyl", "xh")):
        assert found(connection, initials) == {1}, initials
