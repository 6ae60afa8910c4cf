//! The trained models, which the tests cannot rebuild.

#[test]
fn trained_models_are_those_that_were_measured() {
    let page = include_str!("../dicts/README.md");
    for (name, bytes) in [
        ("words/words.bin", &include_bytes!("../dicts/words/words.bin")[..]),
        ("lines.bin", include_bytes!("../dicts/lines.bin")),
    ] {
        let row = format!("| `{name}` | `{:08x}` |", crc32fast::hash(bytes));
        assert!(page.contains(&row), "dicts/README.md has no {row:?}: measure {name} and write down its score");
    }
}
