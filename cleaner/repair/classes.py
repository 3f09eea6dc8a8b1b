"""Classes of characters that call for a repair, as the insides of a regular expression's brackets."""

# Each alternative of ftfy.badness.BADNESS_RE contains one of these (a test derives it): Latin, Greek, Cyrillic with
# what stands for bytes 80-BF in the codecs of the East and the West, box drawing, U+FFFD. Left out is what clean
# Chinese is full of: … — – “ ” ‘ ’ • ® » « ·, blanks.
CLUES = (
    r"\x80-\x9f\xa1-\xa6\xa8-\xaa\xac\xaf-\xb3\xb5\xb6\xb8-\xba\xbc-\u02dd\u0384-\u03ff\u0400-\u04ff"
    r"\u2020\u2021\u2030\u2044\u20a7\u20ac\u2116\u2202-\u22ff\u2310\u2500-\u25ff\ufb01\ufb02\ufffd\xa7"
)
# C0 without white space, DEL, U+FEFF, and what Unicode Technical Report 20 calls unsuitable for markup.
PLAIN = r"\x00-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufeff\ufff9-\ufffc"
C1 = r"\x80-\x84\x86-\x9f"
CONTROLS = PLAIN + C1
SURROGATES = r"\ud800-\udfff"
# One of these stands in all text that is lost for good: U+FFFD, and what a second wrong reading or a debugger made.
LOST = "锟烫屯葺\ufffd"
