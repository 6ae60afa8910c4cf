//! Pages harmed as pages are on the web come out as the articles they were.

#![cfg(feature = "article")]
#![allow(missing_docs)]

mod common;

use common::harm::{self, Decoder, Harmed, List};
use common::{Numbers, articles};
use fenci::{Article, Cleaner, Glosses};

/// The articles as they were written; the one that came from the web, cleaned.
fn originals() -> Vec<(String, String)> {
    articles().into_iter().map(|(name, text)| (name, Article::clean(&text).text().to_owned())).collect()
}

/// One text a line, from the file that an environment variable names: for measuring on other texts.
fn other_texts() -> Vec<(String, String)> {
    let Ok(path) = std::env::var("FENCI_TEXTS") else { return Vec::new() };
    let texts = std::fs::read_to_string(path).unwrap();
    // White space around lines and full-width letters are harm of another kind.
    let cleaner = Cleaner::new().damage(false).furniture(false).glosses(Glosses::Keep);
    let clean = |line: &str| cleaner.clean(line).text().to_owned();
    texts.lines().enumerate().map(|(at, line)| (format!("line {}", at + 1), clean(line))).collect()
}

#[derive(Debug, Default)]
struct Score {
    chars: usize,
    wrong: usize,
    swallowed: usize,
    places: usize,
    restored: usize,
}

impl Score {
    fn add(&mut self, original: &str, harmed: &Harmed, repaired: &str, show: bool) {
        self.chars += original.chars().count();
        self.places += harmed.places.len();
        self.swallowed += harmed.swallowed;
        if original == repaired {
            self.restored += harmed.places.len();
            return;
        }
        let chars: Vec<char> = original.chars().collect();
        for &place in &harmed.places {
            let around: String = chars[place.saturating_sub(3)..(place + 4).min(chars.len())].iter().collect();
            let is_restored = repaired.contains(&around);
            self.restored += usize::from(is_restored);
            if show && !is_restored {
                println!("not restored: {around}");
            }
        }
        // Lines correspond, unless a line's end was lost.
        let (a, b): (Vec<&str>, Vec<&str>) = (original.split('\n').collect(), repaired.split('\n').collect());
        self.wrong += match a.len() == b.len() {
            true => a.iter().zip(&b).map(|(a, b)| harm::distance(a, b)).sum(),
            false => harm::distance(original, repaired),
        };
        if show && a.len() != b.len() {
            println!("- {}\n+ {}", original.replace('\n', "⏎"), repaired.replace('\n', "⏎"));
        } else if show {
            for (a, b) in a.iter().zip(&b).filter(|(a, b)| a != b) {
                println!("{} wrong\n- {a}\n+ {b}", harm::distance(a, b));
            }
        }
    }
}

fn score(texts: &[(String, String)], list: &List, decoder: Decoder) -> Score {
    let show = std::env::var("FENCI_SHOW").is_ok();
    let mut score = Score::default();
    for (_, original) in texts {
        let harmed = harm::harm(original, list, decoder);
        let article = Article::clean(&harmed.text);
        score.add(original, &harmed, article.text(), show);
        assert_eq!(Article::clean(article.text()).text(), article.text(), "cleaned twice");
    }
    score
}

fn assert_good(score: &Score, what: &str) {
    println!("{what}: {score:?}");
    if std::env::var("FENCI_SHOW").is_ok() {
        return;
    }
    assert!(score.places > 0, "{what}: nothing was damaged");
    assert!((score.wrong - score.swallowed.min(score.wrong)) * 1000 <= score.chars, "{what}: {score:?}");
    assert!(score.restored * 100 >= score.places * 95, "{what}: {score:?}");
}

fn check(texts: Vec<(String, String)>) {
    let converted: Vec<_> = texts.iter().map(|(name, text)| (name.clone(), harm::traditional(text))).collect();
    for seed in 0..3 {
        for decoder in [Decoder::Legacy, Decoder::Standard] {
            let list = harm::list(50, seed, harm::is_outside_gb2312);
            assert_good(&score(&converted, &list, decoder), &format!("Traditional, list {seed}, {decoder:?}"));
        }
    }
}

#[test]
fn harmed_articles_are_restored() {
    check(originals());
}

/// `FENCI_TEXTS=file cargo test --release --test repair -- --ignored --nocapture`
#[test]
#[ignore = "needs a file of texts"]
fn other_harmed_texts_are_restored() {
    let texts = other_texts();
    assert!(!texts.is_empty(), "FENCI_TEXTS names a file with a text in each line");
    for (name, text) in &texts {
        assert_eq!(Article::clean(text).text(), text, "{name}");
    }
    check(texts);
}

#[test]
fn clean_texts_stay_as_they_are() {
    for (name, text) in originals() {
        assert_eq!(Article::clean(&text).text(), text, "{name}");
        let traditional = harm::traditional(&text);
        assert_eq!(Article::clean(&traditional).text(), traditional, "{name}");
    }
}

#[test]
fn furniture_and_spam_go_and_the_article_stays() {
    for (name, article) in originals() {
        for seed in 0..40 {
            let page = harm::furnish(&article, &mut Numbers(seed));
            let page = if seed % 2 == 0 { page } else { harm::traditional(&page) };
            let article = if seed % 2 == 0 { article.clone() } else { harm::traditional(&article) };
            let cleaned = Article::clean(&page);
            let (left, lost) = (lines_beside(cleaned.text(), &article), lines_beside(&article, cleaned.text()));
            assert!(left.is_empty() && lost.is_empty(), "{name} {seed}: left {left:#?}, lost {lost:#?}");
            assert_eq!(Article::clean(cleaned.text()).text(), cleaned.text(), "cleaned twice");
        }
    }
}

/// The lines of `text` that `other` does not have.
fn lines_beside<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
    text.lines().filter(|line| !other.lines().any(|other| other == *line)).collect()
}
