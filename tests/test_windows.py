import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.windows import OVERLAP, SIZE, Alphabet, pieces

ALPHABET = Alphabet({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "年": 3, "\n": 4, "|": 5})


@given(st.integers(1, 5000))
def test_windows_cover_every_character_once(length):
    kept = [index for _, _, first, last in pieces(length) for index in range(first, last)]
    assert kept == list(range(length))


@given(st.integers(SIZE, 5000))
def test_what_is_kept_has_context_on_both_sides(length):
    for start, end, first, last in pieces(length):
        assert start <= first < last <= end
        assert start == 0 or first - start >= OVERLAP // 2
        assert end == length or end - last >= OVERLAP // 2


@given(st.integers(SIZE - 1, 50_000))
def test_threads_share_the_windows_evenly(length):
    sizes = [end - start for start, end, _, _ in pieces(length)]
    assert len(sizes) % 2 == 0
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) <= SIZE - 2


@given(st.integers(10 * SIZE, 50_000))
def test_little_is_read_twice(length):
    read = sum(end - start for start, end, _, _ in pieces(length))
    assert read <= length * (1 + OVERLAP / (SIZE - 2 - OVERLAP)) + 2 * SIZE


def test_a_text_of_one_window_is_read_at_once():
    assert list(pieces(SIZE - 2)) == [(0, SIZE - 2, 0, SIZE - 2)]


@given(st.text(alphabet=st.characters()))
def test_one_token_a_character_also_beyond_the_basic_plane_and_for_lone_surrogates(text):
    assert len(ALPHABET.encode(text)) == len(text)


def test_unknown_characters_and_structure_have_their_tokens():
    assert ALPHABET.encode("年\n|龘").tolist() == [3, 4, 5, 0]


def test_frame_puts_a_token_on_either_side():
    assert ALPHABET.frame(np.array([[3, 4]])).tolist() == [[1, 3, 4, 2]]
