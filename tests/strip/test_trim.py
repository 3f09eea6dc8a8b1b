"""Title, head, menus, profiles and tail: what goes by its place, and what evidence it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.strip.decide import weigh
from cleaner.strip.ground import Ground, ground_of
from cleaner.strip.match import hits_of
from cleaner.strip.page import page_of
from cleaner.strip.rules import rules
from cleaner.strip.title import said_again, same_title, title_of
from cleaner.strip.zones import layout_of
from tests.strip.pages import ARTICLE, THREAD, stripped

TEXT = "江边步道二期工程昨日开工,全长六公里,预计明年五月完工。\n沿线将增设十二处休息亭,并补种行道树一千余棵。\n"
ENGLISH = "The walk along the river is open to all from today on. " * 5


def ground(text: str) -> Ground:
    used = rules((), (), ())
    page = page_of(text)
    hits = hits_of(page, used)
    return ground_of(weigh(page, layout_of(page, hits, used.forums), hits, used))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (ARTICLE, "江边步道二期工程开工"),
        (THREAD, "[转贴] 家里老座钟的修理经过"),
        ("江城日报\n首页 > 要闻\n步道开工了\n2020-05-06 09:00\n" + TEXT, "步道开工了"),
        ("步道二期工程今天正式开工\n江边\n" + TEXT, "步道二期工程今天正式开工"),
        (
            "首页\n某某论坛 » 本地 » 江边步道二期工程的消息\n江边步道二期工程的消息\n发帖人\n" + TEXT,
            "江边步道二期工程的消息",
        ),
        (
            "江城日报\n首页 > 要闻\n江边步道二期开工记事\n马老六\n2020-05-06 09:00 阅读 56\n" + TEXT,
            "江边步道二期开工记事",
        ),
        (
            "Home\nA riverside walk opens\nThread Tools\nMay 6th 2020,\n03:36 AM\n#1\n" + ENGLISH,
            "A riverside walk opens",
        ),
        (
            "首页\n博客\n读取表格时日期变成数字的解决办法\n[复制链接]\n深夜写脚本的猫\n2021-07-11 22:47:03\n" + TEXT,
            "读取表格时日期变成数字的解决办法",
        ),
        (
            "关注“某某人社”,回复数字获取更多服务\n失业保险金怎么领?一文讲清!\n2023-02-20 17:30 发表于山东\n图片\n"
            + TEXT,
            "失业保险金怎么领?一文讲清!",
        ),
        (
            "论坛首页 → 显卡 → 帖子\n风扇加机油到底行不行\n老黄刀法\n金币 77\n发表于 2012-7-9 22:10 | 只看他\n" + TEXT,
            "风扇加机油到底行不行",
        ),
        ("秒懂百科\n权威合作\n藕粉圆子\n讨论1\n上传视频\n藕粉圆子是江边的名点,由藕粉、芝麻做成。\n" + TEXT, "藕粉圆子"),
        (
            "主页\n附近\n关于维基百科\n白沙桥 (青阳市)\n(重定向自白石桥)\n白沙桥,是一座五孔的桥。\n" + TEXT,
            "白沙桥 (青阳市)",
        ),
        ("Home\nNews\nA riverside walk opens\nBy Jane Doe\nMay 6, 2020\n" + ENGLISH, "A riverside walk opens"),
        (
            "首页\n登录注册\n江边步道二期开工\n江城市城市建设局 江城市园林绿化局\n2020-05-06 发布人:综合科\n" + TEXT,
            "江边步道二期开工",
        ),
        ("首页\n登录注册\n步道二期\n林间客的本子\n林间客IP属地: 浙江\n2020.05.06 20:15\n" + TEXT, "步道二期"),
        ("首页\n登录注册\n江边步道\n状态:连载\n2020-05-06 20:15\n" + TEXT, "江边步道"),
        (
            "Home\nLog in\nThe walk along the river\nPosted by Ansel\nMay 6, 2020\n" + ENGLISH,
            "The walk along the river",
        ),
    ],
)
def test_the_title_is_found(text: str, title: str) -> None:
    found = ground(text)
    assert found.page.lines[title_of(found)].shadow == page_of(title).lines[0].shadow


@given(st.lists(st.text("ab", min_size=1, max_size=12), min_size=1))
def test_a_line_is_said_again_where_another_one_holds_it(lines: list[str]) -> None:
    for line in lines:
        again = len(line) >= 8 and sum(line in other for other in lines) > 1
        assert said_again(line, "\n".join(lines)) == again


def test_copies_of_a_title_are_told() -> None:
    assert same_title("渡口的三十年", "渡口的三十年")
    assert same_title("渡口的三十年_某某网", "渡口的三十年")
    assert not same_title("渡口", "渡口的三十年")


def test_layout_of_a_thread_and_of_an_article() -> None:
    thread, article = ground(THREAD).layout, ground(ARTICLE).layout
    assert thread.thread
    assert len(thread.posts) == 2
    assert not article.thread
    assert ARTICLE.split("\n")[article.first].startswith("江边步道二期工程昨日")
    assert ARTICLE.split("\n")[article.last].startswith("步道建成以后")


@pytest.mark.parametrize(
    "text",
    [
        "茄子\n土豆\n青椒\n蒜\n生抽\n" + TEXT + "勾芡\n出锅\n",
        "车次\n始发\n终到\n发车\nK7301\n江城\n白河\n06:10\n12:45\n" + TEXT,
        "江边\n词/佚名\n江水流啊流\n流到天尽头\n啦啦啦\n" + TEXT,
        TEXT + "附件：\n• 名单\n• 表格\n• 说明\n• 地图\n• 附录\n",
        TEXT + "江城市人民政府\n2020年5月6日\n联系人：张某\n联系电话：0916-6712345\n",
    ],
)
def test_short_lines_around_a_text_without_chrome_stay(text: str) -> None:
    assert stripped(text).text == text


def test_a_sign_off_above_the_foot_stays() -> None:
    page = ARTICLE.replace("责任编辑：李四\n", "江城市人民政府\n2020年5月6日\n责任编辑：李四\n")
    assert "江城市人民政府\n2020年5月6日\n" in stripped(page).text


def test_running_text_below_the_foot_stays_unless_it_stands_alone_among_links() -> None:
    story = "另一篇报道说,老码头的改造也将在今年秋天开始,工期两年。\n"
    page = ARTICLE.replace("江边步道一期投入使用\n", story * 4)
    assert story in stripped(page).text


def test_a_head_reaches_down_by_what_is_known_of_it() -> None:
    facts = "".join(f"特征{number}属于第{number}类\n" for number in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")
    bars = "某某百科\n自由的百科全书\n跳到导航 跳到搜索\n"
    cleaned = stripped(bars + facts + "首次发布2004年10月20日 (2004-10-20)\n" + TEXT).text
    assert all(fact in cleaned for fact in facts.split("\n")[13:])


def test_a_menu_between_title_and_text_goes_but_not_a_list_with_numbers() -> None:
    menu = "• 首页\n• 转发\n• 微博\n• 豆瓣\n• 打印文稿\n"
    amounts = "• 茄子 2个\n• 土豆 1个\n• 青椒 1个\n• 蒜 3瓣\n• 生抽 1勺\n"
    at = "来源：本站\n"
    assert "豆瓣" not in stripped(ARTICLE.replace(at, at + menu)).text
    assert amounts in stripped(ARTICLE.replace(at, at + amounts)).text


def test_a_short_last_sentence_between_advertisements_stays() -> None:
    page = (
        "市政府召开会议研究冬季供暖\n" + TEXT + "ad1 webp\nad2 webp\n广告\n会议还研究了其他事项。\nad1 webp\nad2 webp\n"
    )
    assert stripped(page).text == "市政府召开会议研究冬季供暖\n" + TEXT + "会议还研究了其他事项。\n"


def test_short_posts_stay() -> None:
    assert "谢谢分享。" in stripped(THREAD).text
    assert "顶\n" in stripped(THREAD.replace("谢谢分享。", "顶")).text


def test_a_notice_in_english_is_no_body_of_a_chinese_page() -> None:
    notice = (
        "This website example.org is currently offline, and a snapshot from an archive is shown below instead. " * 2
    )
    code = "".join(f"int step_{number} = {number};\n" for number in range(30))
    page = (
        f"{notice}\n首页\n推荐文章\n本站插件\n关于本站\n座钟的修理\n发布时间:2011-04-02 来源:本站\n{TEXT}{code}"
        "相关文章\n老座钟上油的办法\n旧书的装订\n打印本页 关闭窗口\n版权所有 江城日报 京ICP备12345678号\n"
    )
    assert code in stripped(page).text


def test_what_has_hardly_any_text_above_it_begins_no_tail() -> None:
    code = "".join(f"int step_{number} = {number};\n" for number in range(30))
    page = (
        "江边步道开工,全长六公里。\n责任编辑:李四\n相关新闻\n老码头改造方案公示\n步道一期投入使用\n" + code + TEXT * 6
    )
    assert code in stripped(page).text


def test_a_subject_that_stands_again_over_the_first_post_is_no_profile() -> None:
    page = (
        "跳到内容\n江城讨论区\n搜索\n快速链接\n常见问题\n桂花树冬天要不要包起来\n发表回复\n"
        "5 篇帖子 • 第 1 页 (共 1 页)\n老周\n文章: 321\n注册时间: 2008年 5月 1日, 10:11\n"
        "桂花树冬天要不要包起来\n引用回复\n文章 由 老周 » 2015年 11月 21日, 20:51\n"
        "院子里的桂花树今年长得快,夜里零下五度,要不要包起来?\n页首\n阿伟\n文章: 12\n"
        "文章 由 阿伟 » 2015年 11月 21日, 21:30\n包一层草帘就够了。\n页首\n"
        "正在浏览此版面的用户:没有注册用户 和 1 位游客\n"
    )
    assert "桂花树冬天要不要包起来\n" in stripped(page).text
