"""Copies that stand on purpose: nothing goes where words, names or places say that both belong."""

import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.repeats import Repeats, RepeatsOptions

BETWEEN = "灯会的账目另册登记，由会计和出纳一同保管，年底在村口的墙上公布，谁都可以来看。"
LAST = "以上各项由文化站解释，没有说到的事情，到时候大家商量着办。"


def left(text: str, keep: str = "first") -> str:
    return run_stage(Repeats(RepeatsOptions(keep=keep)), Document("a", text, Source("a", "", 0))).text


def twice(one: str, other: str) -> str:
    return f"{one}\n\n{BETWEEN}\n\n{other}\n\n{LAST}\n"


ORGANS = (
    "木气太过的年份，风吹得紧，草发得早，人容易肝火旺，应当在手上扎针，少吃酸的，多走动，夜里关好门窗，"
    "等到木气退了，再把晒好的药材收进仓里，免得受潮。"
)
MONTH = (
    "参星在南边的天上，尾星在东边的天上，住在左侧的屋子里，挂青色的旗，骑青色的马，穿青色的衣裳，吃麦子和羊肉，"
    "用的碗口宽而且浅，早晨起来先扫院子，再把种子拿出来晒。"
)
MUSIC = (
    "迎神的时候奏《太和之曲》，献酒的时候奏《寿和之曲》，跳的是武舞，撤下盘子的时候奏《雍和之曲》，"
    "送神的时候奏《安和之曲》，最后大家在院子里分吃供品，天亮以前各自回家。"
)
SDK = (
    "在 Android 应用里登记用户属性很方便，先在控制台里填好属性的名字，再调用一次设置的方法，把属性的名字和值传进去，"
    "过几个小时就能在报表里看到这些属性分布的情况。"
)
COMMAND = "要构建这个小工具并且在自己的机器上试一试它，请先装好编译器，然后在项目的目录里运行 make query_nn 这条命令。"


SIZE = "升级以前请先准备好一条稳定的网线，因为要下载大约 1.4 GB 的数据，下载完了还要等上半个小时才能重新开机。"


@pytest.mark.parametrize("keep", ["first", "last", "whole"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SIZE, SIZE.replace("1.4", "14")),
        (ORGANS, ORGANS.translate(str.maketrans("木风肝手酸", "金露肺足辣"))),
        (MONTH, MONTH.replace("左侧", "右侧")),
        (MONTH, MONTH.replace("左侧", "正")),
        (MUSIC, MUSIC.replace("寿和", "豫和").replace("安和", "熙和")),
        (SDK, SDK.replace("Android", "iOS")),
        (COMMAND, COMMAND.replace("query_nn", "query_pr")),
    ],
    ids=["a point", "elements", "side rooms", "main room", "titles", "platforms", "commands"],
)
def test_copies_that_differ_in_a_term_or_a_name_stay(one: str, other: str, keep: str) -> None:
    assert left(twice(one, other), keep) == twice(one, other)
    assert left(twice(one, one), keep) != twice(one, one)


@pytest.mark.parametrize("text", [ORGANS, MONTH, MUSIC, SDK, COMMAND])
def test_copies_of_the_same_that_differ_in_a_slip_go(text: str) -> None:
    slip = text.replace("，", "，了", 1)
    assert left(twice(text, slip)) == twice(text, "").replace("\n\n\n\n", "\n\n")


ROOMS = "左左左正右正"
APART = [
    "桃树开了花，黄鹂在枝头叫，孩子们跟着大人到田里去认草。",
    "雷声从山那边滚过来，冬眠的虫子钻出土，家家都补好了屋顶。",
    "井水涨到了第三块石头，渡口换上新缆绳，过河的人排起了队。",
    "蝉从早叫到晚，晒场上铺满麦粒，夜里有人守着不让牛走近。",
    "凉风吹落第一片梧桐叶，织布的声音又响了，账房开始收租。",
    "雁群排成一行飞过去，猎人擦亮弓箭，老人把柴火码到墙边。",
]


def calendar() -> str:
    """Six months told in the same words: some differ in a term, others in names that are known to be such by these."""
    told = (
        "{0}星在天的正中，晚上{1}星升起，主人搬到{2}屋里，主管的神住在山里，吃的是麦子和羊肉，"
        "用的碗口宽而且浅，祭祀的是门神，供品里把肝放在前面，音律用的是{3}，敲的时候要轻。"
    )
    months = [
        told.format(star, next_star, ROOMS[month], note)
        for month, (star, next_star, note) in enumerate(
            zip("毕翼井亢柳奎", "角房虚尾危参", "徵羽簇宾钟吕", strict=True)
        )
    ]
    return "\n".join(line for pair in zip(months, APART, strict=True) for line in pair) + "\n"


ITEMS = """（一）在河堤上堆放砖石、木料和其他东西，妨碍抢险的车辆来往，经村民委员会劝说以后仍然不搬走的；

（二）在水闸附近撒网、放排、停船，或者把缆绳系在闸门的立柱上，使闸门不能按时打开或者关上的；

（三）偷拿、损坏防汛用的沙袋、铁锹、手电和挂在堤上的警报器，或者把它们借给别人做其他用处的；

（四）在堤坡上种菜、放羊、烧荒、取土，使护坡的草皮和石头受到破坏，大水来的时候容易垮塌的；

（五）大水的时候不听指挥、擅自离开值守的地方，或者谎报水位，使下游的村子来不及准备搬家的。"""
LAW = f"""第一条 为了管好河堤，制定本办法。

第二条 村民有下列行为之一的，由镇人民政府给予警告：

{ITEMS}

第三条 河堤每年修一次，所需的工料由各村按人口分摊。

第四条 单位有下列行为之一的，处五千元以下的罚款：

{ITEMS}

第五条 本办法自公布之日起施行。
"""
CODE = """class Parent {
    let queue = DispatchQueue(label: "parent")
    var child: Child? = nil
    func start(with material: ExtinguisherType) {
        print("Fire was put out using the material.")
        queue.async { self.child = Child() }
    }
"""
INDENTED = "".join(f"    {line}\n" for line in CODE.splitlines())
FENCED = f"先写一个容器，再把样式放进去，浏览器就会把里面的盒子排成一列。\n\n```html\n{CODE}"
OLD = (
    "诸子者，李攀龙、徐行、梁誉、吴伦、宗臣也。后五子则南昌余日德、蒲圻魏裳、歙汪道昆、铜梁张佳胤、新蔡张九一也。"
    "广五子则昆山俞允文、浚卢木、濮州李先芳、孝丰吴维岳、顺德欧大任也。续五子则阳曲王道行、东明石星、从化黎民表也。"
)
NEW = (
    "各位先生是历城的李攀龙和长兴的徐行、顺德的梁誉、兴国的吴伦、扬州的宗臣；后五子是南昌余日德、蒲圻魏裳、歙县汪道昆、"
    "铜梁张佳胤、新蔡张九一；广五子有昆山俞允文、浚县卢木、濮州李先芳、孝丰吴维岳、顺德欧大任；"
    "续五子是阳曲王道行、东明石星、从化黎民表。"
)
PROMPT = "正在读取软件包的列表，读完以后会列出所有可以更新的软件包，然后再问一次要不要继续，请稍候。"
ROW = "  flex-direction: {};\n```\n"


@pytest.mark.parametrize("keep", ["first", "last", "whole"])
@pytest.mark.parametrize(
    "text",
    [
        calendar(),
        LAW,
        twice(f"计时器的构造方法是这样写的\n\n{INDENTED}", f"后来我们把它简化成这样\n\n{INDENTED}"),
        f"原文：王公传\n译文：王公传\n\n原文：{OLD}\n译文：{NEW}\n\n原文：{BETWEEN}\n译文：{LAST}\n",
        twice(f"<p>先看一看</p>\n<pre>{PROMPT}</pre>", f"<p>再看一看</p>\n<pre>{PROMPT}</pre>"),
        f"{FENCED}{ROW.format('row')}\n{BETWEEN}\n\n{FENCED}{ROW.format('column')}\n{LAST}\n",
    ],
    ids=[
        "calendar",
        "a list of two articles",
        "indented code",
        "words and their translation",
        "preformatted",
        "prose with half a block of code",
    ],
)
def test_what_belongs_to_its_place_stays(text: str, keep: str) -> None:
    assert left(text, keep) == text


SECTION = "## 怎样晒谷子\n\n谷子收回来要在晒场上摊开，太阳好的时候每半个时辰翻一遍，到傍晚堆起来盖好，晒满三天进仓。"
HEADING = "### 谷子怎样才能晒得又快又好，而且不会被麻雀、老鼠和邻居家放养的鸡偷偷吃掉一半？"
SAID = "如果你认识一位说得上话的人，而他又愿意替你去问一问，那么多半只要一句话，事情就有了着落。"


def test_a_section_that_stands_twice_goes_with_the_marks_of_its_heading() -> None:
    assert left(twice(SECTION, SECTION)) == f"{SECTION}\n\n{BETWEEN}\n\n{LAST}\n"


@pytest.mark.parametrize("keep", ["first", "last", "whole"])
@pytest.mark.parametrize("other", [HEADING.replace("###", "*"), HEADING], ids=["an entry of the contents", "a heading"])
def test_headings_stay(other: str, keep: str) -> None:
    assert left(twice(HEADING, other), keep) == twice(HEADING, other)


@pytest.mark.parametrize("before", ["……", "他写的是下面这一句:\n\n"], ids=["an excerpt", "announced"])
def test_a_copy_that_is_announced_stays_and_one_that_is_not_goes(before: str) -> None:
    text = twice(SAID, before + SAID)
    assert left(text) == text
    assert left(text, "last") == twice("", before + SAID).lstrip()
