//! Words that say little without other words, whatever a text is about.

use std::sync::LazyLock;

use foldhash::HashSet;

/// Returns `true` if a word is no keyword by itself, but may be a part of one: 团队 in 研究团队.
pub(super) fn is_generic(form: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| GENERIC.split_whitespace().collect());
    WORDS.contains(form)
}

/// Returns `true` if a phrase that ends with this word names an organisation: 软银集团.
#[rustfmt::skip]
pub(super) fn is_organisation(form: &str) -> bool {
    matches!(
        form,
        "集团" | "公司" | "银行" | "大学" | "学院" | "医院" | "法院" | "检察院" | "委员会" | "协会" | "学会"
            | "研究院" | "研究所" | "基金会" | "俱乐部" | "出版社"
    )
}

/// Groups and offices; abstract nouns; amounts, times and places without a name; light verbs and
/// verbs that report; verbs of change.
const GENERIC: &str = "
    团队 机构 部门 小组 队伍 团体 集团 公司 项目 人员 人士 成员 代表 负责人 工作人员 业内人士 领导
    同志 署方 校方 院方 警方 店方 厂方 资方 官方 对方 双方 各方 有关部门 相关部门 主管部门 主任 主席
    局长 处长 科长 校长 院长 部长 省长 市长 县长 区长 镇长 书记 副主任 副主席 副局长 副处长 副校长
    副院长 副部长 副省长 副市长 副县长 副区长 副书记 秘书长 发言人 经理 总经理 副总经理 董事长 总裁
    副总裁 教授 副教授 博士 院士 先生 女士 小姐
    问题 情况 关系 影响 因素 作用 效果 方式 过程 结果 条件 特点 原因 意义 现状 趋势 水平 程度 能力
    体系 模式 措施 手段 途径 目标 目的 任务 内容 形式 性质 类型 范围 领域 阶段 时期 背景 机会 优势
    劣势 困难 要求 需求 原则 理由 根源 要素 环节 方面 角度 视角 现象 状况 状态 局面 形势 事件 事情
    事项 活动 工作 指标 观点 看法 意见 态度 经验 教训 成果 成绩 成就 贡献 差异 差距 区别 变化
    数量 数目 总数 总量 总额 长期 短期 早期 初期 晚期 末期 本地 外地
    列入 提交 遇到 做好 存在 采用 采取 实现 获得 取得 受到 遭到 遭受 给予 作出 做出 提供 带来 产生
    造成 导致 引起 引发 形成 发挥 满足 符合 具备 拥有 获取 达到 达成 处于 位于 面临 面对 利用 借助
    参与 参加 涉及 涵盖 包含 构成 组成 负责 从事 开展 展开 举行 举办 召开 完成 继续 保持 保证 确保
    实施 执行 落实 出现 发生 发现 遭遇 显示 说明 解释 强调 反映 叙述 回答 提醒 公布
    增加 减少 提高 降低 上升 下降 加强 促进 推动 加快 改善 改进 扩大 缩小 缩短 延长 增至 降至 升至
    增长 上涨 下跌 加大 加深 加重 减轻 减弱 减缓 推进 强化 弱化 恶化 超过 低于 高于
";
