"""What counts as the same passage and what says that both belong: a table per rule."""

import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.repeats import Repeats

TOLD = (
    "傍晚的河边总有人在散步，水面上漂着几片叶子，卖糖葫芦的推着车从桥上慢慢走过。"
    "孩子们跟在后面又跑又笑，老人们坐在柳树下摇着扇子，谁家的收音机里正唱着一段梆子戏。"
    "月亮升起来以后，人渐渐散了，只剩下水声和远处偶尔传来的狗叫。"
)
BEFORE = "这是县志里关于老街的一段记载，文字朴素，读来亲切。"
BETWEEN = "修志的人大概没有想到，后来的抄本把这一段又抄了一遍，而且抄错了地方。"
AFTER = "全书到此为止，卷末附有校勘记和人名索引。"


def cleaned(second: str, first: str = TOLD) -> str:
    text = f"{BEFORE}\n\n{first}\n\n{BETWEEN}\n\n{second}\n\n{AFTER}\n"
    return run_stage(Repeats(), Document("a", text, Source("a", "", 0))).text


@pytest.mark.parametrize(
    "second",
    [
        TOLD,
        "(四) " + TOLD,
        TOLD.replace("，", ",").replace("。", "."),
        TOLD.replace("河边", "河邊")
        .replace("几片叶子", "幾片葉子")
        .replace("狗叫", "狗叫")
        .replace("收音机", "收音機"),
        TOLD.replace("散步", "散部"),
        TOLD.replace("柳树下", "柳下"),
        TOLD.replace("梆子戏", "梆子大戏"),
        TOLD.replace("慢慢", "漫漫").replace("又跑又笑", "又跑又闹").replace("远处", "远方"),
    ],
    ids=["exact", "numbered", "punctuation", "traditional", "substituted", "left out", "put in", "three slips"],
)
def test_the_same_passage_goes(second: str) -> None:
    assert cleaned(second) == f"{BEFORE}\n\n{TOLD}\n\n{BETWEEN}\n\n{AFTER}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("水面上漂着几片叶子", "水面上漂着3片叶子"),
        ("一段梆子戏", "三段梆子戏"),
        ("卖糖葫芦的", "老杨树下的"),
        ("老人们坐在柳树下", "他没有坐在柳树下"),
        ("傍晚的河边", "清晨的村口"),
    ],
    ids=["number", "numeral", "name", "contrary", "place"],
)
def test_what_differs_in_a_fact_stays(old: str, new: str) -> None:
    assert old in TOLD
    second = TOLD.replace(old, new)
    assert cleaned(second) == f"{BEFORE}\n\n{TOLD}\n\n{BETWEEN}\n\n{second}\n\n{AFTER}\n"


def test_what_differs_is_flagged_with_its_place() -> None:
    second = TOLD.replace("一段梆子戏", "三段梆子戏")
    text = f"{BEFORE}\n\n{TOLD}\n\n{BETWEEN}\n\n{second}\n\n{AFTER}\n"
    (flag,) = Repeats().find(Document("a", text, Source("a", "", 0))).flags
    assert text[flag.start : flag.end] == second
    assert "number" in flag.why


def test_two_items_told_alike_of_two_people_stay() -> None:
    text = f"{BEFORE}\n王长河：{TOLD}\n赵德顺：{TOLD}\n{AFTER}\n"
    assert run_stage(Repeats(), Document("a", text, Source("a", "", 0))).text == text


def test_a_copy_stuck_into_a_paragraph_goes_without_joining_lines() -> None:
    text = f"{BEFORE}\n\n{TOLD}\n\n{BETWEEN}{TOLD}{AFTER}\n"
    assert (
        run_stage(Repeats(), Document("a", text, Source("a", "", 0))).text
        == f"{BEFORE}\n\n{TOLD}\n\n{BETWEEN}{AFTER}\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_copy_over_two_paragraphs_leaves_the_line_end_between_its_neighbours(end: str) -> None:
    both = f"{TOLD}{end}{TOLD[::-1]}。"
    text = f"{BEFORE}{end}{both}{end}{BETWEEN}{both}{AFTER}{end}"
    expected = f"{BEFORE}{end}{both}{end}{BETWEEN}{end}{AFTER}{end}"
    assert run_stage(Repeats(), Document("a", text, Source("a", "", 0))).text == expected


def test_a_page_of_verse_that_stands_twice_keeps_one() -> None:
    marks = iter(chr(0x4E00 + number * 37 % 4001) for number in range(1000))
    page = "\n".join("".join(next(marks) for _ in range(9)) for _ in range(60)) + "\n"
    assert run_stage(Repeats(), Document("a", f"{page}\n{page}", Source("a", "", 0))).text.strip() == page.strip()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a{0}{0}{1}{0}b{0}{0}{1}{0}{0}c{0}", "a{0}{0}{1}{0}b{0}{0}c{0}"),
        ("a{0}{0}{1}{0}b{0}{1}{0}{0}c{0}", "a{0}{0}{1}{0}b{0}{0}c{0}"),
        ("a{0}{0}{1}{0}b{0}{1}{0}c{0}", "a{0}{0}{1}{0}b{0}c{0}"),
        ("a{0}{0}{1}{0}b{0}{0}{1}{0}", "a{0}{0}{1}{0}b{0}"),
        ("a{0}{0}{1}{0}b{0}{0}{1}", "a{0}{0}{1}{0}b"),
    ],
    ids=["between blanks", "before a blank", "between lines", "last", "last without end"],
)
def test_blank_lines_around_a_copy_stay_as_they_were(text: str, expected: str, end: str) -> None:
    document = Document("a", text.format(end, TOLD), Source("a", "", 0))
    assert run_stage(Repeats(), document).text == expected.format(end, TOLD)


@pytest.mark.parametrize(
    "line",
    [
        "（@[xianyuLuo](https://github.com/example/weekly/issues/1077) 投稿）",
        "见[手册](https://example.org/a/b?utm_source=weekly&utm_medium=mail&utm_campaign=page_kxj)。",
        "[3]:https://opensource.example/article/15/3/raspberry-pi?src=raspberry_pi_resource_menu",
    ],
)
def test_addresses_are_no_passages(line: str) -> None:
    text = f"{BEFORE}\n{line}\n\n{BETWEEN}\n\n{line}\n{AFTER}\n"
    assert run_stage(Repeats(), Document("a", text, Source("a", "", 0))).text == text


def test_two_passages_that_differ_in_an_address_stay() -> None:
    told = TOLD.replace("一段梆子戏", "一段梆子戏（https://example.org/songs/1）")
    second = told.replace("songs/1", "songs/7")
    text = f"{BEFORE}\n\n{told}\n\n{BETWEEN}\n\n{second}\n\n{AFTER}\n"
    found = Repeats().find(Document("a", text, Source("a", "", 0)))
    assert not found.edits
    assert "link" in found.flags[0].why


def test_a_passage_with_the_same_address_goes_whole() -> None:
    told = TOLD.replace("一段梆子戏", "一段梆子戏（https://example.org/songs/1）")
    assert cleaned(told, told) == f"{BEFORE}\n\n{told}\n\n{BETWEEN}\n\n{AFTER}\n"


def test_a_passage_behind_an_address_that_ends_in_a_stroke_goes_whole() -> None:
    text = f"{BEFORE}\n\n{TOLD}\n\n{BETWEEN}\n\n[1]: https://example.org/songs/\n{TOLD}\n\n{AFTER}\n"
    assert removed(text) == [TOLD]


def test_what_several_say_is_told_again_but_what_one_says_is_cited() -> None:
    talk = (
        "村长说：河水涨了，今天谁也不要下河去，等水退了再说。老木匠答道：我的木料还堆在河滩上，不搬回来就都漂走了。"
        "村长问：要几个人？老木匠想了想说：来四五个后生就够，绳子我家里有，扁担也有，饭我来管，天黑以前一定搬得完，"
        "搬完了请大家到我家里喝一碗热汤。大家听了都说好，放下手里的活计，跟着他往河滩上走去，一路上有说有笑。"
    )
    assert removed(f"{BEFORE}\n{talk}\n{BETWEEN}\n{talk}\n{AFTER}\n") == [talk]
    said = f"村长曰：{TOLD}"
    assert removed(f"{BEFORE}\n{said}\n{BETWEEN}\n{said}\n{AFTER}\n") == []


def test_a_slip_behind_a_word_that_ends_like_a_family_name_makes_no_other_name() -> None:
    told = TOLD.replace("谁家的收音机", "任何人家的收音机")
    assert told.replace("任何人", "任何入") != told
    assert cleaned(told.replace("任何人", "任何入"), told) == f"{BEFORE}\n\n{told}\n\n{BETWEEN}\n\n{AFTER}\n"
    named = TOLD.replace("谁家的收音机", "何平家的收音机")
    assert cleaned(named.replace("何平", "何军"), named).count("收音机") == 2


def test_sentences_a_line_each_go_with_slips_where_they_are_many() -> None:
    lines = (
        "及镇京口，淹又为镇军参军事，领南东海郡丞，与同僚共掌文书，日夜不息。\n景素不纳。\n"
        "乃赠诗以讽焉，辞旨深切，见者莫不叹息，而主人终不之悟。\n会东海太守丁艰，郡中之事皆委于丞。\n"
        "淹自谓郡丞应行郡事，景素用司马柳世隆，淹固求之，辞色俱厉。\n景素大怒，言于选部，黜为建安吴兴令。\n"
        "及齐高帝辅政，闻其才，召为尚书驾部郎，参掌诏册，凡军中书檄皆出其手。\n"
        "俄而荆州刺史起兵，朝廷震惧，诸公会议，莫敢先言，淹独进策，高帝善之，遂从其计。\n"
    )
    slips = lines.replace("日夜", "日复").replace("叹息", "叹良")
    assert removed(f"{BEFORE}\n{lines}{BETWEEN}\n{slips}{AFTER}\n") == [slips.strip()]
    few = "".join(lines.splitlines(keepends=True)[:3])
    assert removed(f"{BEFORE}\n{few}{BETWEEN}\n{few.replace('日夜', '日复')}{AFTER}\n") == []


def test_short_sentences_of_a_chronicle_go_where_the_whole_text_is_set_so() -> None:
    marks = iter(chr(0x4E00 + number * 37 % 8009) for number in range(8000))
    told = ["，".join("".join(next(marks) for _ in range(size)) for size in (3, 5, 4)) + "。" for _ in range(30)]
    told += ["，".join("".join(next(marks) for _ in range(size)) for size in (9, 7, 12, 8)) + "。" for _ in range(10)]
    both = "岁将晏，有德暮薄城。可大请击之，元化持抚议，不许。\n可大陈利害甚切，元化期明岁元日发兵合击。"
    page = "\n".join(told)
    assert removed(f"{both}\n{page}\n{both}\n{BETWEEN}\n") == [both]
    poem = "山前白鹭来，河上渡船开。春风吹杨柳，细雨落楼台。\n少年骑马去，老大背书回。桥头人不识，把酒问徘徊。"
    assert removed(f"{poem}\n{page}\n{poem}\n{BETWEEN}\n") == []


def test_an_article_is_told_by_most_of_its_numbers() -> None:
    first = (
        "第一条 为了方便群众，制定本办法。\n"
        "第二条 本办法适用于本县境内的一切集市、庙会和夜市，由县市场管理所负责登记，并公布摊位的位置。\n"
        "第三条 摊位的费用每月收一次。\n第四条 本办法自公布之日起施行。\n"
    )
    spoiled = first.replace("第三条", "第三各")
    assert len(removed(f"{first}\n{BETWEEN}\n\n{spoiled}")) == 1


def test_a_sentence_in_letters_that_recurs_is_a_turn_of_phrase() -> None:
    said = "Now, let us try to understand what the line of code above does."
    text = f"Import the library.\n{said}\nIt reads an image.\nCall the second function.\n{said}\nIt turns it.\n"
    assert run_stage(Repeats(), Document("a", text, Source("a", "", 0))).text == text


def removed(text: str) -> list[str]:
    return [edit.removed.strip() for edit in Repeats().find(Document("a", text, Source("a", "", 0))).edits]


def test_an_article_goes_where_the_same_one_stands_twice_and_words_of_two_articles_stay() -> None:
    rule = "违反本办法规定的，由县级主管部门责令限期改正；逾期不改正的，处五百元以上五千元以下的罚款，并予以公告。"
    law = f"第一条 为了加强管理，制定本办法。\n第二条 禁止倾倒垃圾。{rule}\n第三条 禁止占道经营。{rule}\n"
    assert removed(law) == []
    twice = f"{law}第四条 本办法由县人民政府负责解释，自发布之日起施行，原有规定同时废止。\n{law.splitlines()[1]}\n"
    assert removed(twice) == [law.splitlines()[1]]


def test_a_copy_whose_last_mark_is_a_slip_goes_whole() -> None:
    second = TOLD.replace("散步", "散部").replace("摇着扇子", "摇看扇子").replace("慢慢", "漫慢")[:-1]
    text = f"{BEFORE}\n\n{TOLD}\n\n{BETWEEN}{second}{AFTER}\n"
    assert removed(text) == [second]


def test_one_long_clause_goes_whole_though_a_slip_stands_near_its_end() -> None:
    told = "村口的老槐树下坐满了等着听故事的孩子和刚从地里回来还没有洗脚的大人以及摇着蒲扇坐在石头上打盹的老人与狗。"
    slips = told.replace("以及", "以反").replace("老人与狗", "老人与句")
    assert cleaned(told, slips) == f"{BEFORE}\n\n{slips}\n\n{BETWEEN}\n\n{AFTER}\n"


def test_a_sentence_before_a_copy_is_no_label_of_it() -> None:
    text = f"{BEFORE}\n天亮了。{TOLD}\n{BETWEEN}\n鸡叫了。{TOLD}\n{AFTER}\n"
    assert removed(text) == [TOLD]


def test_a_question_put_into_a_paragraph_goes_and_one_that_is_asked_again_stays() -> None:
    asks = "过去一年村里变化最大的是什么，新的一年您最想为乡亲们办成的一件事又是什么呢，能不能给我们讲一讲？"
    assert removed(f"{BEFORE}\n{asks}{BETWEEN}\n{TOLD}{asks}{AFTER}\n") == [asks]
    assert removed(f"记者：{asks}\n{BETWEEN}\n记者：{asks}\n{TOLD}\n") == []


def test_a_number_in_the_next_sentence_is_none_of_a_copy_that_lost_its_mark() -> None:
    second = TOLD.replace("散步", "散部")[:-1] + "答"
    text = f"{BEFORE}\n\n{TOLD}\n\n2. {BETWEEN}\n\n{second}\n\n{AFTER}\n"
    assert removed(text) == [second]


def test_a_nearer_variant_does_not_hide_a_copy() -> None:
    variant = TOLD.replace("一段梆子戏", "三段梆子戏")
    text = f"{TOLD}\n\n{BEFORE}\n\n{variant}\n\n{BETWEEN}\n\n{TOLD}\n\n{AFTER}\n"
    assert removed(text) == [TOLD]


def test_a_passage_in_letters_is_longer() -> None:
    told = "The river was high that spring, and the ferry did not run until the second week of May."
    text = f"It was long ago.\n{told}\nNobody minded much, for there was little to buy.\n{told}\nThat was all.\n"
    assert removed(text) == []
    assert removed(text.replace(told, f"{told} The miller kept the bell on his own side.")) != []


def test_a_unit_goes_with_its_number() -> None:
    told = "今年前三季度，电动汽车、高端装备、集成电路产品的出口分别增长43.9%、10.2%、20.1%。"
    text = f"{BEFORE}\n{told}\n{BETWEEN}{told}{AFTER}\n"
    assert removed(text) == [told]


def test_a_letter_put_in_beside_a_name_is_no_other_name() -> None:
    told = (
        "The clerk told the meeting that Mrs. Booker had kept the ferry for thirty winters without a day of rest, "
        "and that nobody had thanked her for it until the bridge was built and the bell was taken down."
    )
    text = f"It was late.\n\n{told}\n\nNobody spoke for a while.\n\n{told.replace('Mrs. Booker', 'Mrsb Booker')}\n"
    assert len(removed(text)) == 1


def test_one_word_for_another_throughout_is_another_argument() -> None:
    step = (
        "治一村的人，先要知道一村的事，村里谁勤谁懒，村长如果都不知道，村里的规矩就立不起来。"
        "所以村长要听众人的话，看明白了再赏，村里的人才服；看明白了再罚，村里的人才怕。"
    )
    text = f"{BEFORE}\n\n{step}\n\n{BETWEEN}\n\n{step.replace('村', '县')}\n\n{AFTER}\n"
    found = Repeats().find(Document("a", text, Source("a", "", 0)))
    assert not found.edits
    assert "term" in found.flags[0].why


def test_a_copy_put_into_what_somebody_says_goes() -> None:
    talk = "村长说：河水涨了，今天谁也不要下河去。"
    assert removed(f"{BEFORE}\n{TOLD}\n{BETWEEN}\n{talk}{TOLD}\n{AFTER}\n") == [TOLD]


def test_a_line_of_a_play_stays_on_its_line_and_goes_from_within_a_paragraph() -> None:
    said = "老板：来了您哪，里边请，靠窗的座儿给您留着呢，还是老规矩，一壶高末，一碟花生米，二两烧饼！"
    play = f"{said}\n客人：老规矩。\n老板：好嘞。\n"
    assert removed(f"{play}{said}\n客人：我来晚了。\n") == []
    assert removed(f"{play}客人：我来晚了。{said}\n") == [said]


def test_what_leads_to_two_quotations_is_no_line_of_a_play() -> None:
    told = "村长便对他说道：“你昨天既然答应把船借给他，今天就该给他。”老木匠道：“船是我的，借不借我说了算。”"
    talk = "村长：走吧。\n木匠：不走。\n村长：唉。\n木匠：哼。\n"
    assert removed(f"{talk}{told}\n{talk[::-1]}\n{told}\n") == [told]


def test_a_clause_with_a_sentence_before_more_of_it_is_no_heading() -> None:
    told = "第二条 合作各方缴纳投资以后，应当由注册会计师验证并出具报告，由企业据以发给各方证明书。"
    text = f"{BEFORE}\n\n{told}证明书应当写明下列事项：\n\n{BETWEEN}\n\n{told}\n\n{AFTER}\n"
    assert removed(text) == [told]


def test_marks_of_emphasis_go_with_what_they_emphasize() -> None:
    told = "卖糖葫芦的老人告诉我们，据他看来，**这条街热闹的根本原因，是桥那头的学校和集市**。"
    text = f"{BEFORE}\n\n{told}\n\n{BETWEEN}{told}{AFTER}\n"
    assert removed(text) == [told]
    bold = f"**{told.replace('**', '')}**"
    assert removed(f"{BEFORE}\n\n{bold}\n\n{BETWEEN}{bold}{AFTER}\n") == [bold]


def test_a_sentence_ends_behind_etc_where_a_capital_follows() -> None:
    told = "The ferryman kept a bell, a lamp, two coils of rope and a long list of debts on the wall, with dates etc."
    text = f"It was late. {told} Nobody spoke.\n\nThe river rose. {told} The bell rang.\n"
    assert removed(text) == [told]
    assert removed(text.replace(" The bell rang", " and the bell")) == []


def test_a_name_behind_a_copy_does_not_tear_it() -> None:
    told = "The goal of the ferry is to bring people over quickly, to keep them dry and to ask for little money."
    one, other = "Saint Paul Bridge’s goal is another one.", "Saint Paul Bridge, however, fell."
    text = f"{told}\n\n{one}\n\n{BETWEEN}\n\n{told}\n\n{other}\n"
    assert removed(text) == [told]


def test_a_short_line_of_a_text_in_lines_of_one_width_ends_something() -> None:
    page = (
        "The night was dark and cold and long and nobody came\nover the bridge to look at what the wind had done to\n"
        * 5
    )
    told = "The ferry did not run until the second week of May, for the river was high and nobody had mended it."
    text = f"{page}\n{told}\n\n{page[::-1]}\na list of boats\n{told}\n\n{BETWEEN}\n"
    assert told in removed(text)


def test_short_paragraphs_of_prose_go_amid_prose() -> None:
    told = (
        "终于有一天，他下定了决心，既然没有人做这件事，那么我来做。\n\n他租下闲置的店面，改造成乒乓球室，起名叫乒乓仓。"
    )
    text = f"{TOLD}\n\n{told}\n\n{TOLD[::-1]}。\n\n{told}\n\n{BETWEEN}\n"
    assert removed(text) == [told]


def test_talk_in_quotation_marks_on_lines_of_its_own_is_no_verse() -> None:
    talk = "「昨夜は叔母樣のところにお泊りになつたことは、御存じでせうね」\n「はい」\n「はい」\n娘は首を振りました。"
    text = f"{BEFORE}\n{talk}\n{BETWEEN}\n{talk}\n{AFTER}\n"
    assert removed(text) == [talk]


def test_a_whole_sentence_put_in_behind_a_comma_goes_and_one_that_a_clause_leads_to_stays() -> None:
    told = "实施老街改造工程，加快石桥和水渠的修缮，启动集市、书场、茶馆等七处旧址的测绘和建档工作。"
    lead, rest = "为了做好这件事，县里牵头成立了一个小组，", "有关的人分别负责各自的工作。"
    assert removed(f"{BEFORE}{told}\n{TOLD}\n{lead}{told}{rest}\n") == [told]
    assert removed(f"{BEFORE}{told}\n{TOLD}\n换一句话来讲，{told}\n{rest}\n") == []
    assert removed(f"{BEFORE}{told}\n{TOLD}\n县长在会上强调，{told}{rest}\n") == []


def test_an_article_of_items_that_stands_twice_under_its_number_goes() -> None:
    items = "（一）看管渡口的缆绳；\n\n（二）清扫码头的石阶；\n\n（三）记下过河的人数；\n\n（四）修补漏水的木船。"
    article = f"第二条 渡口管理员由镇人民政府聘任，办理下列事项：\n\n{items}"
    law = f"第一条 为了方便过河，制定本办法。\n\n{article}\n\n第三条 渡船不得超载。\n\n第四条 渡船每年验一次。\n\n"
    assert removed(f"{law}{article}\n\n第五条 镇人民政府负责解释。\n") == [article]
    other = article.replace("第二条 渡口", "第六条 渡口")
    assert removed(f"{law}{other}\n\n第五条 镇人民政府负责解释。\n") == []


def test_an_article_that_stands_twice_goes_without_the_next_one_that_begins_like_what_follows() -> None:
    article = (
        "第四条 灯会筹备小组应当做好花灯的登记和保管工作，建立花灯名册，并派人每天晚上查看灯笼里的蜡烛是否熄灭，"
        "花灯坏了的，请扎灯的师傅修好。"
    )
    fifth = "第十五条 灯会筹备小组办公室应当按照全镇灯会方案和上年的办法，把花灯送到街上。"
    third = "第三条 全镇灯会筹备小组办公室根据全镇灯会方案和上年的办法，定下挂灯的地方。"
    law = (
        "第一条 为了办好灯会，制定本办法。\n\n第二条 灯会每年办一次。\n\n"
        f"{article}\n\n{third}\n\n{BETWEEN}\n\n{article}\n\n{fifth}\n"
    )
    assert removed(law) == [article]
