"""The word lists that patterns draw from: places, agencies, channels, categories, people to contact."""

from calendar import monthrange
from dataclasses import dataclass
from functools import cached_property
from random import Random

from faker import Faker

_VERBS = "公发来布开报编指市政行展"  # characters that begin words of a report as well as places
_FIRST = (
    "安宁平永兴新昌泰清丰临东西南北长高武文德仁义和顺通江河海湖山石龙凤金银玉青白云天华阳明光福吉祥隆盛景"
    "秀梅兰竹松柳桂桐枫榆杨桃李郑郭彭沈邱邵陆宋霍潘洪建富广大上下中双三五九千百万嘉余杭绍温台衢丽舟苏锡常"
    "镇淮盐宿徐扬连合芜蚌滁阜宣黄池铜亳厦泉漳莆赣九宜抚萍鹰"
)
_SECOND = (
    "安阳州城川江河海山水湖泉溪源林田原陵冈岭关门口桥浦港湾泽沟坪塘坝寨屯堡营庄店集台楼亭坊沙石塔坡岗潭洲"
    "昌平宁远定顺丰兴隆和德泰康庆都化南北东西中乐义"
)
_PROVINCES = """河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西
    甘肃 青海""".split()
_BUREAUS = """卫生健康 教育 民政 财政 医疗保障 市场监督管理 自然资源 自然资源和规划 生态环境 住房和城乡建设 交通运输
    水务 水利 农业农村 商务 文化和旅游 文化广电旅游体育 退役军人事务 应急管理 审计 统计 林业 林业和草原
    人力资源和社会保障 司法 公安 科学技术 工业和信息化 发展和改革 城市管理 城市管理综合执法 行政审批服务 数据 体育
    信访 机关事务管理 气象 税务 档案 粮食和物资储备 乡村振兴 国有资产监督管理 民族宗教事务 住房保障和房产管理 园林绿化
    政务服务和大数据管理 地方金融监督管理""".split()
_WHOLE = """人民政府 人民政府办公室 人民政府办公厅 管理委员会 管理委员会办公室 管委会 党政办公室 审计局 公安局
    信访局 气象部门 邮政管理系统 人民防空办公室 供销合作社联合社
    残疾人联合会 红十字会 总工会""".split()
_PARTY = """委党校 委宣传部 委统战部 委组织部 委机构编制委员会办公室 委网络安全和信息化委员会办公室 委老干部局
    委政法委员会 委员会办公室""".split()
_CENTRAL = """国家统计局{}调查队 中国气象局{}气象台 国家矿山安全监察局{}局 国家金融监督管理总局{}监管分局 {}海事局
    {}邮政管理局 中国人民银行{}分行 国家粮食和物资储备局{}垂直管理局 {}出入境边防检查站 财政部{}监管局""".split()
_BRANCHED = "市场监督管理 生态环境 公安 药品监督管理 自然资源 司法 城市管理".split()
_OFFICES = """委网信办 委编办 委党史研究室 委党校 委直属机关工作委员会 委巡察工作领导小组办公室 人民法院 中级人民法院
    人民检察院 档案馆 地方志办公室 人民武装部 政府办公室 政府办 人大常委会办公室 政协办公室 公安局交通警察支队
    公安局交警大队 消防救援支队 边境管理支队 农业综合行政执法支队 市场监管综合行政执法大队 第三测绘院 地质调查院
    水文水资源勘测局 公路局 港航事业发展中心 数据资源管理局 投资促进局 人民政府国有资产监督管理委员会
    人民政府研究室 人民政府外事办公室""".split()
_CENTRES = """住房公积金管理中心 机关事务服务中心 社会保险事业中心 公共资源交易中心 政务服务中心 水利工程管理处
    自然保护区管理局 供销合作社 融媒体中心 农业技术推广站 社会主义学院 红十字会 科学技术协会""".split()
_PEOPLES = "土家族苗族 回族 满族 彝族 蒙古族 壮族 侗族 瑶族 藏族 布依族苗族".split()
_DOMAINS = "gov.cn gov.cn gov.cn com cn org.cn com.cn".split()
_MAIL = "163.com 126.com qq.com sina.com sohu.com 139.com 189.cn gov.cn".split()
_SYLLABLES = """an bao chang dong fu gao hai jin kang li ming ning ping qing rong shan tai wen xin yang zhou wei jian
    xx gk zw bgs wjw jyj mzj""".split()

CATEGORIES = """工作动态 政务动态 通知公告 政策文件 政策法规 规范性文件 部门文件 领导信息 领导介绍 领导分工 机构职能
    机构设置 内设机构 规划计划 工作计划 工作总结 财政信息 财政资金 财政预决算 部门预决算 预算决算 “三公”经费
    人事信息 人事任免 招考录用 行政许可 行政处罚 行政强制 双公示 行政执法公示 行政权力运行 权责清单 建议提案办理
    建议提案答复 重大项目 重大建设项目 公共资源配置 政府采购 招标投标 采购公告 重点领域 民生实事 社会救助 社会保障
    医疗卫生 健康科普 疫情防控 疾病预防控制 教育教学 教育资讯 招生信息 食品药品安全 安全生产 应急管理 环境保护
    环境质量 乡村振兴 扶贫 脱贫攻坚 住房保障 征地拆迁 土地征收 城市管理 城乡建设 公共服务 优化营商环境 放管服改革
    政务服务 办事指南 公示公告 会议公开 会议纪要 决策公开 重大决策 意见征集 民意征集 征求意见 回应关切 统计信息
    统计数据 图片新闻 图片信息 头条新闻 视频新闻 新闻动态 要闻动态 基层动态 部门动态 镇街动态 乡镇动态 综合新闻
    媒体报道 媒体关注 党建工作 党务公开 廉政建设 法治建设 普法宣传 科普知识 信息公开年报 信息公开指南 公开指南
    公开目录 公开制度 依申请公开 政府信息公开制度 组织机构 概况信息 基本信息 法律法规 应急预案 检查结果 抽检信息
    监督检查 督查督办 信用信息 价格收费 涉农补贴 惠民政策 养老服务 儿童福利 婚姻登记 社会组织 就业创业 职业培训
    人才引进 科技创新 企业服务 惠企政策 文化活动 旅游资讯 体育赛事 交通出行 水利建设 防汛抗旱 林业生态 农业生产
    农机补贴 气象预警 停水停电 便民信息 其他 其他信息 其他类 其它信息 综合类 业务类 动态类 公告类 文件类 服务类 监管类
    解读类 机构类 财务类""".split()
_TAILS = (
    *("", "类", "信息", "类信息") * 6,
    "",
    "",
    "",
    *"""情况 公开 信息公开 信息情况 报告 年度报告 管理 清单 文件
    类文件 类公示 结果公开 办理情况 工作 处理决定 事项 栏目""".split(),
)
_ABOVE = "市政府 县政府 省政府 区级 市级 县级 全县 重要 重大 一周 基层 各类 其他 本级 今日".split()
FIELDS = """医疗卫生 公共卫生 疾病防控 教育 义务教育 学前教育 就业创业 社会保障 社会救助 养老服务 住房保障 征地补偿
    食品安全 药品监管 安全生产 生态环境 环境保护 水利建设 交通出行 城市管理 公共文化 旅游 财政预决算 政府采购
    公共资源交易 重大项目 行政执法 优化营商环境 乡村振兴 脱贫攻坚 惠农补贴 市场监管 医保服务 户籍管理 退役军人优抚
    应急救援 防灾减灾 国土空间规划 农村危房改造 基层治理 法律援助 科技创新""".split()
_BRANDS = "发布 微讯 在线 融媒 之声 头条 资讯 视窗 微政务 微信息 e家 掌上 直通车 先锋 播报".split()
_STATIONS = "日报 晚报 电视台 广播电台 都市报 新闻网 融媒体中心 时报 商报".split()
_CHINESE = "〇一二三四五六七八九"
_REGIONS = "广西 广西壮族自治区 内蒙古自治区 宁夏 新疆 西藏自治区 北京市 上海市 天津市 重庆市".split()
_ABBREVIATED = {
    "卫生健康局": "卫健局", "卫生健康委员会": "卫健委", "市场监督管理局": "市监局", "医疗保障局": "医保局",
    "自然资源局": "资源局", "退役军人事务局": "退役局", "应急管理局": "应急局", "人力资源和社会保障局": "人社局",
}  # fmt: skip
_YEARS = (2019, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024, 2024, 2025)


@dataclass(frozen=True)
class Agency:
    """One invented agency and its year; every word a report says about itself is drawn from here."""

    place: str  # 县级或更高的地名, 清河县
    above: str  # 上级地名, 安州市
    name: str  # full name, 清河县卫生健康局
    short: tuple[str, ...]  # how it calls itself
    year: int

    @cached_property
    def stem(self) -> str:
        return self.place.rstrip("省市县区镇乡旗").removesuffix("自治")[:3] or self.place


def place_stem(rng: Random) -> str:
    """A place's name without its rank; half of them hold any common character, as real names do."""
    if rng.random() < 0.05:
        return rng.choice(_VERBS) + rng.choice(_FIRST) + rng.choice(["", rng.choice(_SECOND)])
    if rng.random() < 0.5:
        return rng.choice(_FIRST) + rng.choice(_SECOND)
    codes = (bytes([rng.randrange(0xB0, 0xD7), rng.randrange(0xA1, 0xFF)]) for _ in range(rng.choice([1, 2, 2, 2, 3])))
    return "".join(code.decode("gb2312") for code in codes)


def invent(rng: Random) -> Agency:
    """An agency: a bureau, a government, a town, a street office or a ministry-like body."""
    county = place_stem(rng) + rng.choice(["县", "区", "市", "县", "区"] * 4 + ["旗", rng.choice(_PEOPLES) + "自治县"])
    city = place_stem(rng) + rng.choice(["市", "市", "市", "州", "盟"])
    province = rng.choice([*(name + "省" for name in _PROVINCES), *_REGIONS])
    year = rng.choice(_YEARS) if rng.random() < 0.93 else rng.randint(2008, 2018)
    kind = rng.random()
    if kind < 0.49:
        return _bureau(county, city, province, year, rng)
    if kind < 0.62:
        return _other_body(county, city, year, rng)
    if kind < 0.80:
        return _town(county, city, year, rng)
    if kind < 0.83:
        ministry = "国家" + rng.choice(_BUREAUS) + rng.choice(["委员会", "委", "局", "总局"])
        return Agency("国家", "北京市", ministry, _ways(rng, "我委 我局 本机关 委机关", "", "全国"), year)
    if kind < 0.95:
        zone = place_stem(rng) + rng.choice("高新技术产业开发区 经济开发区 综合实验区 新区 风景区".split())
        place = rng.choice([county, city, county, zone])
        name = place + rng.choice([*_WHOLE[:7], "人民政府", "人民政府", ""])
        return Agency(place, province, name, _ways(rng, "我县 我市 我区 全县 全市 全区", "", place), year)
    place = rng.choice([county, city])
    name = place + rng.choice(_WHOLE[7:])
    return Agency(place, province, name, _ways(rng, "我局 我单位 本机关", "", place), year)


def _bureau(county: str, city: str, province: str, year: int, rng: Random) -> Agency:
    place = rng.choice([county, county, county, city, city, province])
    bureau = rng.choice(_BUREAUS) + rng.choice(["局"] * 8 + ["委员会", "委", "委", "厅", "办公室"])
    bureau = rng.choice([bureau] * 5 + [_ABBREVIATED.get(bureau, bureau)])
    prefix = city if place is county and rng.random() < 0.3 else ""
    return Agency(place, city, prefix + place + bureau, _ways(rng, "我局 局机关 本局 我单位", bureau, place), year)


def _other_body(county: str, city: str, year: int, rng: Random) -> Agency:
    """What reports too and is no bureau of its place: branches of the state, schools, hospitals, companies."""
    place, stem = rng.choice([county, city]), place_stem(rng)
    name, plain = rng.choice([
        (f"国家税务总局{place}税务局", "我局 本局 税务局"),
        (f"国家税务总局{city}{stem}区税务局", "我局 本局 全区税务系统"),
        (f"中华人民共和国{stem}海关", "我关 本关 海关"),
        (f"{city}公安局{stem}分局", "分局 我分局 本局"),
        (f"{city}自然资源和规划局{stem}分局", "分局 我局"),
        (f"{place}{rng.choice(['发展和改革', '卫生健康', '住房和城乡建设'])}委员会（{place}{stem}局）", "我委 委机关"),
        (f"{stem}{rng.choice(['大学', '学院', '职业技术学院', '师范大学'])}", "我校 学校 我院 本校"),
        (f"{place}{rng.choice(['第一中学', '实验小学', '教师进修学校'])}", "我校 学校"),
        (f"{place}{rng.choice(['人民医院', '第一人民医院', '中医医院', '疾病预防控制中心'])}", "我院 医院 本中心"),
        (f"{place}{rng.choice(['水务', '城市建设投资', '公共交通', '燃气'])}集团有限公司", "我公司 公司 集团公司 我司"),
        (f"中共{place}{rng.choice(_PARTY)}", "我部 我办 本单位 我单位"),
        (f"{rng.choice(_CENTRAL).format(place)}", "我局 本局 本机关 我单位"),
        (f"{place}{rng.choice(_BRANCHED)}局{stem}{rng.choice(['分局', '监管所', '派出所'])}", "我局 我所 分局"),
        (f"{place}{rng.choice(_OFFICES)}", "我办 本机关 我单位 本院 支队"),
        (_two_offices(place, rng), "我局 本局 我办"),
        (f"{place}{rng.choice(_CENTRES)}", "本中心 中心 我中心 我单位"),
        (f"{place}人民政府驻{stem}办事处", "我办 办事处 本单位"),
        (f"{place}{rng.choice(_BUREAUS)}局（{place}{rng.choice(_BUREAUS)}局）", "我局 本局 局机关"),
    ])  # fmt: skip
    return Agency(place, city, name, _ways(rng, plain, "", place), year)


def _two_offices(place: str, rng: Random) -> str:
    """Two names of one office, as doors show them: 清河县档案局（地方志办公室）, 清河县委编办·清河县编制中心."""
    first = place + rng.choice(_BUREAUS) + rng.choice(["局", "局", "委员会", "委"])
    second = rng.choice([rng.choice(_BUREAUS) + "局", *_CENTRES[:6], *_OFFICES[:12]])
    joined = rng.choice(["{}（{}）", "{}({})", "{}、{}", "{}·{}", "{}（挂{}牌子）", "{}（{}）"])
    return joined.format(first, rng.choice(["", place]) + second)


def _town(county: str, city: str, year: int, rng: Random) -> Agency:
    town = place_stem(rng) + rng.choice(["镇", "乡", "街道", "镇"])
    street = town.endswith("街道")
    tail = rng.choice(["办事处", "办事处", "", "办"] if street else ["人民政府"] * 4 + ["", "", "政府", "政府办公室"])
    prefix = rng.choice(["", county, city + county])
    return Agency(town, county, prefix + town + tail, _ways(rng, "我镇 街道 镇政府 我乡", "", town), year)


def _ways(rng: Random, plain: str, bureau: str, place: str) -> tuple[str, ...]:
    """How an agency calls itself; `plain` are words parted by blanks, `bureau` is empty where it is no bureau."""
    level = place[-1] if place[-1] in "县区市省" else ""
    short = level + _ABBREVIATED[bureau] if bureau in _ABBREVIATED else place + bureau
    named = [level + bureau, short, place + bureau] if bureau else []
    return (*plain.split(), *named, *(["各单位", "我办", "本机关"] if rng.random() < 0.3 else []))


class Words:
    """Draws the words of one report. `slot(name)` is the text of a pattern's `{name}`; unknown names raise KeyError."""

    def __init__(self, agency: Agency, rng: Random, fake: Faker):
        self.agency, self.rng, self.fake = agency, rng, fake

    def slot(self, name: str) -> str:
        return getattr(self, _SLOTS[name])()

    def one_of(self, words: str) -> str:
        """One of several words parted by blanks."""
        return self.rng.choice(words.split())

    # ---- the agency and its year

    def us(self):
        return self.rng.choice(self.agency.short)

    def full(self):
        return self.agency.name

    def place(self):
        return self.agency.place

    def elsewhere(self):
        """Another place, whose name no model can learn by heart."""
        return place_stem(self.rng) + self.rng.choice("县 市 区 省 州".split())

    def level(self):
        tail = self.agency.place[-1]
        return tail if tail in "省市县区" else self.rng.choice("县市区")

    def year_word(self):
        y = self.agency.year
        return self.rng.choice([f"{y}年"] * 15 + [f"{y}年度"] * 3 + [f"{y} 年", f"{y} 年度"])

    def plain_year(self):
        return str(self.agency.year)

    def whole_year(self):
        y = self.agency.year
        return self.rng.choice((
            "全年", "本年度", "全年", f"{y}年", f"{y}年度", f"{y}年,", "今年以来", "一年来", f"截至{y}年12月31日,",
            f"截至{y}年底,", f"{y}年全年", f"{y} 年", f"{y}年1月1日至12月31日,", "年内", "本年", "截至目前,",
        ))  # fmt: skip

    def last_year(self):
        y = self.agency.year - 1
        return self.one_of(f"{y}年 上年 上年度 去年 {y}年度")

    def two_years_ago(self):
        return f"{self.agency.year - 2}年"

    def three_years_ago(self):
        return f"{self.agency.year - 3}年"

    def four_years_ago(self):
        return f"{self.agency.year - 4}年"

    def next_year(self):
        y = self.agency.year + 1
        return self.one_of(f"{y}年 下年度 下一年度 {y}年度")

    # ---- publishing

    def publish(self):
        return self.one_of("""公开 主动公开 发布 公示 公布 更新 发布 公开 推送 上传 刊发 对外公开 公开发布 主动发布
            发布更新 录入 推出""")

    def altogether(self):
        return self.rng.choice(["共", "共计", "累计", "合计", "总计", "", "共", "", "累计共", "总共", "一共", "已"])

    def information(self):
        return self.one_of("""信息 政府信息 政务信息 各类信息 各类政务信息 各类政府信息 信息公开 公开信息 工作信息
            相关信息 各类公开信息 信息数量 文件信息 动态信息 政务公开信息 各项信息""")

    def category(self):
        word = self.rng.choice(CATEGORIES)
        if self.rng.random() < 0.06:
            word = self.rng.choice([*_ABOVE, self.field(), self.field() + "领域"]) + word
        return word + self.rng.choice(_TAILS) if word[-1] not in "类息他" else word

    def joint_category(self):
        """A name of several nouns: 机构设置、领导分工和工作总结等信息."""
        first, second, third = self.rng.sample(CATEGORIES, 3)
        named = self.one_of(
            f"{first}、{second}和{third} {first}及{second} {first}和{second} {first}、{second} {first}与{second}"
        )
        return named + self.rng.choice(["", "", "信息", "类信息", "等信息", "情况", "等情况", "等各类信息", "办理结果"])

    def field(self):
        return self.rng.choice(FIELDS)

    # ---- channels

    def site(self):
        place, level, stem = self.agency.place, self.level(), self.agency.stem
        return self.one_of(f"""{level}政府门户网站 {level}人民政府网站 {place}人民政府网站 {place}政府网 {level}政府网站
            门户网站 政府网站 政府门户网站 {place}门户网站 “{stem}政务网” 官方网站 部门网站 局网站 委网站 局门户网站
            政府信息公开专栏 政府信息公开平台 {level}政府信息公开网 政务公开平台 政府信息公开系统 “中国{stem}”门户网站
            {place}信息公开平台 本单位网站 信息公开网 网站 政务公开专栏 {place}政府信息公开目录系统 官网
            {self.agency.name}官网 数字{stem}网站 {stem}政务服务网 公共服务平台网站 信用平台 信用中国（{stem}）网站
            {place}公众信息网 {stem}公务网 {stem}之窗 {stem}在线 {place}人民政府公众信息网 门户网站部门频道
            {level}信息网 {self.agency.name}网站 {place}人民政府网站{self.us()}频道 行政执法公示平台 门户网站公示栏""")

    def wechat(self):
        stem, brand = self.agency.stem, self.rng.choice(_BRANDS)
        return self.one_of(f"""“{stem}{brand}”微信公众号 微信公众号 微信公众平台 官方微信公众号
            微信公众号“{brand}{stem}” 政务微信 官方微信 “健康{stem}”微信公众号 “{stem}{brand}”公众号 局微信公众号
            公众号 微信 微信订阅号 微信服务号 “{stem}{brand}”微信平台 微信官方公众号 {stem}{brand}公众号
            微信公众号“{self.agency.name}” 微信公众号（{stem}{brand}） “{self.agency.name}”微信公众号
            微信公众号（{self.agency.place}） {stem}{brand}（微信公众号） 公众号“{self.agency.name}”
            微信公众号“{stem}”""")

    def weibo(self):
        stem, brand = self.agency.stem, self.rng.choice(_BRANDS)
        return self.one_of(f"""“{stem}{brand}”微博 微博 官方微博 新浪微博 政务微博 微博“{stem}{brand}”
            “{stem}{brand}”官方微博 腾讯微博 微博工作号 “{self.agency.name}”微博 微博账号 {stem}{brand}微博号""")

    def video(self):
        stem, brand = self.agency.stem, self.rng.choice(_BRANDS)
        return self.one_of(f"""抖音 抖音号 微信视频号 视频号 “{stem}{brand}”抖音号 快手号 政务抖音
            “{stem}{brand}”视频号 抖音平台 短视频平台 官方抖音号 抖音公众号 抖音号、视频号 抖音、快手等短视频平台""")

    def client(self):
        stem = self.agency.stem
        return self.one_of(f"“爱{stem}”APP 移动客户端 手机APP “{stem}通”客户端 APP 政务客户端 “掌上{stem}”APP")

    def press(self):
        stem, station = self.agency.stem, self.rng.choice(_STATIONS)
        return self.one_of(f"""《{stem}{station}》 {stem}{station} 报刊 电视台 广播电视 主流媒体 省级以上媒体 新闻媒体
            {stem}电视台 人民网 新华网 学习强国 《人民日报》 市级媒体 报纸、电视等媒体 国家级媒体 各级媒体""")

    def new_media(self):
        return self.one_of("""政务新媒体 “两微一端” 新媒体平台 两微平台 微信、微博 微博、微信公众号
            微信公众号、抖音号等新媒体 今日头条号 头条号 政务新媒体平台 新媒体 微信微博 微信公众号和微博 两微一端
            公众号、视频号等平台 今日头条公众号 微博、抖音、视频号 微信公众号、视频号、抖音号 南方号 百家号 企鹅号
            微信公众号、微博和今日头条 融媒体号""")

    def hotline(self):
        place, level = self.agency.place, self.level()
        return self.one_of(f"""12345热线 12345政务服务便民热线 12345政务服务热线 {level}长热线 市长热线 政务服务热线
            12345平台 “12345”热线 {place}12345热线 便民服务热线 县长热线 12345市民服务热线 热线电话""")

    def mailbox(self):
        level = self.level()
        return self.one_of(f"""{level}长信箱 局长信箱 领导信箱 书记信箱 主任信箱 县长信箱 市长信箱 厅长信箱
            {level}委书记信箱 区长信箱 网上信箱 镇长信箱 民生信箱""")

    def message(self):
        return self.one_of("""网民留言 在线咨询 网上留言 互动留言 人民网领导留言板 网站留言 网友留言 咨询留言
            互动交流栏目 群众留言 领导留言板 网上咨询 公众留言 网络问政平台""")

    def petition(self):
        return self.one_of("信访 网上信访 来信来访 信访件 信访平台 群众来访 群众信访 信访系统")

    # ---- figures that are no facts

    def whole(self):
        draw = self.rng.randint
        return self._as_counted(self.rng.choice([draw(1, 99), draw(100, 9999), draw(1, 9), draw(0, 3)]))

    def small(self):
        return str(self.rng.randint(1, 20))

    def large(self):
        return self._as_counted(self.rng.randint(1000, self.rng.choice([9999, 99_999, 9_999_999])))

    def _as_counted(self, number: int) -> str:
        """In every shape that a fact's number has too, so that the shape tells nothing."""
        shape = self.rng.random()
        if number >= 1000 and shape < 0.25:
            return f"{number:,}"
        if number >= 20 and shape < 0.32:
            return f"{number // 10 * 10}{self.rng.choice('余多')}"
        return f"{number} " if shape > 0.95 else str(number)

    def decimal(self):
        return f"{self.rng.uniform(0.1, 999):.{self.rng.randint(1, 3)}f}"

    def percent(self):
        share = f"{self.rng.uniform(1, 100):.{self.rng.randint(0, 2)}f}%"
        return self.rng.choice([share, "100%", f"{self.rng.randint(80, 100)}%"])

    def ten_thousands(self):
        short, whole = f"{self.rng.uniform(1, 300):.1f}", self.rng.randint(1, 900)
        return f"{self.rng.choice([short, whole, f'{self.rng.uniform(1, 90):.2f}'])}万"

    def document(self):
        organ = self.agency.stem[0] + self.one_of("政办发 卫健发 教发 府办 财发 医保发 民发 政发 委办 公开办")
        return f"{organ}〔{self.agency.year - self.rng.randint(0, 2)}〕{self.rng.randint(1, 240)}号"

    # ---- dates

    def date(self):
        year = self.agency.year + self.rng.choice([0, 0, 0, 0, 1, 1, -1])
        y, m, d = self.issued() if self.rng.random() < 0.2 else self._day(year, range(1, 13))
        return self.rng.choice([f"{y}年{m}月{d}日"] * 5 + [f"{y}-{m:02d}-{d:02d}"])

    def month_day(self):
        _, m, d = self._day(self.agency.year, range(1, 13))
        return f"{m}月{d}日"

    def issued(self):
        """Year, month and day on which the report came out: nearly always in the first months of the next year."""
        return self._day(self.agency.year + 1, [1, 1, 1, 1, 1, 2, 2, 3] if self.rng.random() < 0.92 else range(4, 13))

    def _day(self, year: int, months) -> tuple[int, int, int]:
        month = self.rng.choice(months)
        return year, month, self.rng.randint(1, monthrange(year, month)[1])

    def published(self):
        y, m, d = self.issued()
        full = f"{y}-{m:02d}-{d:02d} {y}年{m:02d}月{d:02d}日"
        return self.one_of(f"{y}年{m}月{d}日 {full} {y}/{m}/{d} {y}.{m}.{d} {y}-{m}-{d}")

    def signed(self):
        y, m, d = self.issued()
        plain, chinese = f"{y}年{m}月{d}日", _in_chinese(y, m, d)
        ciphers = chinese.replace("〇", self.rng.choice("○〇零O"))
        rare = self.rng.choice(
            [f"{y}.{m}.{d}", f"{y}.{m:02d}.{d:02d}", f"{y}-{m}-{d}", f"{y}/{m}/{d}", f"{y}年{m}月 {d}日"]
        )
        usual = [f"{y}年{m:02d}月{d:02d}日", f"{y} 年 {m} 月 {d} 日", ciphers, rare]
        return self.rng.choice([plain] * 6 + usual)

    def period(self):
        y = self.agency.year
        return self.rng.choice((
            f"{y}年1月1日至{y}年12月31日", f"{y}年1月1日至12月31日", f"{y}年1月1日起至{y}年12月31日",
            f"{y}年1月1日起至12月31日", f"{y}年1月1日—12月31日", f"{y}年1月1日到12月31日",
            f"{y}年1月1日起,至{y}年12月31日", f"{y} 年 1 月 1 日至 {y} 年 12 月 31 日", f"{y}年1月1日至{y}年12月31日",
            f"{y}年1月1日-{y}年12月31日", f"{y}年01月01日至{y}年12月31日", f"{y}.1.1至{y}.12.31", f"{y}年1-12月",
        ))  # fmt: skip

    # ---- contact

    def side(self):
        return self.rng.choice("东西南北")

    def address(self):
        draw = self.rng.randint
        road = self.rng.choice([self.fake.street_name(), self.stem() + self.one_of("路 大道 街 东路 北街 中路 大街")])
        number = self.rng.choice([f"{draw(1, 999)}号", f"{draw(1, 99)}号院", f"{draw(1, 400)}号附{draw(1, 9)}号", ""])
        floor = self.rng.choice((
            "", "", "", f"{draw(1, 20)}楼", f"{self.rng.choice('ABC')}座{draw(101, 2050)}室",
            f"行政中心{draw(1, 9)}号楼", f"{self.stem()}大厦{draw(2, 30)}层", f"政府大院{draw(1, 5)}楼",
            f"市民中心{self.rng.choice('东西南北')}楼{draw(100, 900)}", f",{self.stem()}局办公大楼{draw(1, 9)}楼",
            f"{self.stem()}大厦{draw(101, 2999)}", f"{self.stem()}大厦{draw(2, 9)}楼{draw(201, 909)}办公室",
            f"{self.one_of('东 西 主 副 配')}楼{self.one_of('一 二 三 四 五 六')}层", f"（{self.stem()}大厦对面）",
            f"（原{self.stem()}{self.one_of('中学 小学 招待所 法院')}院内）", f"（{self.stem()}广场{self.side()}侧）",
            f"行政中心{self.one_of('A B C')}区{draw(1, 9)}层{draw(101, 929)}", f"{draw(2, 5)}楼党政办公室",
            f"{draw(2, 9)}号楼{draw(2, 9)}层{draw(201, 7999)}办公室{self.one_of('（一） （二） （东） （西侧）')}",
            self.agency.name, f"{self.agency.name}办公室", f"，{self.stem()}局大院{draw(1, 9)}号楼{draw(1, 6)}层",
        ))  # fmt: skip
        start = self.rng.choice([self.agency.place, self.agency.above + self.agency.place, "", self.agency.place])
        tail = self.rng.choice((
            road + number + floor, road + number, f"{self.stem()}路与{self.stem()}路交叉口",
            f"{self.stem()}镇{self.stem()}村", f"{self.stem()}新区{road}{number}",
            f"{road}与{self.stem()}路交叉口向{self.side()}{draw(1, 9)}00米路{self.side()}",
            f"{self.agency.name}办公楼", road + number + self.one_of("院内 内 旁 对面 大院内 政府院内"),
            f"{self.stem()}局{draw(1, 9)}楼{draw(101, 929)}", f"{self.stem()}{self.one_of('现场 建设 临时')}指挥部",
            f"{self.agency.name}驻地{road}{number}",
            f"{road}{number}{self.stem()}楼{draw(1, 9)}楼{draw(101, 929)}",
        ))  # fmt: skip
        if self.rng.random() < 0.04:
            return self.agency.name
        return start + tail if len(start + tail) > 5 else self.agency.place + road + "1号"

    def link(self):
        """An address on the web that is no contact: the page's own, a file's, a folder's."""
        path = "/".join(self.rng.choice(_SYLLABLES) for _ in range(self.rng.randint(2, 6)))
        name = f"t{self.rng.randint(20190101, 20251231)}_{self.rng.randint(1000, 9999999)}"
        whole = f"https://www.{self.rng.choice(_SYLLABLES)}{self.rng.choice(_SYLLABLES)}.gov.cn/{path}/{name}.htm"
        table = f"{self.rng.choice(_SYLLABLES)}.tsv"
        return self.rng.choice([whole, whole + "l", f"{path}/{name}", f"{name}.pdf", table])

    def stem(self):
        return place_stem(self.rng)

    def postal(self):
        return f"{self.rng.randint(10000, 859999):06d}"

    def phone(self):
        draw = self.rng.randint
        area = self.rng.choice(["010", "021", "023", "027", "028", f"0{draw(310, 999)}"])
        number = f"{draw(2_000_000, 89_999_999)}"
        usual = area + self.rng.choice(["-"] * 6 + ["—", "－", " ", "", "--"]) + number
        mobile = f"1{draw(30, 99)}{draw(10_000_000, 99_999_999)}"
        extended = f"{usual}{self.rng.choice(['-', '-', '转', '－', ' 转 '])}{draw(801, 8999)}"
        return self.rng.choice([usual] * 9 + [number, f"（{area}）{number}", mobile, extended])

    def email(self):
        syllables = "".join(self.rng.choice(_SYLLABLES) for _ in range(self.rng.randint(1, 3)))
        user = self.rng.choice([syllables, self.fake.user_name()])
        digits = self.rng.choice(["", str(self.rng.randint(1, 99999999))])
        joined = f"{user}{self.rng.choice(['', '', '_', '.'])}{digits}@{self.rng.choice(_MAIL)}"
        return joined.replace("_@", "@").replace(".@", "@")

    def website(self):
        host = "".join(self.rng.choice(_SYLLABLES) for _ in range(self.rng.randint(1, 3)))
        host = f"{host}.{self.rng.choice(_DOMAINS)}"
        draw = self.rng.randint
        number = draw(1000, self.rng.choice([99999, 1_999_999_999]))
        page, column = f"/zfxxgk/{draw(1, 999)}.html", f"/col/col{number}/index.html"
        article = f"/art/{draw(2016, 2025)}/{draw(1, 12)}/{draw(1, 28)}/art_{number}_{draw(100000, 9999999)}.html"
        folder = f"/{self.one_of('openness publicity showList OpenData')}/{self.one_of('list show nb')}"
        listed = f"{folder}/{draw(1, 999)}/page_{draw(0, 9)}.html"
        query = f"/{self.one_of('index channel list')}.{self.one_of('jsp aspx php')}?id={self.rng.randint(1, 99999)}"
        asked = f"{query}&{self.one_of('type=2 lm=nb dw=12')}&{self.one_of('page=1 year=2023')}"
        path = self.rng.choice(["", "", "", "/", "/zwgk/", page, "/xxgk/nb/", column, query, asked, article, listed])
        return self.rng.choice(["http://www.", "www.", "https://www.", "http://", "www.", ""]) + host + path


def _in_chinese(year: int, month: int, day: int) -> str:
    """二〇二三年一月十八日."""
    words = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
    tens = (
        words[day - 1]
        if day < 11
        else ("", "十", "二十", "三十")[day // 10] + (words[day % 10 - 1] if day % 10 else "")
    )
    return f"{''.join(_CHINESE[int(c)] for c in str(year))}年{words[month - 1]}月{tens}日"


_SLOTS = {
    "网站": "site", "公众号": "wechat", "微博": "weibo", "视频号": "video", "客户端": "client", "报刊": "press",
    "新媒体": "new_media", "热线": "hotline", "信箱": "mailbox", "留言": "message", "信访": "petition", "我局": "us",
    "机关": "full", "地": "place", "他地": "elsewhere",
    "年": "year_word", "全年": "whole_year", "上年": "last_year", "下年": "next_year",
    "年-2": "two_years_ago", "年-3": "three_years_ago", "年-4": "four_years_ago",
    "公开": "publish", "共": "altogether", "信息": "information", "类": "category", "领域": "field", "n": "whole",
    "n1": "small", "n4": "large", "n.": "decimal", "link": "link", "%": "percent", "万": "ten_thousands",
    "文号": "document",
    "日期": "date", "月日": "month_day", "address": "address", "postal_code": "postal", "phone": "phone",
    "fax": "phone", "phone_fax": "phone", "email": "email", "website": "website", "agency": "full", "period": "period",
    "published_on": "published", "signed": "signed", "year": "plain_year",
}  # fmt: skip
