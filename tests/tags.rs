//! The tags that the natural profile corrects.

use std::collections::HashSet;

use fenci::Dictionary;

const MENDED: &str = include_str!("../dicts/tags-natural.txt");

#[test]
fn each_mended_tag_is_another_one_of_a_word() {
    let dictionary = Dictionary::embedded();
    let mut seen = HashSet::new();
    for line in MENDED.lines() {
        let (word, tag) = line.split_once(' ').unwrap();
        let entry = dictionary.get(word).unwrap_or_else(|| panic!("{word} is no word"));
        assert!(entry.tag != tag, "{line}");
        assert!(seen.insert(word), "{word} is listed twice");
    }
    for line in ["今天下午 t", "首尔 ns", "第一季度 t", "宣传教育 vn"] {
        assert!(MENDED.lines().any(|mended| mended == line), "{line}");
    }
}
