//! Numbers, units, dates, times, names and addresses stay whole, and nothing else does.

use fenci::Segmenter;
use fenci::dictionary::DictionaryBuilder;
use fenci::segment::{Entity, Origin};

/// Checks that `tokens` are among those of `text`, in order, and returns all of them.
fn assert_tokens(segmenter: &Segmenter, text: &str, tokens: &[&str]) {
    let all: Vec<&str> = segmenter.cut(text).map(|token| token.text()).collect();
    assert_eq!(all.concat(), text);
    let mut rest = all.iter();
    assert!(tokens.iter().all(|token| rest.any(|found| found == token)), "{text}: {tokens:?} in {all:?}");
}

#[test]
fn times_and_dates_of_a_range_are_two_tokens() {
    let segmenter = Segmenter::new();
    for (text, tokens) in [
        ("会议10:30-12:00在三楼", &["10:30", "-", "12:00"][..]),
        ("门诊8:00-11:30，13:30-17:00", &["8:00", "11:30", "13:30", "17:00"]),
        ("营业时间：9:00-18:00", &["9:00", "18:00"]),
        ("时间:9:00-18:00", &["9:00", "18:00"]),
        ("直播今晚19:30～21:00", &["19:30", "～", "21:00"]),
        ("营业时间9：00至18：00", &["9：00", "至", "18：00"]),
        ("2025/3/12-2025/4/12报名", &["2025/3/12", "-", "2025/4/12"]),
        ("2025.3.12—2025.4.12报名", &["2025.3.12", "—", "2025.4.12"]),
        ("2025-03-12~2025-04-12报名", &["2025-03-12", "~", "2025-04-12"]),
        ("从2025-03-12 10:30到2025-04-12 12:00", &["2025-03-12", "10:30", "到", "2025-04-12", "12:00"]),
    ] {
        assert_tokens(&segmenter, text, tokens);
    }
}

#[test]
fn names_follow_slashes() {
    let segmenter = Segmenter::new();
    for (text, tokens) in [
        ("转发微博//@小明:好", &["@小明"][..]),
        ("好//@人民日报：今天通车", &["@人民日报"]),
        ("哈哈//@爱吃鱼的猫：太揪心了", &["@爱吃鱼的猫"]),
        ("//@OpenAI:新模型", &["@OpenAI"]),
        ("同意//@路人甲:说得对//@路人乙:是的", &["@路人甲", "@路人乙"]),
        ("good//@OpenAI:新模型", &["@OpenAI"]),
        ("文/@王小满", &["@王小满"]),
        ("图／@王小满 摄", &["@王小满"]),
        ("//#新年快乐#大家好", &["#新年快乐#"]),
    ] {
        assert_tokens(&segmenter, text, tokens);
    }
    for text in ["src/@types/node", "a@b", "http://@name"] {
        assert!(segmenter.cut(text).all(|token| token.origin() != Origin::Mention), "{text}");
    }
}

#[test]
fn each_emoji_is_a_token() {
    let segmenter = Segmenter::new();
    for (text, emoji) in [
        ("1️⃣2️⃣3️⃣", &["1️⃣", "2️⃣", "3️⃣"][..]),
        ("密码是7️⃣7️⃣8️⃣", &["7️⃣", "7️⃣", "8️⃣"]),
        ("按*️⃣和#️⃣0️⃣", &["*️⃣", "#️⃣", "0️⃣"]),
        ("加油👍🏽👍🏿🇨🇳🇯🇵👨‍👩‍👧‍👦👩🏻‍🚀❤️‍🔥", &["👍🏽", "👍🏿", "🇨🇳", "🇯🇵", "👨‍👩‍👧‍👦", "👩🏻‍🚀", "❤️‍🔥"]),
    ] {
        let found = segmenter.cut(text).filter(|token| token.origin() == Origin::Emoji);
        assert_eq!(found.map(|token| token.text()).collect::<Vec<_>>(), emoji, "{text}");
    }
}

#[test]
fn numbers_are_whole_and_units_stand_apart() {
    let segmenter = Segmenter::new();
    for (text, tokens) in [
        ("圆周率３．１４", &["３．１４"][..]),
        ("占比５０％", &["５０％"]),
        ("占比50％左右", &["50％"]),
        ("共１，２３４人", &["１，２３４", "人"]),
        ("增长２３．４％", &["２３．４％"]),
        ("血压120/80mmHg", &["120", "80", "mmHg"]),
        ("血糖6.1mmol/L", &["6.1", "mmol/L"]),
        ("加息25bp", &["25", "bp"]),
        ("亮度400nit", &["400", "nit"]),
        ("净含量500g", &["500", "g"]),
        ("桶装水5L", &["5", "L"]),
        ("功耗45W", &["45", "W"]),
        ("持续30min", &["30", "min"]),
        ("时速120km/h的车", &["120", "km/h", "的"]),
        ("体温37.5℃，", &["37.5", "℃"]),
        ("重５００ｇ", &["５００", "ｇ"]),
        ("体重50-60kg", &["kg"]),
        ("5G手机和4K电视", &["5G", "4K"]),
        ("618买iPhone15和A4L", &["618", "iPhone15", "A4L"]),
    ] {
        assert_tokens(&segmenter, text, tokens);
    }
    let units = segmenter.cut("约30km，5mg/kg，37℃，50㎡").filter(|token| token.origin() == Origin::Unit);
    assert_eq!(units.map(|token| token.text()).collect::<Vec<_>>(), ["km", "mg/kg", "℃", "㎡"]);
}

#[test]
fn numbers_and_dates_in_han_are_whole_when_asked_for() {
    let segmenter = Segmenter::builder().entity(Entity::HanDate, true).entity(Entity::HanNumber, true).build();
    for (text, tokens) in [
        ("一点七八万亿美元", &["一点七八万亿", "美元"][..]),
        ("百分之三十五点六", &["百分之三十五点六"]),
        ("千分之三的税", &["千分之三"]),
        ("三分之二以上", &["三分之二"]),
        ("贰佰叁拾元整", &["贰佰叁拾"]),
        ("壹萬貳仟元", &["壹萬貳仟", "元"]),
        ("零点五毫克", &["零点五", "毫克"]),
        ("十二点五万人", &["十二点五万", "人"]),
        ("零下负三十度", &["负三十"]),
        ("２０２４年１月１日", &["２０２４年１月１日"]),
        ("2024年10月5日", &["2024年10月5日"]),
        ("三点二十分开会", &["二十"]),
    ] {
        assert_tokens(&segmenter, text, tokens);
    }
    let clock = segmenter.cut("三点五分").next().map(|token| token.text().to_owned());
    assert_ne!(clock.as_deref(), Some("三点五"));
}

#[test]
fn radicals_are_the_characters_they_stand_for() {
    let mut builder = DictionaryBuilder::new();
    for word in ["人工", "智能", "长城", "文字", "金融", "人", "工", "长", "城"] {
        builder = builder.word(word, 100, fenci::dictionary::Tag::new("n").unwrap()).unwrap();
    }
    let segmenter = Segmenter::builder().dictionary(builder.build().unwrap()).build();
    for (text, tokens) in
        [("⼈⼯智能", &["⼈⼯", "智能"][..]), ("⽂字和⻓城", &["⽂字", "⻓城"]), ("⾦融市场", &["⾦融"])]
    {
        assert_tokens(&segmenter, text, tokens);
        assert_eq!(segmenter.cut(text).next().unwrap().origin(), Origin::Dictionary);
    }
}
