"""Where Python's GB18030 and Big5 differ from those of the Encoding Standard.

Against its indexes (https://encoding.spec.whatwg.org/#indexes) Python's gb18030 puts 20 codes of two bytes into the
private use area, and its big5hkscs differs in 11 symbols, two of which it reads like others.
"""

_GB_PRIVATE = (
    "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795"
    "\ue796\ue7c7\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864"
)
_GB_STANDARD = (
    "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18"
    "\ufe19\u1e3f\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb"
)
GB18030 = dict(zip(_GB_PRIVATE, _GB_STANDARD, strict=True))
"""What Python decodes -> what the standard says. U+3000 has a code of its own besides (A1A1, not A3A0)."""

_BIG5_PYTHON = "\u2022\uff64\u203e\u223c\u2641\u2609\xa5\xa2\xa3"
_BIG5_STANDARD = "\u2027\ufe51\xaf\uff5e\u2295\u2299\uffe5\uffe0\uffe1"
BIG5 = dict(zip(_BIG5_PYTHON, _BIG5_STANDARD, strict=True))
"""What Python's big5hkscs decodes -> what the standard says."""
BIG5_SHADOWED = {b"\xa2\x41": "\u2215", b"\xa2\x42": "\ufe68"}
"""The codes that Python reads like A1FE and A240, with what the standard says."""
