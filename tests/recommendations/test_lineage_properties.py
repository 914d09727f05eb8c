"""What holds for keys whatever is done to a text: found by trying thousands of edits."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations import lineage
from recommendations.lineage import Change, Keyed, Part
from recommendations.models import Role

ROLES = [Role.OPERATIVE, Role.OPERATIVE, Role.OPERATIVE, Role.HEADING, Role.TABLE]
VOCABULARY = "docking seal lunar relay sample agency share test crew mass port data orbit"
WORDS = st.sampled_from(VOCABULARY.split())
Text = list[Part]

# Few words, so that paragraphs repeat each other and are like each other far more often than in life.
sentences = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
parts = st.builds(lambda role, text: Part(role, 1, "", text), st.sampled_from(ROLES), sentences)
texts = st.lists(parts, max_size=9)
distinct = st.lists(parts, max_size=9, unique_by=lambda part: part.text)


def keyed(text: Text) -> list[Keyed]:
    """A first revision."""
    return with_keys(text, lineage.align([], text).keys)


def with_keys(text: Text, keys: tuple[str, ...]) -> list[Keyed]:
    return [
        Keyed(part.role, part.level, part.number, part.text, key=key)
        for part, key in zip(text, keys, strict=True)
    ]


@given(texts, texts, texts)
def test_keys_are_unique_and_never_given_to_something_else(one: Text, two: Text, three: Text) -> None:
    first = keyed(one)
    second = with_keys(two, lineage.align(first, two).keys)
    third = lineage.align(second, three, retired=first).keys
    assert len(set(third)) == len(three)
    known = {part.key for part in (*first, *second)}
    fresh = [int(key[1:]) for key in third if key not in known]
    assert all(number > max((int(key[1:]) for key in known), default=0) for number in fresh)


@given(texts, texts)
def test_every_paragraph_is_in_exactly_one_row(one: Text, two: Text) -> None:
    old = keyed(one)
    aligned = lineage.align(old, two)
    assert Counter(key for row in aligned.rows for key in row.old) == Counter(part.key for part in old)
    assert [key for row in aligned.rows for key in row.new] == list(aligned.keys)


@given(texts, texts)
def test_an_unchanged_paragraph_never_loses_its_key(one: Text, two: Text) -> None:
    old = keyed(one)
    held: dict[str, set[str]] = {}
    for part in old:
        held.setdefault(part.text, set()).add(part.key)
    counts = Counter(part.text for part in two)
    kept = Counter(
        part.text
        for part, key in zip(two, lineage.align(old, two).keys, strict=True)
        if key in held.get(part.text, ())
    )
    assert kept == Counter({text: min(len(keys), counts[text]) for text, keys in held.items()})


@given(texts.filter(bool), st.data())
def test_an_edit_leaves_the_keys_of_all_others(one: Text, data: st.DataObject) -> None:
    """Also when it makes the paragraph equal to another: who was there keeps its key."""
    old = keyed(one)
    at = data.draw(st.integers(0, len(one) - 1))
    words = data.draw(sentences | st.sampled_from([part.text for part in one]))
    new = [*one[:at], Part(one[at].role, 1, "", words), *one[at + 1 :]]
    keys = lineage.align(old, new).keys
    assert [key for place, key in enumerate(keys) if place != at] == [
        part.key for place, part in enumerate(old) if place != at
    ]
    assert keys[at] == old[at].key or keys[at] not in {part.key for part in old}


@given(texts, st.data())
def test_an_insertion_leaves_all_keys(one: Text, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(one)))
    added = data.draw(parts | st.sampled_from(one or [Part(Role.OTHER, 0, "", "seal")]))
    new = [*one[:at], added, *one[at:]]
    keys = list(lineage.align(keyed(one), new).keys)
    assert sorted(keys, key=lambda key: int(key[1:]))[: len(one)] == [part.key for part in keyed(one)]
    order = [key for key in keys if int(key[1:]) <= len(one)]
    assert order == [part.key for part in keyed(one)]


@given(distinct, distinct)
def test_two_keys_are_never_swapped(one: Text, two: Text) -> None:
    """Were two keys the other way round, the pairs would have more words in common: then they are wrong."""
    old = keyed(one)
    letters = lineage.likeness.alphabet()
    before = {part.key: part for part in old}
    aligned = [
        (before[key], part)
        for part, key in zip(two, lineage.align(old, two).keys, strict=True)
        if key in before
    ]

    def like(a: Part, b: Part) -> float:
        return lineage.likeness.likeness(letters(a.text), letters(b.text))

    for a, new_a in aligned:
        for b, new_b in aligned:
            if a is not b:
                straight, crossed = {like(a, new_a), like(b, new_b)}, {like(a, new_b), like(b, new_a)}
                assert not min(crossed) > max(straight)


@settings(max_examples=300)
@given(distinct, texts)
def test_undoing_an_edit_restores_the_keys(one: Text, two: Text) -> None:
    first = keyed(one)
    second = with_keys(two, lineage.align(first, two).keys)
    assert lineage.align(second, one, retired=first).keys == tuple(part.key for part in first)


@settings(max_examples=300)
@given(distinct, distinct, distinct)
def test_undoing_two_edits_restores_the_keys(one: Text, two: Text, three: Text) -> None:
    first = keyed(one)
    second = with_keys(two, lineage.align(first, two).keys)
    third = with_keys(three, lineage.align(second, three, retired=first).keys)
    back = lineage.align(third, one, retired=[*second, *first]).keys
    assert back == tuple(part.key for part in first)


@given(texts)
def test_the_same_text_keeps_everything(one: Text) -> None:
    old = keyed(one)
    aligned = lineage.align(old, one)
    assert aligned.keys == tuple(part.key for part in old)
    assert {row.change for row in aligned.rows} <= {Change.KEPT}


@given(texts, texts)
def test_rows_by_keys_alone_are_the_rows_of_the_alignment(one: Text, two: Text) -> None:
    old = keyed(one)
    aligned = lineage.align(old, two)
    assert lineage.between(old, with_keys(two, aligned.keys)) == list(aligned.rows)


@given(st.text(max_size=300))
def test_any_characters_can_be_read(text: str) -> None:
    try:
        numbers = [part.number for part in lineage.parse(text) if part.number]
    except lineage.TooDeep:
        return
    assert len(numbers) == len(set(numbers))


BLOCKS = [
    "# Title",
    "## Heading",
    "## Annex B",
    "Plain words.",
    "1. item",
    "- bullet",
    "   1. inner",
    "   more",
]
BLOCKS += [
    "   - bullet",
    "     - deeper",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "> said",
    "```\ncode\n```",
    "---",
]


@given(st.lists(st.sampled_from(BLOCKS), max_size=14), st.sampled_from(["\n", "\n\n"]))
def test_no_two_paragraphs_have_one_number(blocks: list[str], between: str) -> None:
    numbers = [part.number for part in lineage.parse(between.join(blocks)) if part.number]
    assert len(numbers) == len(set(numbers))


@given(st.lists(st.sampled_from(BLOCKS), max_size=14))
def test_a_paragraph_read_alone_says_the_same(blocks: list[str]) -> None:
    """Its Markdown stands for itself: read again it is one paragraph (or the same quotation, table, code)."""
    for part in lineage.parse("\n\n".join(blocks)):
        assert [again.text for again in lineage.parse(part.text)] == [part.text]
