"""Every good file gives its rows, every bad one its sentence, and none of them harms the process that asked."""

from time import monotonic

import pytest

from kpis.imports import files

from .corpus import BAD, GOOD


@pytest.mark.parametrize("name", GOOD)
def test_good_file_gives_its_rows(name):
    made = GOOD[name]

    assert list(files.rows(made.content, made.name, made.sheet)) == made.expected


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_in_a_sentence(name):
    made = BAD[name]
    content = made.content
    began = monotonic()

    with pytest.raises(files.Refused) as refused:
        list(files.rows(content, made.name, made.sheet))

    assert str(refused.value) == made.expected
    assert monotonic() - began < 5
