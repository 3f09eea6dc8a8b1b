"""What the confidence promises, on documents that neither the model nor the threshold was made from."""

from benchmarks.decode.confidence import authored, held_out, judged
from cleaner.decode import THRESHOLD


def test_what_is_accepted_of_held_out_text_is_right_and_nearly_all_is_accepted() -> None:
    judgements = [judged(data, text, exact=exact) for data, text, exact in held_out(authored(), 12)]
    accepted = [good for sure, good in judgements if sure >= THRESHOLD]
    assert len(accepted) / len(judgements) >= 0.98
    assert accepted.count(False) == 0
