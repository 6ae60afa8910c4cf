//! What holds of any page that is cleaned.

use fenci::article::{Cleaner, Glosses};

/// Cleaning it again changes nothing, and the maps are consistent.
pub fn once_for_all(cleaner: &Cleaner, page: &str) {
    let article = cleaner.clean(page);
    let again = cleaner.clean(article.text());
    assert_eq!(again.text(), article.text());

    // Outside of the repairs the texts are the same, and in them is what they say.
    let (mut raw, mut clean) = (0, 0);
    for repair in article.repairs() {
        assert_eq!(&page[raw..repair.raw.start], &article.text()[clean..repair.clean.start]);
        assert_eq!(&article.text()[repair.clean.clone()], &repair.replacement);
        assert!(!repair.reason.is_empty());
        (raw, clean) = (repair.raw.end, repair.clean.end);
    }
    assert_eq!(&page[raw..], &article.text()[clean..]);

    // Every character maps into the other text, on the borders of characters, and in order.
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

/// [`once_for_all`] of what a fuzzer gives, its first byte being options.
pub fn fuzz(data: &[u8]) {
    let Some((options, page)) = data.split_first() else { return };
    let is_on = |bit: u8| options & 1 << bit == 0;
    let glosses = [Glosses::Auto, Glosses::Remove, Glosses::Keep][usize::from(options >> 6) % 3];
    let cleaner = Cleaner::new().glosses(glosses).damage(is_on(0)).forms(is_on(1)).furniture(is_on(2));
    once_for_all(&cleaner, &String::from_utf8_lossy(page));
}
