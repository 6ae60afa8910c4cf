//! What the lines around an article say, in the form that text is folded to: Simplified, half-width, upper-case.
//!
//! None of these decides alone: where a line stands, how long it is and whether it is a sentence count as much.

/// Cues that a line may hold.
pub(super) struct Cues {
    pub(super) cues: &'static [&'static str],
    /// The bits of their first characters.
    firsts: &'static [u16],
}

impl Cues {
    /// The cues, each with the bit of its first character.
    pub(super) fn with_bits(&self) -> impl Iterator<Item = (&'static str, u16)> {
        self.cues.iter().copied().zip(self.firsts.iter().copied())
    }
}

macro_rules! cues {
    ($($cue:literal),+ $(,)?) => {
        Cues { cues: &[$($cue),+], firsts: &[$(first_bit($cue)),+] }
    };
}

/// Which of 1,024 bits stands for a character.
pub(super) const fn bit_of(c: u32) -> u16 {
    ((c ^ c >> 7) & 1023) as u16
}

const fn first_bit(cue: &str) -> u16 {
    bit_of(match *cue.as_bytes() {
        [a @ ..0x80, ..] => a as u32,
        [a @ ..0xE0, b, ..] => (a as u32 & 0x1F) << 6 | b as u32 & 0x3F,
        [a, b, c, ..] => (a as u32 & 0xF) << 12 | (b as u32 & 0x3F) << 6 | c as u32 & 0x3F,
        _ => 0,
    })
}

/// Cues that a line may begin with.
pub(super) struct Beginnings {
    pub(super) cues: &'static [&'static str],
    /// A bit for each second and third byte that one of them begins with, so that nearly no line is compared with them: the
    /// first byte tells them less apart.
    bytes: [u64; 64],
}

impl Beginnings {
    const fn new(cues: &'static [&'static str]) -> Beginnings {
        let mut bytes = [0; 64];
        let mut at = 0;
        while at < cues.len() {
            let cue = cues[at].as_bytes();
            assert!(cue.len() >= 3, "a line is told by three bytes");
            bytes[(cue[1] & 63) as usize] |= 1 << (cue[2] & 63);
            at += 1;
        }
        Beginnings { cues, bytes }
    }

    /// Whether one of them may begin with these bytes.
    #[inline]
    pub(super) fn may_begin(&self, second: u8, third: u8) -> bool {
        self.bytes[usize::from(second & 63)] >> (third & 63) & 1 != 0
    }
}

/// The title that a page had elsewhere.
pub(super) static TITLES: Beginnings = Beginnings::new(&["原标题", "原题", "原文标题"]);

/// Who made a page, in front of a colon, a bar, a slash or a space. These are in no running text, and count between
/// paragraphs as well.
pub(super) static SURE_CREDITS: Beginnings = Beginnings::new(&[
    "责任编辑", "责编", "值班编辑", "执行编辑", "网络编辑", "新媒体编辑", "本期编辑", "本文编辑", "责任校对",
    "值班主编", "值班编委", "图片来源", "图源", "题图", "封面图", "封面来源", "原标题", "原文标题", "原题",
    "微信编辑", "流程编辑", "视觉编辑", "运营编辑", "实习编辑", "版面编辑",
]);

/// The same, but lines of announcements and credits, too.
pub(super) static CREDITS: Beginnings = Beginnings::new(&[
    "文字编辑", "图文编辑", "美术编辑", "审核编辑", "编辑", "校对", "审校", "编审", "排版", "美编", "终审", "二审",
    "三审", "初审", "复审", "统稿", "制作", "监制", "出品", "签发", "审核",
]);

/// The same, but found in running text, too.
pub(super) static BYLINES: Beginnings = Beginnings::new(&[
    "来源", "文章来源", "本文来源", "信息来源", "稿件来源", "稿源", "新闻来源", "转自", "转载自", "来自", "作者",
    "文章作者", "撰文", "记者", "本报记者", "实习记者", "见习记者", "特约记者", "通讯员", "文", "图", "文图", "图文",
    "摄影", "摄", "供图", "主编", "主笔", "策划", "统筹", "编译", "翻译", "译者", "供稿", "投稿", "发布", "发布者",
    "发布人", "发布于", "发布时间", "发表时间", "发稿时间", "更新时间", "更新于", "最后更新", "录入", "录入时间",
    "浏览", "浏览量", "浏览次数", "阅读", "阅读量", "阅读次数", "阅读数", "点击", "点击量", "点击数", "点击次数",
    "访问量", "人气", "字号", "字体", "字体大小", "分享到", "分享至", "标签", "本文标签", "TAG", "TAGS", "责任",
    "栏目", "所属栏目", "出版", "更新", "关键字", "个人分类", "本文链接", "索引号", "发布机构", "报料热线",
    "咨询热线", "医院地址",
]);

/// What rules out: in front of a colon, or at the beginning.
pub(super) static NOTICES: Beginnings = Beginnings::new(&[
    "声明", "免责声明", "版权声明", "特别声明", "郑重声明", "本站声明", "本网声明", "转载声明", "风险提示",
    "法律声明", "免责条款", "版权与免责声明", "重要提示", "温馨提示", "原创声明", "侵权声明", "投稿声明",
]);

/// Those of them that are the heading of nothing else.
pub(super) const SURE_NOTICES: &[&str] = &[
    "免责声明", "版权声明", "特别声明", "本站声明", "本网声明", "转载声明", "免责条款", "版权与免责声明", "侵权声明",
    "法律声明",
];

/// What only a site says, of what it has not written, or to its readers.
pub(super) static PHRASES: Cues = cues![
    "平台声明", "仅代表作者本人", "信息发布平台", "信息存储空间服务", "信息存储服务", "自媒体平台",
    "您访问的链接即将离开", "请点击在线咨询", "留言系统使用者", "使用COOKIE", "同意我们使用", "只代表网友观点",
    "网友观点,不代表", "与本站立场无关", "不代表本站", "不代表本网", "不代表本平台", "不代表本报", "隐私权规范",
    "版权所有,不得转载", "未经授权不得转载", "未经许可不得转载", "版权所有,未经", "请作者喝杯", "不得用于商业用途",
    "LINE好友", "订阅电子报", "炒股就看", "THE CONTENT ABOVE", "隐私权", "海量资讯", "为您解答",
    "评论内容只代表", "经授权转载", "如有侵权请联系", "请注明出处", "浏览体验", "需要登录后才", "登录后才能",
    "最后由", "PROCESSED IN", "POSTED @", "片面修改", "粉丝福利",
];

/// What a disclaimer is about.
pub(super) static DISCLAIMERS: Cues = cues![
    "仅供参考", "不构成", "投资建议", "不代表", "不表明", "立场", "风险自担", "风险自负", "后果自负", "自负盈亏",
    "据此操作", "免责", "侵权", "转载", "版权", "未经授权", "未经许可", "著作权", "注明出处", "注明来源", "真实性",
    "准确性", "完整性", "不承担", "概不负责", "不作任何保证", "个人观点", "个人看法", "作者本人", "请联系",
    "联系我们", "及时删除", "予以删除", "立即删除", "谨慎决策", "入市有风险", "投资需谨慎", "理财有风险", "内容真实",
    "法律责任", "最终解释权", "如有异议", "如涉及", "来源于网络", "来自网络", "源自网络",
];

/// Whom a disclaimer speaks of: the page itself.
pub(super) static SELVES: Cues = cues![
    "本文", "本站", "本网", "本报", "本平台", "本公众号", "本号", "本刊", "本社", "本栏目", "本APP", "本稿",
    "网友评论", "文章内容", "文章提及", "以上内容", "凡注明", "凡本", "该文", "此文", "稿件来源", "原作者", "我们将",
    "我们会", "用户发布", "用户上传",
];

/// What a reader is asked to do.
pub(super) static ASKS: Cues = cues![
    "下载", "打开", "扫码", "扫一扫", "扫描", "扫下", "长按", "识别", "关注", "点击", "点这里", "戳", "添加", "订阅",
    "回复", "转发", "点赞", "收藏", "分享", "安装", "微信搜", "搜索", "加入", "进入", "查看", "登录", "更多", "欢迎",
    "投稿", "爆料", "快来", "敬请", "持续", "立即", "马上", "免费领",
];
pub(super) static ASKS_FIRST: Beginnings = Beginnings::new(ASKS.cues);

/// With what, or where.
pub(super) static MEANS: Cues = cues![
    "APP", "客户端", "公众号", "公众平台", "二维码", "小程序", "微信", "微博", "视频号", "抖音", "快手", "小红书",
    "头条号", "百家号", "交流群", "读者群", "QQ群", "粉丝群", "朋友圈", "阅读原文", "原文链接", "蓝字", "下方",
    "上方", "右上角", "左下角", "右下角", "下图", "链接", "应用商店", "星标", "在看", "全文", "最新资讯", "第一时间",
    "股市动态", "更多精彩", "精彩内容", "红包", "福利", "资讯", "关注我们", "电子报", "粉丝团",
];

/// Buttons, links and headings that stand in lines of their own.
pub(super) const BUTTONS: &[&str] = &[
    "评论", "网友评论", "全部评论", "最新评论", "热门评论", "精彩评论", "精选评论", "发表评论", "我要评论", "写评论",
    "我来说两句", "我要说两句", "说两句", "评论区", "参与评论", "相关评论", "查看评论", "暂无评论", "还没有评论",
    "登录后可以发言", "登录后发表评论", "登录后评论", "请登录后评论", "请先登录", "请登录", "登录", "注册",
    "登录注册", "立即登录", "免费注册", "退出", "发送", "发布", "发表", "提交", "取消", "确定", "回复", "举报",
    "点赞", "赞", "踩", "收藏", "分享", "转发", "打赏", "赞赏", "打印", "打印本页", "打印本文", "关闭", "关闭窗口",
    "关闭本页", "返回", "返回顶部", "回到顶部", "返回首页", "返回列表", "顶部", "首页", "网站首页", "主页", "加载中",
    "加载更多", "点击加载更多", "查看更多", "更多", "更多内容", "查看全部", "展开", "展开全文", "点击展开",
    "点击展开全文", "展开阅读全文", "阅读全文", "查看全文", "收起", "换一换", "换一批", "刷新", "分享到", "分享至",
    "分享到微信", "分享到微博", "微信扫一扫", "扫一扫", "扫码阅读", "手机看", "手机阅读", "用手机看", "听新闻",
    "语音播报", "字号", "大中小", "大 中 小", "小 中 大", "A- A+", "A+ A-", "上一页", "下一页", "末页", "尾页",
    "上一篇", "下一篇", "上一条", "下一条", "没有了", "广告", "广告位", "推广", "赞助", "复制链接", "复制", "微信",
    "微博", "QQ空间", "朋友圈", "收藏本文", "加入收藏", "设为首页", "投诉", "纠错", "我要纠错", "反馈", "意见反馈",
    "订阅", "关注", "已关注", "+关注", "关注我们", "搜索", "导航", "网站地图", "回顶部", "正文", "原文链接",
    "阅读原文", "责任编辑", "继续阅读", "END", "THE END", "-END-", "—END—", "阅读下一篇",
    "缩小字体", "放大字体", "无障碍浏览", "无障碍阅读", "长者助手", "只看该作者", "倒序浏览", "使用道具", "下载附件",
    "发新帖", "好文要顶", "刷新评论", "刷新页面", "本版积分规则", "追踪我们", "发表意见", "看更多", "点我下载APP",
    "关注我", "点击蓝字关注我们", "点击蓝字 关注我们", "设为星标", "免费获取",
    "扫一扫在手机打开当前页", "分享给朋友", "电梯直达", "收藏该文", "立即注册", "图集", "接受全部", "告诉好友",
    "打印此文", "我要投稿", "点击查看下一页", "点评",
    "意见反馈留言板", "选择声音", "SHARE ON FACEBOOK", "继续访问", "楼主", "沙发", "板凳", "地板", "繁体",
    "字级",
];

/// Headings of what else there is to read.
pub(super) static HEADINGS: Beginnings = Beginnings::new(&[
    "相关阅读", "相关新闻", "相关推荐", "相关文章", "相关链接", "相关报道", "相关内容", "相关专题", "相关资讯",
    "相关视频", "相关话题", "延伸阅读", "扩展阅读", "拓展阅读", "推荐阅读", "推荐新闻", "推荐文章", "推荐视频",
    "为你推荐", "为您推荐", "猜你喜欢", "猜您喜欢", "你可能喜欢", "您可能喜欢", "你可能感兴趣", "您可能感兴趣",
    "可能感兴趣", "大家都在看", "大家还看了", "大家都在搜", "看了又看", "热门推荐", "热门文章", "热门新闻",
    "热门排行", "热门搜索", "热门标签", "热门视频", "热门话题", "热门评论", "热榜", "时报热榜", "热点", "热点推荐",
    "热点视频", "热点新闻", "热点文章", "热点排行", "今日热点", "今日热榜", "今日推荐", "今日头条", "新闻排行",
    "新闻热榜", "排行榜", "阅读排行", "点击排行", "点击排行榜", "评论排行", "一周热门", "24小时热文", "24小时热点",
    "48小时热门", "最新文章", "最新新闻", "最新资讯", "最新推荐", "最新发布", "最新消息", "精彩推荐", "精彩内容",
    "精选推荐", "编辑推荐", "小编推荐", "图片推荐", "视频推荐", "专题推荐", "本文相关", "往期回顾", "往期精彩",
    "往期推荐", "更多精彩", "更多新闻", "更多推荐", "更多文章", "推广信息", "赞助商链接", "友情链接", "合作伙伴链接",
    "站内导航", "频道导航", "快速导航", "热词", "热搜", "热搜榜", "实时热搜", "上一篇", "下一篇", "上一条", "下一条",
    "点击阅读", "点击查看", "栏目导航", "同类文章", "其他文章", "其他新闻", "该作者其他文章", "看更多", "抢先看",
    "人气文章", "你可能有兴趣", "上一篇文章", "下一篇文章",
]);

/// Those of them that come with a colon and the first of the articles.
pub(super) const LEADS: &[&str] = &[
    "相关阅读", "相关新闻", "相关推荐", "相关文章", "相关链接", "相关报道", "延伸阅读", "扩展阅读", "拓展阅读",
    "推荐阅读", "上一篇", "下一篇", "上一条", "下一条", "往期回顾", "往期精彩", "往期推荐", "点击阅读", "看更多",
    "更多新闻", "上一篇文章", "下一篇文章", "友情链接",
];

/// Names of the sections of a site.
pub(super) const SECTIONS: &[&str] = &[
    "首页", "主页", "新闻", "国内", "国际", "财经", "体育", "娱乐", "科技", "汽车", "房产", "军事", "教育", "健康",
    "时尚", "旅游", "社会", "要闻", "视频", "图片", "专题", "论坛", "博客", "股票", "基金", "游戏", "文化", "历史",
    "正文",
];

/// What stands at the foot of a site.
pub(super) static FOOTERS: Cues = cues![
    "COPYRIGHT", "ALLRIGHTSRESERVED", "ALL RIGHTS RESERVED", "©", "(C)20", "版权所有", "ICP备", "ICP证", "公网安备",
    "网安备", "经营许可证", "许可证号", "许可证编号", "视听节目", "网络文化经营", "违法和不良信息", "不良信息举报",
    "举报电话", "举报邮箱", "广告服务", "广告合作", "关于我们", "联系我们", "网站地图", "友情链接", "加入我们",
    "诚聘英才", "隐私政策", "用户协议", "服务条款", "法律顾问", "技术支持", "客服热线", "客服电话", "新闻热线",
    "投稿邮箱", "网站备案", "备案号", "POWERED BY", "站长统计", "违法信息举报",
];

/// What keyword spam is made of. Each is an ordinary word; three of them and little else are not ordinary.
pub(super) static SPAM: Cues = cues![
    "久久", "精品", "国产", "欧美", "日韩", "亚洲", "无码", "有码", "中文字幕", "字幕", "在线视频", "在线观看",
    "在线播放", "在线", "免费观看", "免费视频", "免费", "高清", "视频", "福利", "导航", "成人", "伦理", "激情",
    "一区", "二区", "三区", "综合", "剧情", "偷拍", "自拍", "美女", "少妇", "人妻", "熟女", "丝袜", "黄色", "电影网",
    "网站", "蜘蛛池", "模板", "主站", "百家乐", "博彩", "彩票", "时时彩", "六合彩", "快三", "娱乐城", "娱乐平台",
    "老虎机", "棋牌", "捕鱼", "注册送", "送彩金", "彩金", "下注", "投注", "赌场", "赌博", "真人", "外围", "开奖",
    "开奖结果", "计划", "体育", "官网", "平台", "登录", "入口", "下载", "手机版", "APP", "代孕", "发票", "代开",
    "办证", "刻章", "贷款", "信用卡", "套现", "私服", "外挂", "传奇", "刷单", "兼职", "日结", "加微信", "加QQ",
    "包过", "减肥", "壮阳", "丰胸", "增高", "高仿", "A货", "批发", "厂家", "价格", "报价", "优化", "SEO", "推广",
    "排名", "建站", "网站建设", "加盟", "代理", "收购", "回收", "出租", "招聘", "哪家好", "公司", "最好的医院",
    "医院好不好", "能治好吗", "医院", "白癜风", "癫痫", "治疗",
];

/// What sentences are held together with, and lists of links are not.
#[rustfmt::skip]
const FUNCTION_WORDS: &[char] = &[
    '的', '了', '是', '在', '和', '与', '也', '都', '还', '就', '不', '而', '但', '把', '被', '让',
    '使', '为', '从', '对', '这', '那', '其', '之', '着', '过', '将', '会', '能', '要', '我', '你',
    '他', '她', '它', '们', '个', '以', '及', '等', '吗', '呢', '吧', '啊',
];

/// A bit for each character from U+4E00 to U+9FFF: it is asked of every character of a line.
static ARE_FUNCTION_WORDS: [u64; HANS / 64] = {
    let mut are = [0; HANS / 64];
    let mut word = 0;
    while word < FUNCTION_WORDS.len() {
        let at = FUNCTION_WORDS[word] as usize - FIRST_HAN;
        are[at / 64] |= 1 << (at % 64);
        word += 1;
    }
    are
};
const FIRST_HAN: usize = 0x4E00;
const HANS: usize = 0xA000 - FIRST_HAN;

/// Whether a sentence is held together with this.
#[inline]
pub(super) fn is_function_word(c: char) -> bool {
    let at = (c as usize).wrapping_sub(FIRST_HAN);
    ARE_FUNCTION_WORDS.get(at / 64).is_some_and(|are| are >> (at % 64) & 1 != 0)
}
