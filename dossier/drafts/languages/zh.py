"""Chinese, in simplified and traditional characters."""

from dossier.drafts.language import Language, words

TABLE = Language(
    code="zh",
    marks=(("“", "”"), ("「", "」"), ("『", "』"), ('"', '"')),
    say=words("""
        说 表示 称 指出 认为 强调 说道 告诉 回应 回答 坦言 透露 介绍 补充 写道 宣布 呼吁 解释
        问道 承认 承認 评论 評論 指责 指責 报道 報導 要求 批评 批評 反驳 反駁 補充道 补充道 感叹 感嘆 坚称 堅稱
        重申 直言 警告 說 稱 認為 強調 說道 告訴 回應 補充 寫道 呼籲 解釋
    """),
    he=words("他 她"),
    they=words("他们 她们 他們 她們"),
    sources=words("官员 人士 专家 消息 知情 分析 官員 專家 居民 民众 網友 网友"),
    scare=words("所谓 所謂"),
    adverbs=words("""
        还 也 则 曾 又 再 日前 今天 昨天 近日 当天 对此 随后 同时 此前 公开 明确 已
        在接受采访时 周一 周二 周三 周四 周五 周六 周日 星期一 星期二 星期三 星期四 星期五 還 則
        當天 對此 隨後 同時 公開 明確 並 并 进一步 而 据 但
    """),
)
