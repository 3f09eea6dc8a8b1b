"""Pages for tests, authored, and the shortest way to clean a text."""

from cleaner.core.document import Document, Source
from cleaner.core.stage import run_stage
from cleaner.strip import Strip, StripOptions

THREAD = """设为首页收藏本站
 找回密码
 注册
查看: 806|回复: 2

[转贴] 家里老座钟的修理经过

[复制链接]

3

主题

0

回帖

10

积分

新手上路

积分
10
发表于 2023-2-3 21:00:09 | 显示全部楼层 |阅读模式
本帖最后由 听雨 于 2023-2-3 21:02 编辑
座钟停了三年,上个周末拆开来看,发条完好,只是油干了。
先用汽油洗一遍齿轮,再点上钟表油,走时便准了。
回复
使用道具 举报
发表于 2023-2-4 09:12:00 | 显示全部楼层
谢谢分享。
回复 支持 反对
使用道具 举报
返回列表
高级模式
您需要登录后才可以回帖 登录 | 立即注册
本版积分规则
Archiver|手机版|小黑屋|某某论坛
Powered by Discuz! X3.4
"""

THREAD_CLEAN = """[转贴] 家里老座钟的修理经过

座钟停了三年,上个周末拆开来看,发条完好,只是油干了。
先用汽油洗一遍齿轮,再点上钟表油,走时便准了。
谢谢分享。
"""

ARTICLE = """网站首页
新闻中心
政务公开
互动交流
专题专栏
当前位置：首页 > 新闻中心 > 正文
江边步道二期工程开工
发布时间：2020-05-06 09:00 来源：本站
江边步道二期工程昨日开工,全长六公里,预计明年五月完工。
工程负责人说,沿线将增设十二处休息亭,并补种行道树。
小标题
步道建成以后,市民可以从老码头一直走到湿地公园。
责任编辑：李四
相关新闻
江边步道一期投入使用
老码头改造方案公示
【打印本页】【关闭窗口】
版权所有 江城日报 京ICP备12345678号
"""

ARTICLE_CLEAN = """江边步道二期工程开工
发布时间：2020-05-06 09:00 来源：本站
江边步道二期工程昨日开工,全长六公里,预计明年五月完工。
工程负责人说,沿线将增设十二处休息亭,并补种行道树。
小标题
步道建成以后,市民可以从老码头一直走到湿地公园。
"""


def stripped(text: str, options: StripOptions | None = None) -> Document:
    """The document after the stage ran to its fixed point."""
    return run_stage(Strip(options or StripOptions()), Document("a.txt", text, Source("a.txt", "0" * 64, 0)))


def pack(*entries: str, head: str = "") -> str:
    """The TOML of a pack "demo" with these entries, examples filled in where they are missing."""
    filled = (e if "match" in e else e + '\nmatch = ["a", "b"]\nno_match = ["c", "d"]' for e in entries)
    return f'[pack]\nname = "demo"\nwhy = "tests"\n{head}\n' + "".join(f"\n[[entry]]\nwhy = 'w'\n{e}\n" for e in filled)
