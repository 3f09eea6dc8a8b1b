"""Sites made up for tests: templates with chrome that no pack knows, filled with texts; every line with its label."""

import random

from cleaner.strip.evaluate import Labelled

_TOPICS = [
    "老桥",
    "河堤",
    "茶园",
    "渡口",
    "书店",
    "码头",
    "学校",
    "集市",
    "果园",
    "水库",
    "铁路",
    "古井",
    "戏台",
    "粮仓",
    "祠堂",
    "梯田",
    "菜场",
    "鱼塘",
    "石磨",
    "油坊",
]
_PLACES = ["东乡", "南镇", "西湾", "北岭", "上河", "下塘", "前山", "后湖"]
_DEEDS = (
    "{place}的{topic}今年重新修过,村里人说比从前结实得多。",
    "我们沿着{topic}走了一圈,数出{n}处要补的地方,都记在本子上。",
    "{topic}旁边住着一位姓{name}的老人,他在这里住了{n}年。",
    "到了{month}月,{place}的雨水多起来,{topic}就热闹了。",
    "为了{topic}的事,大家开了{n}次会,意见总算一致。",
    "他指着{topic}对我说,这里的一砖一瓦,都是当年肩挑手扛来的。",
)
_NEWS = (
    ["江湾在线", "要闻 | 民生 | 评论 | 影像 | 专题", "今日{weekday} 气温{n}度", "江湾在线 > 要闻 > 内容"],
    [
        "记者手记专栏 每周三出刊",
        "江湾在线客户端",
        "听见江湾 · 看见变化",
        "编辑部电话 {n}-1234",
        "江湾传媒集团 主管主办",
    ],
)
_FORUM = (
    ["望山社区", "版块导航", "我的足迹", "社区公约", "望山社区 » 乡土 » 看帖", "人气 {n} 跟帖 {m}"],
    ["赞同 {n}", "我要跟帖", "回到版面", "望山社区 与邻居说说话", "本社区只代表网友观点", "页面执行 {n} 毫秒"],
)
_OFFICE = (
    ["临河县信息港", "本县概览", "办事大厅", "信息发布", "县长信箱", "政策问答", "浏览字号 大 中 小"],
    ["临河县信息港", "地址 临河县人民路{n}号", "值班 0123-{n}", "技术维护 县信息中心", "推荐使用宽屏浏览"],
)
TEMPLATES = {"news": _NEWS, "forum": _FORUM, "office": _OFFICE}


def site(kind: str, pages: int, seed: int = 0) -> list[Labelled]:
    """Pages of one site: the chrome of its template around texts that do not repeat."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - reproducible pages, no secret
    return [_page(kind, number, chance) for number in range(pages)]


def _page(kind: str, number: int, chance: random.Random) -> Labelled:
    head, foot = TEMPLATES[kind]
    lines = [(line, "drop") for line in head]
    topic, place = chance.choice(_TOPICS), chance.choice(_PLACES)
    lines.append((f"{place}{topic}纪事之{number + 1}:{chance.choice(_TOPICS)}边的人家", "keep"))
    for part in range(chance.randint(2, 4)):
        if part:
            lines.append((f"{'一二三四'[part - 1]}、{chance.choice(_PLACES)}的{chance.choice(_TOPICS)}", "keep"))
        lines += [(chance.choice(_DEEDS), "keep") for _ in range(chance.randint(2, 4))]
    lines += [(line, "drop") for line in foot]
    filled = [(_filled(line, topic, place, chance), label) for line, label in lines]
    text = "".join(line + "\n" for line, _ in filled)
    return Labelled(f"{kind}.example/{number:03}.txt", kind, text, tuple(label for _, label in filled))


def _filled(line: str, topic: str, place: str, chance: random.Random) -> str:
    values = {"n": chance.randint(2, 99), "m": chance.randint(2, 99), "month": chance.randint(3, 9)}
    return line.format(
        topic=topic,
        place=place,
        name=chance.choice("赵钱孙李周吴郑王"),
        weekday=f"周{chance.choice('一二三四五六日')}",
        **values,
    )
