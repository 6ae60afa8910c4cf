use super::*;

const TEXT: &str = "我 爱 北京 天安门 。\n他 3 天 后 到 北京 。\n小明 爱 吃 鱼 。\n";

fn trained(text: &str) -> Result<WordModel, Error> {
    Trainer::new().add(text.repeat(60).as_bytes(), 1.0)?.train(|_| ())
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    assert_eq!(trained(TEXT).unwrap().to_bytes(), trained(TEXT).unwrap().to_bytes());
}

#[test]
fn what_was_trained_is_known() {
    let mut last = None;
    let trainer = Trainer::new().add(TEXT.repeat(60).as_bytes(), 1.0).unwrap();
    let model = trainer.train(|pass| last = Some(pass.score)).unwrap();
    assert_eq!(last.unwrap().f1(), 1.0);
    let symbols: Vec<u16> = "他到北京".chars().map(|c| model.symbol(c)).collect();
    assert_eq!(model.word_ends(&symbols, None), [true, true, false, true]);
}

#[test]
fn bad_lines_are_named() {
    let error = Trainer::new().add(b"\xe6\x88\x91\n\xff\n", 1.0).unwrap_err();
    assert!(error.to_string().starts_with("line 2: "), "{error}");
    let error = Trainer::new().add("好\n好\n".repeat(2).as_bytes(), 1.0).map(|_| ());
    assert!(error.is_ok());
    let error = Trainer::new().add("没有空格的文字".repeat(20).as_bytes(), 1.0).unwrap_err();
    assert!(error.to_string().starts_with("line 1: "), "{error}");
    assert!(trained("").is_err());
}
