"""What looks like chrome inside a text that is no page stays."""

import pytest

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.strip import Strip, StripOptions
from cleaner.strip.options import Mode

MANUAL = """读书会网站使用说明
本会的网站去年秋天换了新版,有几位年长的会员来信询问,现将常用的地方写在这里。
打开网站之后,页面最上方是一行按钮,从左到右依次排列。
设为首页
收藏本站
登录
注册
找回密码
初次来的会员请先点第四个,填好姓名和电话,秘书组会在两天之内打电话核对。
帖子下方的按钮作用各不相同,点错了也不要紧。
回复
举报
返回列表
其中第二个请慎用,去年有人误点了七次,版主每次都要写一份说明。
以上如有不明白的地方,请于每周三下午到活动室当面询问。
"""
MAIL = """Dear Ruth,
I looked at the new footer on my phone this morning, and the order of the links seems wrong to me.
At present it reads from top to bottom:
Home
About us
Contact
Privacy policy
Terms of use
Log in | Register
Could you move the third one to the top before the board meets on Friday?
The children's section should keep its own footer, as we agreed with the printers last spring.
Yours, Daniel
"""
POEM = """网页组诗
一
我在屏幕前坐到天亮
光标一下一下地跳
评论(0)
像一间没有人来的屋子
二
把这一夜
分享到山
分享到河
分享到
谁也不在的地方
三
雪落在键盘上
没有一个键是热的
"""
PATENT = """一种网页跳转方法
权利要求书
1. 一种网页跳转方法,其特征在于,包括接收用户的触发操作,并据此确定目标页面。
2. 根据权利要求1所述的方法,其特征在于,所述触发操作为长按操作。
附图说明
图1为本发明实施例的流程示意图,其中各方框内的文字依次如下。
登录
首页
查看更多
退出登录
具体实施方式
下面结合附图对本发明作进一步的说明,但本发明的保护范围并不限于此。
"""
TEXTS = {"manual": MANUAL, "mail": MAIL, "poem": POEM, "patent": PATENT}


def stripped(text: str, mode: Mode = "balanced", pack: str = "") -> Document:
    stage = Strip(StripOptions(mode=mode, packs=(pack,) if pack else ()))
    return run_stage(stage, Document("a", text, Source("a", "", 0)))


@pytest.mark.parametrize("mode", ["safe", "balanced", "aggressive"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_tells_of_pages_keeps_every_line(name: str, mode: Mode) -> None:
    assert stripped(TEXTS[name], mode).text == TEXTS[name]


def test_what_is_spared_is_flagged() -> None:
    flags = {flag.rule: dict(flag.evidence) for flag in stripped(MAIL).flags}
    assert flags["strip/quoted"]["lines"] == 1  # what only the model or weak rules would take is no news


@pytest.mark.parametrize(
    ("above", "below"),
    [("首页 > 读书会 > 通知\n", ""), ("", "Copyright © 2012 All Rights Reserved\n京ICP备12345678号\n")],
    ids=["a path above", "a foot below"],
)
def test_the_same_line_goes_from_a_page(above: str, below: str) -> None:
    left = stripped(f"{above}{MAIL}{below}").text
    assert "Log in | Register\n" not in left
    assert "Could you move the third one to the top" in left


def test_an_advertisement_goes_wherever_it_stands() -> None:
    text = MANUAL.replace("收藏本站\n", "ad1 webp\n")
    assert stripped(text).text == text.replace("ad1 webp\n", "")


def test_a_pack_of_the_user_acts_without_a_page() -> None:
    pack = """[pack]
name = "mine"
why = "a pack of one's own"

[[entry]]
id = "keys"
kind = "line"
literals = ["没有一个键是热的"]
why = "a line that its user knows"
match = ["没有一个键是热的", "没有一个键是热的"]
no_match = ["没有一个键是冷的", "有一个键是热的"]
"""
    assert "没有一个键是热的" not in stripped(POEM, pack=pack).text
