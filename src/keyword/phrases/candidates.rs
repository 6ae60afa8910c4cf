//! What may be a keyword: words, and sequences of words.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use crate::keyword::Extractor;
use crate::keyword::judge::Role;
use crate::keyword::kinds::is_numeral;
use crate::keyword::terms::{Distinct, Terms, Token};
use crate::numbers::fits;
use crate::text::codes::narrow;

/// The most words of a phrase.
pub(super) const MOST_WORDS: usize = 5;

/// Some tokens that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) start: u32,
    pub(super) words: u32,
}

impl Place {
    pub(super) fn tokens(self) -> Range<usize> {
        self.start as usize..(self.start + self.words) as usize
    }
}

/// A word, or words that stand together, wherever they do so. What makes the same text is one
/// candidate, however that text was cut: 泥|印|劇本 and 泥印|劇本.
pub(super) struct Candidate {
    /// Where it occurs first.
    pub(super) first: Place,
    pub(super) count: u32,
    /// Its length, in characters.
    pub(super) chars: u32,
    /// Whether a longer candidate holds it in one of its places.
    pub(super) is_inside: bool,
    /// The last of its places among all.
    places_end: u32,
}

/// The candidates of a text: every contiguous one to five words that begin and end in content.
pub(super) struct Candidates<'a, 't> {
    pub(super) terms: &'a Terms<'t>,
    pub(super) all: Vec<Candidate>,
    /// By candidate, its places in order.
    places: Vec<Place>,
    /// By token, for each number of words less one, the number of the candidate that begins there.
    numbers: Vec<[Option<CandidateNumber>; MOST_WORDS]>,
    /// By token: how many sentences end before it.
    pub(super) sentences: Vec<u32>,
    /// By token: what it is to phrases in this place.
    pub(super) roles: Vec<Role>,
    folded: Folded,
}

/// The number of a candidate, plus 1.
type CandidateNumber = std::num::NonZeroU32;

impl<'a, 't> Candidates<'a, 't> {
    pub(super) fn new(extractor: &Extractor, terms: &'a Terms<'t>) -> Candidates<'a, 't> {
        let tokens = &terms.tokens;
        let roles = roles(terms);
        let folded = Folded::new(terms, &roles);
        let mut by_form: HashMap<&str, CandidateNumber> = HashMap::with_capacity(tokens.len());
        let mut candidates = Candidates {
            terms,
            all: Vec::with_capacity(tokens.len()),
            places: Vec::new(),
            numbers: vec![[None; MOST_WORDS]; tokens.len()],
            sentences: Vec::with_capacity(tokens.len()),
            roles,
            folded: Folded::default(),
        };
        let mut sentence = 0;
        // Parts of phrases with nothing between.
        let mut joined = 0..0;
        for start in 0..tokens.len() {
            let roles = &candidates.roles;
            candidates.sentences.push(sentence);
            sentence += u32::from(roles[start] == Role::End);
            if start == joined.end {
                let end = (start + 1..tokens.len()).find(|&at| !candidates.is_joint(at));
                joined = start..end.unwrap_or(tokens.len());
            }
            if !roles[start].begins() {
                continue;
            }
            let follows = start > joined.start && roles[start - 1].begins();
            let mut chars = 0u32;
            for last in start..joined.end.min(start + MOST_WORDS) {
                // No phrase says a word twice.
                if roles[last] != Role::Link && tokens[start..last].iter().any(|token| token.slot == tokens[last].slot)
                {
                    break;
                }
                chars = chars.saturating_add(terms.of(tokens[last]).chars);
                if !roles[last].ends() || (chars as usize) < extractor.min_chars {
                    continue;
                }
                let end = last + 1;
                let is_joined = follows || end < joined.end && roles[end].ends();
                let words = fits(end - start);
                let place = Place { start: fits(start), words };
                let next = CandidateNumber::MIN.saturating_add(fits(candidates.all.len()));
                let number = *by_form.entry(folded.form(start..end)).or_insert(next);
                if number == next {
                    candidates.all.push(Candidate { first: place, count: 0, chars, is_inside: false, places_end: 0 });
                }
                let candidate = &mut candidates.all[number.get() as usize - 1];
                candidate.count += 1;
                candidate.is_inside |= is_joined && end - start < MOST_WORDS;
                candidates.numbers[start][end - start - 1] = Some(number);
            }
        }
        candidates.folded = folded;
        candidates.sort_places();
        candidates
    }

    /// Writes down the places of each candidate.
    fn sort_places(&mut self) {
        let mut end = 0;
        for candidate in &mut self.all {
            candidate.places_end = end;
            end += candidate.count;
        }
        self.places = vec![Place { start: 0, words: 0 }; end as usize];
        for (start, numbers) in (0..).zip(&self.numbers) {
            for (words, number) in (1..).zip(numbers) {
                if let Some(number) = number {
                    let next = &mut self.all[number.get() as usize - 1].places_end;
                    self.places[*next as usize] = Place { start, words };
                    *next += 1;
                }
            }
        }
    }

    /// Where a candidate occurs, in the order of the text.
    pub(super) fn places(&self, candidate: &Candidate) -> &[Place] {
        let end = candidate.places_end as usize;
        &self.places[end - candidate.count as usize..end]
    }

    /// The candidate of these tokens, at most five, if there is one.
    pub(super) fn at(&self, tokens: Range<usize>) -> Option<usize> {
        self.numbers[tokens.start][tokens.len() - 1].map(|number| number.get() as usize - 1)
    }

    /// Returns whether the token `at` and the one before it are parts of phrases with nothing between them. There is
    /// no token before the first, so `at` is at least 1.
    fn is_joint(&self, at: usize) -> bool {
        let (tokens, roles) = (&self.terms.tokens, &self.roles);
        tokens[at - 1].end() == tokens[at].start && roles[at - 1].is_part() && roles[at].is_part()
    }

    /// Whether the text repeats a candidate with fragments or numbers in it, and the fragments stand
    /// nowhere else, or hardly, so that it is they that the text repeats.
    pub(super) fn is_bound(&self, candidate: &Candidate) -> bool {
        candidate.first.tokens().all(|at| match self.roles[at] {
            Role::Fragment => {
                candidate.count > 1 && 5 * candidate.count >= 4 * self.terms.of(self.terms.tokens[at]).count
            }
            Role::Number => candidate.count > 1,
            _ => true,
        })
    }

    /// The normal form of a candidate.
    pub(super) fn form(&self, candidate: &Candidate) -> &str {
        self.folded.form(candidate.first.tokens())
    }

    /// The text of some tokens, in bytes.
    pub(super) fn range(&self, tokens: Range<usize>) -> Range<usize> {
        self.terms.tokens[tokens.start].start..self.terms.tokens[tokens.end - 1].end()
    }
}

/// Returns `true` for a character that is no number and may stand before a measure word.
fn is_determiner(c: char) -> bool {
    matches!(c, '这' | '這' | '那' | '每' | '各' | '某' | '该' | '該' | '哪' | '几' | '幾' | '整')
}

/// By token, what it is to phrases: the role of its term, except in places where it counts others, and
/// in names such as Visual Studio, iPhone 17 and 白鹭2.
fn roles(terms: &Terms<'_>) -> Vec<Role> {
    // 这部, 每台, 3天: measure words have many tags.
    let is_measure = |before: char, distinct: &Distinct<'_>| {
        let is_han_char = distinct.chars == 1 && distinct.term.text().len() == 3;
        is_han_char && (is_numeral(narrow(before)) || is_determiner(before))
    };
    let is_latin = |at: usize| terms.text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_short = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_noun = |token: Token| {
        let Distinct { chars, judgement, .. } = terms.of(token);
        *chars > 1 && judgement.role == Role::Content && judgement.tag.as_bytes().starts_with(b"n")
    };
    let mut roles = Vec::with_capacity(terms.tokens.len());
    let mut last: Option<(Token, Role)> = None;
    for &token in &terms.tokens {
        let distinct = terms.of(token);
        let before = last.filter(|(last, _)| last.end() == token.start);
        let role = match (distinct.judgement.role, distinct.term.text(), before) {
            (Role::Mark, " ", Some(_)) if is_latin(token.start - 1) && is_latin(token.end()) => Role::Link,
            (Role::Other, text, Some((last, role))) if is_short(text) && (role == Role::Link || is_noun(last)) => {
                Role::Number
            }
            (role, _, Some(_)) if role.is_part() => {
                let before = terms.text[..token.start].chars().next_back();
                if before.is_some_and(|before| is_measure(before, distinct)) { Role::Other } else { role }
            }
            (role, ..) => role,
        };
        last = Some((token, role));
        roles.push(role);
    }
    roles
}

/// The normal forms of all parts of phrases, one after the other.
#[derive(Default)]
struct Folded {
    text: String,
    /// By token, and one for the end: the length of all before, in bytes.
    starts: Vec<usize>,
}

impl Folded {
    fn new(terms: &Terms<'_>, roles: &[Role]) -> Folded {
        let mut starts = Vec::with_capacity(terms.tokens.len() + 1);
        starts.push(0);
        let mut folded = Folded { text: String::with_capacity(terms.text.len()), starts };
        for (&token, role) in terms.tokens.iter().zip(roles) {
            if role.is_part() {
                folded.text.push_str(&terms.of(token).form);
            }
            folded.starts.push(folded.text.len());
        }
        folded
    }

    fn form(&self, tokens: Range<usize>) -> &str {
        &self.text[self.starts[tokens.start]..self.starts[tokens.end]]
    }
}
