//! Properties of every page that is cleaned.

use fenci::Article;
use fenci::article::main_text::{Line, LineModel};
use fenci::article::{Cleaner, Glosses, decode, encoding_of, is_html};

/// Checks that cleaning the result again changes nothing, and that the maps are consistent.
pub fn once_for_all(cleaner: &Cleaner, page: &str) {
    let article = cleaner.clean(page);
    let again = cleaner.clean(article.text());
    assert_eq!(again.text(), article.text());
    maps_agree(&article);
}

/// Checks that the repairs list all changes, and that every character maps into the other text.
pub fn maps_agree(article: &Article<'_>) {
    let page = article.raw();
    // Outside of the repairs the texts are equal. Inside, they are as the repairs state.
    let (mut raw, mut clean) = (0, 0);
    for repair in article.repairs() {
        assert_eq!(&page[raw..repair.raw.start], &article.text()[clean..repair.clean.start]);
        assert_eq!(&article.text()[repair.clean.clone()], &repair.replacement);
        assert!(!repair.reason.is_empty());
        (raw, clean) = (repair.raw.end, repair.clean.end);
    }
    assert_eq!(&page[raw..], &article.text()[clean..]);

    // Every character maps into the other text, at character boundaries and in order.
    let mut last = 0;
    for (at, c) in article.text().char_indices() {
        let range = article.raw_range(at..at + c.len_utf8());
        assert!(page.get(range.clone()).is_some() && range.end >= last, "{:?}", range);
        last = range.end;
        let back = article.clean_range(range);
        assert!(back.start <= at && back.end >= at + c.len_utf8());
    }
    for (at, c) in page.char_indices() {
        assert!(article.text().get(article.clean_range(at..at + c.len_utf8())).is_some());
    }
}

/// Checks [`once_for_all`] with a fuzzer's input. Its first byte sets the options.
pub fn fuzz(data: &[u8]) {
    let Some((options, page)) = data.split_first() else { return };
    let is_on = |bit: u8| options & 1 << bit == 0;
    let glosses = [Glosses::Auto, Glosses::Remove, Glosses::Keep][usize::from(options >> 6) % 3];
    let cleaner = Cleaner::new().glosses(glosses).damage(is_on(0)).forms(is_on(1)).furniture(is_on(2));
    once_for_all(&cleaner, &String::from_utf8_lossy(page));
}

/// Decodes bytes as a crawler finds them, and cleans the result as HTML and as text.
pub fn fuzz_bytes(data: &[u8]) {
    let decoded = decode(data);
    assert_eq!(decoded.encoding, encoding_of(data));
    let cleaner = Cleaner::new();
    once_for_all(&cleaner, &decoded.text);
    // The parser takes any text, so the answer does not matter.
    let _ = is_html(&decoded.text);
    maps_agree(&cleaner.clean_html(&decoded.text));
}

/// Opens a model of lines that is changed, cut short or made up. The result is an error or a chance
/// for each line.
pub fn fuzz_line_models(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let mut bytes = rest.to_vec();
    if first & 1 == 0 {
        // The crate's model, changed.
        bytes = include_bytes!("../../dicts/lines.bin").to_vec();
        for change in rest.chunks_exact(4) {
            let at = usize::from(change[0]) << 16 | usize::from(change[1]) << 8 | usize::from(change[2]);
            let len = bytes.len();
            bytes[at % len] = change[3];
        }
        bytes.truncate(bytes.len() - usize::from(first >> 1));
    }
    if let Ok(model) = LineModel::new(&bytes) {
        let lines = ["新闻", "本报讯 大桥今天通车，市民可以步行过江。", "上一篇", ""].map(Line::new);
        assert_eq!(model.chances(&lines).len(), lines.len());
    }
}
