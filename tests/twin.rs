//! Compares addresses, names, topics, dates and times with a slow twin: regular expressions, tried
//! wherever a word begins. They take linear time for certain.

use std::sync::LazyLock;

use fenci::Segmenter;
use fenci::segment::Origin;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use regex::Regex;

const CASES: u32 = 500;

/// An expression that is tried where an entity may begin.
struct Rule {
    origin: Origin,
    form: Regex,
    /// Returns the length of the entity in `found`, or `None` if `found` is no entity, given the
    /// text before and after it.
    judge: fn(before: &str, found: &str, after: &str) -> Option<usize>,
}

/// The rules. The first one that matches wins.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let clock = r"(?:2[0-4]|1[0-9]|0?[0-9]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?";
    let month_day = |mark: &str| format!("(?:1[0-2]|0?[1-9]){mark}(?:3[01]|[12][0-9]|0?[1-9])");
    let day_month = "(?:3[01]|[12][0-9]|0?[1-9])/(?:1[0-2]|0?[1-9])";
    let year = "[12][0-9]{3}";
    let days = ["-", "/", r"\."].map(|mark| format!("{year}{mark}{}", month_day(mark))).join("|");
    let day = format!("(?:{days}|(?:{}|{day_month})/{year})", month_day("/"));
    let rule = |origin, form: &str, judge| Rule { origin, form: Regex::new(&format!("^(?:{form})")).unwrap(), judge };
    vec![
        rule(Origin::Email, "[a-zA-Z0-9][a-zA-Z0-9._%+-]*@[a-zA-Z0-9.-]+", judge_email),
        rule(
            Origin::Url,
            r"(?:[a-zA-Z]{1,11}://|[wW]{3}\.)[a-zA-Z0-9/:][a-zA-Z0-9._~:/?#@!$&'()*+,;=%-]*",
            |_, found, _| Some(without_punctuation(found)),
        ),
        rule(Origin::Date, &day, judge_date),
        rule(Origin::Time, &format!("{clock}(?:[ap]m)?"), judge_time),
        rule(Origin::Hashtag, "#[^#@\n]{1,32}#", judge_topic),
        rule(Origin::Mention, r"@[\p{L}\p{Nd}_-]+", judge_name),
        rule(Origin::Hashtag, r"#[\p{L}\p{Nd}_-]+", judge_name),
    ]
});

/// The text that is skipped where no entity begins: a word with marks in it, or a character.
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[a-zA-Z0-9][a-zA-Z0-9_]*(?:[.-][a-zA-Z0-9][a-zA-Z0-9_]*)*%?|(?s:.))").unwrap());

fn judge_email(_: &str, found: &str, _: &str) -> Option<usize> {
    let address = found.trim_end_matches(['.', '-']);
    let (_, host) = address.split_once('@')?;
    let (name, top) = host.rsplit_once('.')?;
    let is_host = name.split('.').all(|part| !part.is_empty());
    let is_top = top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    (is_host && is_top).then_some(address.len())
}

fn without_punctuation(url: &str) -> usize {
    let mut url = url;
    loop {
        let is_open = url.matches(')').count() > url.matches('(').count();
        url = match url.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '#' | '@' | '&' | '*' | '(') => &url[..url.len() - 1],
            Some(')') if is_open => &url[..url.len() - 1],
            _ => return url.len(),
        };
    }
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// Returns `true` if `after` continues with a letter, or with one of the marks and a letter or
/// digit.
fn goes_on(after: &str, marks: &str) -> bool {
    starts_with_letter(after)
        || after.starts_with(|c| marks.contains(c)) && after[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

fn begins(origins: &[Origin], text: &str) -> bool {
    let is_whole = |found: regex::Match<'_>| !text[found.end()..].starts_with(|c: char| c.is_ascii_digit());
    RULES.iter().any(|rule| origins.contains(&rule.origin) && rule.form.find(text).is_some_and(is_whole))
}

fn judge_date(_: &str, found: &str, after: &str) -> Option<usize> {
    let mark = found.chars().find(|c| !c.is_ascii_digit())?;
    let ends = !goes_on(after, ".-/:")
        || after.starts_with('-') && mark != '-'
        || after.starts_with(['-', '/']) && !after.starts_with(mark) | (mark == '-') && {
            begins(&[Origin::Date, Origin::Time], &after[1..])
        };
    ends.then_some(found.len())
}

fn judge_time(before: &str, found: &str, after: &str) -> Option<usize> {
    let number = before.strip_suffix([':', '.', '：']);
    let is_inside = number.is_some_and(|number| number.ends_with(|c: char| matches!(c, '0'..='9' | '０'..='９')));
    let ends = !goes_on(after, "./:") || after.starts_with('/') && begins(&[Origin::Date, Origin::Time], &after[1..]);
    (!is_inside && ends).then_some(found.len())
}

/// Returns `true` if a mark may not begin a name here.
fn is_inside(before: &str, after_mark: &str) -> bool {
    if let Some(path) = before.strip_suffix('/') {
        return match path.strip_suffix('/') {
            Some(scheme) => scheme.ends_with(':'),
            None => {
                path.ends_with(|c: char| c.is_ascii_alphanumeric() || ".-_~".contains(c))
                    && after_mark.starts_with(|c: char| c.is_ascii())
            }
        };
    }
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || "@#&_".contains(c))
}

fn judge_topic(before: &str, found: &str, after: &str) -> Option<usize> {
    let topic = found.trim_matches('#');
    let is_topic = topic.contains(char::is_alphanumeric) && topic.trim() == topic;
    let digit = |c: char| c.is_ascii_digit();
    let is_list = topic.starts_with(digit) && after.starts_with(digit);
    (is_topic && !is_list && !is_inside(before, &found[1..])).then_some(found.len())
}

fn judge_name(before: &str, found: &str, after: &str) -> Option<usize> {
    let name = &found[1..];
    let ends = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || ":：@#/)）]】".contains(c));
    let chars = name.chars().count();
    if is_inside(before, name) || found.starts_with('#') && name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let latin = name.find(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c))).unwrap_or(name.len());
    let len = match chars {
        0..=30 if found.starts_with('#') && after.starts_with('#') => return None,
        0..=30 if ends || chars <= 4 => name.len(),
        _ if latin <= 30 => latin,
        _ => return None,
    };
    let name = name[..len].trim_end_matches('-');
    name.contains(char::is_alphabetic).then_some(1 + name.len())
}

/// Returns the entities of `text`, each with its start.
fn twin(text: &str) -> Vec<(usize, &str, Origin)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (before, rest) = text.split_at(at);
        let judged = RULES.iter().find_map(|rule| {
            let len = rule.form.find(rest)?.len();
            let len = (rule.judge)(before, &rest[..len], &rest[len..])?;
            Some((len, rule.origin))
        });
        at += match judged {
            Some((len, origin)) => {
                found.push((at, &rest[..len], origin));
                len
            }
            None => WORD.find(rest).map_or(1, |word| word.len()),
        };
    }
    found
}

fn segmented(text: &str) -> Vec<(usize, &str, Origin)> {
    static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);
    let is_known = |origin| RULES.iter().any(|rule| rule.origin == origin);
    let tokens = SEGMENTER.cut(text).filter(|token| is_known(token.origin()));
    tokens.map(|token| (token.start(), token.text(), token.origin())).collect()
}

/// Entities and near misses. Their letters and marks form no unit, file name or other entity that
/// the twin does not know.
fn parts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[12]?[0-9]{1,3}([-/.])[0-9]{1,2}[-/.][0-9]{1,4}",
        "[12][0-9]{3}-(0[1-9]|1[0-3])-[0-3][0-9]",
        "[12][0-9]{3}/1?[0-9]/[12]?[0-9]",
        "[0-2]?[0-9]:[0-6][0-9](:[0-5][0-9])?(am|pm)?",
        "@([qx中文小明]{1,3}[_-]?[qx]{1,2})?",
        "@[中文小明]{25,35}",
        "#[qx新年 ]{0,8}#?",
        "[qx]{1,3}://[qx]{0,3}[qx0-9./?=()!-]{0,10}",
        "www\\.[qx0-9./?=,-]{0,10}",
        "[qx0-9]{1,3}[._+-]?[qx0-9]{0,2}@[qx]{1,3}(\\.[qx]{1,3}){0,2}",
        "[qx]{1,3}",
        "[0-9]{1,3}",
        // No colon: UAX #29 keeps letters around one together, which the twin does not know.
        "[-/~，。 的至到]",
        "//",
    ]
}

static RANGE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d[-/]\d{1,2}:\d\d").unwrap());

proptest! {
    // Every run has the same texts.
    #![proptest_config(ProptestConfig { cases: CASES, rng_seed: RngSeed::Fixed(2), ..ProptestConfig::default() })]

    #[test]
    fn entities_are_those_of_the_twin(parts in prop::collection::vec((parts(), "[，。 的至到~/-]{0,2}"), 1..8)) {
        let text: String = parts.into_iter().map(|(part, after)| part + &after).collect();
        // The tests of entities cover a range whose time is followed by more text.
        prop_assume!(!RANGE.is_match(&text));
        prop_assert_eq!(segmented(&text), twin(&text), "{}", text);
    }
}
