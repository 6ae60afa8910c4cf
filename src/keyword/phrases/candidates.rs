//! The candidates for keywords: words, and sequences of words.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use crate::keyword::Extractor;
use crate::keyword::judge::Role;
use crate::keyword::kinds::is_numeral;
use crate::keyword::terms::{Distinct, TermPlace, Terms};
use crate::numbers::fits;
use crate::text::codes::narrow;

/// The most words of a phrase.
pub(super) const MOST_WORDS: usize = 5;

/// A sequence of adjacent tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PhrasePlace {
    pub(super) start: u32,
    pub(super) words: u32,
}

impl PhrasePlace {
    pub(super) fn tokens(self) -> Range<usize> {
        self.start as usize..(self.start + self.words) as usize
    }
}

/// A word or a sequence of adjacent words, with all its places. Sequences of the same normal form
/// are one candidate, however they were cut: 泥|印|劇本 and 泥印|劇本.
pub(super) struct PhraseCandidate {
    /// Its first and its last place.
    pub(super) first: PhrasePlace,
    pub(super) last: PhrasePlace,
    pub(super) count: u32,
    /// Its length, in characters.
    pub(super) chars: u32,
    /// The indices of its first and its last occurrence.
    occurrences: [u32; 2],
}

/// A candidate in one of its places.
struct Occurrence {
    place: PhrasePlace,
    candidate: u32,
    /// The index of the candidate's next occurrence. That of the last one is its own.
    next: u32,
}

/// The candidates of a text: every sequence of one to five adjacent words whose first word may
/// begin a phrase and whose last word may end one.
pub(super) struct Candidates<'a, 't> {
    pub(super) terms: &'a Terms<'t>,
    pub(super) all: Vec<PhraseCandidate>,
    /// In the order of the text.
    occurrences: Vec<Occurrence>,
    /// By token, the number of sentences that end before it.
    pub(super) sentences: Vec<u32>,
    /// By token, its role in phrases at this place.
    pub(super) roles: Vec<Role>,
}

impl<'a, 't> Candidates<'a, 't> {
    pub(super) fn new(extractor: &Extractor, terms: &'a Terms<'t>) -> Candidates<'a, 't> {
        let tokens = &terms.tokens;
        let parts: Vec<Part> = terms.distinct.iter().map(Part::new).collect();
        let roles = roles(terms, &parts);
        let is_joint = |at: usize| terms.is_joint(at) && roles[at - 1].is_part() && roles[at].is_part();
        let mut by_form: HashMap<u64, u32> = HashMap::with_capacity(tokens.len() / 2);
        let mut candidates = Candidates {
            terms,
            all: Vec::with_capacity(tokens.len()),
            occurrences: Vec::with_capacity(tokens.len()),
            sentences: Vec::with_capacity(tokens.len()),
            roles: Vec::new(),
        };
        let mut sentence = 0;
        // The current sequence of adjacent parts of phrases.
        let mut joined = 0..0;
        for start in 0..tokens.len() {
            candidates.sentences.push(sentence);
            sentence += u32::from(roles[start] == Role::End);
            if !roles[start].is_part() {
                continue;
            }
            if start >= joined.end {
                let end = (start + 1..tokens.len()).find(|&at| !is_joint(at));
                joined = start..end.unwrap_or(tokens.len());
            }
            if !roles[start].begins() {
                continue;
            }
            let end = joined.end.min(start + MOST_WORDS);
            let (tokens, roles) = (&tokens[start..end], &roles[start..end]);
            let (mut chars, mut form) = (0u32, FormHash::EMPTY);
            for (before, token) in tokens.iter().enumerate() {
                // No phrase has the same word twice.
                if roles[before] != Role::Link && tokens[..before].iter().any(|other| other.slot == token.slot) {
                    break;
                }
                let part = &parts[token.slot as usize];
                chars = chars.saturating_add(part.chars);
                form = form.and(part.form);
                if !roles[before].ends() || (chars as usize) < extractor.min_chars {
                    continue;
                }
                let place = PhrasePlace { start: fits(start), words: fits(before + 1) };
                let number = *by_form.entry(form.number).or_insert(fits(candidates.all.len()));
                candidates.add(number, place, chars);
            }
        }
        Candidates { roles, ..candidates }
    }

    /// Adds an occurrence of the candidate `number`, which may be the next new one.
    fn add(&mut self, number: u32, place: PhrasePlace, chars: u32) {
        let occurrence: u32 = fits(self.occurrences.len());
        self.occurrences.push(Occurrence { place, candidate: number, next: occurrence });
        if number as usize == self.all.len() {
            let occurrences = [occurrence; 2];
            self.all.push(PhraseCandidate { first: place, last: place, count: 0, chars, occurrences });
        }
        let candidate = &mut self.all[number as usize];
        candidate.last = place;
        candidate.count += 1;
        self.occurrences[candidate.occurrences[1] as usize].next = occurrence;
        candidate.occurrences[1] = occurrence;
    }

    /// Returns the places of a candidate, in the order of the text.
    pub(super) fn places(&self, candidate: &PhraseCandidate) -> impl Iterator<Item = PhrasePlace> + Clone {
        let mut next = candidate.occurrences[0];
        (0..candidate.count).map(move |_| {
            let occurrence = &self.occurrences[next as usize];
            next = occurrence.next;
            occurrence.place
        })
    }

    /// Returns the number of the candidate at these tokens, at most five, if there is one.
    pub(super) fn at(&self, tokens: Range<usize>) -> Option<usize> {
        let place = PhrasePlace { start: fits(tokens.start), words: fits(tokens.len()) };
        let found = self.occurrences.binary_search_by_key(&place, |occurrence| occurrence.place);
        found.ok().map(|number| self.occurrences[number].candidate as usize)
    }

    /// Returns `true` if a longer phrase may hold a candidate in its first place.
    pub(super) fn is_inside(&self, candidate: &PhraseCandidate) -> bool {
        let Range { start, end } = candidate.first.tokens();
        let before = || start > 0 && self.terms.is_joint(start) && self.roles[start - 1].begins();
        let after = || end < self.roles.len() && self.terms.is_joint(end) && self.roles[end].ends();
        before() || after()
    }

    /// Returns `true` if the fragments and numbers in a candidate belong to it: the text repeats
    /// the candidate, and at least four of five places of each fragment are in it.
    pub(super) fn is_bound(&self, candidate: &PhraseCandidate) -> bool {
        candidate.first.tokens().all(|at| match self.roles[at] {
            Role::Fragment => {
                candidate.count > 1 && 5 * candidate.count >= 4 * self.terms.counts[self.terms.tokens[at].slot as usize]
            }
            Role::Number => candidate.count > 1,
            _ => true,
        })
    }

    /// Returns the normal form of a candidate.
    pub(super) fn form(&self, candidate: &PhraseCandidate) -> String {
        candidate.first.tokens().map(|at| &*self.terms.of(self.terms.tokens[at]).form).collect()
    }

    /// Returns the range of these tokens in the text, in bytes.
    pub(super) fn range(&self, tokens: Range<usize>) -> Range<usize> {
        self.terms.tokens[tokens.start].start..self.terms.tokens[tokens.end - 1].end()
    }
}

/// Returns `true` for a character that is no number and may stand before a measure word.
fn is_determiner(c: char) -> bool {
    matches!(c, '这' | '這' | '那' | '每' | '各' | '某' | '该' | '該' | '哪' | '几' | '幾' | '整')
}

/// The properties of a term that each of its places needs, in few bytes.
struct Part {
    form: FormHash,
    chars: u32,
    role: Role,
    /// Set if the role depends on the place.
    special: Option<SpecialTerm>,
}

/// A term whose role depends on its place.
#[derive(Clone, Copy)]
enum SpecialTerm {
    /// A dot, hyphen or space. It joins a name if letters or digits stand on both sides, and at
    /// least this many of the two characters are ASCII.
    Joint(u8),
    /// A number of one or two digits.
    ShortNumber,
    /// A character of three bytes that may be part of a phrase.
    Char,
}

impl Part {
    fn new(distinct: &Distinct<'_>) -> Part {
        let (text, role) = (distinct.term.text(), distinct.judgement.role);
        let is_short_number = || text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let special = match role {
            Role::Mark if matches!(text, "·" | "・" | "‧") => Some(SpecialTerm::Joint(0)),
            Role::Mark if text == "-" => Some(SpecialTerm::Joint(1)),
            Role::Mark if text == " " => Some(SpecialTerm::Joint(2)),
            Role::Other if is_short_number() => Some(SpecialTerm::ShortNumber),
            role if distinct.chars == 1 && text.len() == 3 && role.is_part() => Some(SpecialTerm::Char),
            _ => None,
        };
        let form = if role.is_part() || special.is_some() { FormHash::new(&distinct.form) } else { FormHash::EMPTY };
        Part { form, chars: distinct.chars, role, special }
    }
}

/// Returns the role of each token: the role of its term, with two exceptions. Measure words after a
/// number or determiner are one. The other is spaces, dots, hyphens and numbers in names, such as
/// Visual Studio, 亚当·斯密, iPhone 17 and 白鹭2.
fn roles(terms: &Terms<'_>, parts: &[Part]) -> Vec<Role> {
    // Measure words have many tags, so the character before tells: 这部, 每台, 3天.
    let is_counted = |before: char| is_numeral(narrow(before)) || is_determiner(before);
    let is_joint = |token: TermPlace, latin: u8| {
        let (before, after) = (&terms.text[..token.start], &terms.text[token.end()..]);
        let beside = before.chars().next_back().into_iter().chain(after.chars().next());
        beside.clone().filter(char::is_ascii_alphanumeric).count() >= usize::from(latin)
            && beside.filter(|c| c.is_alphanumeric()).count() == 2
    };
    let is_noun = |token: TermPlace| {
        let Distinct { chars, judgement, .. } = terms.of(token);
        *chars > 1 && judgement.role == Role::Content && judgement.tag.as_bytes().starts_with(b"n")
    };
    let mut roles: Vec<Role> = Vec::with_capacity(terms.tokens.len());
    for (at, &token) in terms.tokens.iter().enumerate() {
        let Part { role, special, .. } = parts[token.slot as usize];
        let before = || {
            let before = at.checked_sub(1).filter(|_| terms.is_joint(at));
            before.map(|before| (terms.tokens[before], roles[before]))
        };
        let role = match special.and_then(|special| Some((special, before()?))) {
            None => role,
            Some((SpecialTerm::Joint(latin), _)) if is_joint(token, latin) => Role::Link,
            Some((SpecialTerm::ShortNumber, (last, role))) if role == Role::Link || is_noun(last) => Role::Number,
            Some((SpecialTerm::Char, _)) if terms.text[..token.start].chars().next_back().is_some_and(is_counted) => {
                Role::Other
            }
            Some(_) => role,
        };
        roles.push(role);
    }
    roles
}

/// The hash of a normal form. It is the same for the same characters, however they were cut. Two
/// different forms collide with a chance of 1 in 2⁶⁴.
#[derive(Clone, Copy)]
struct FormHash {
    /// The characters as digits of a number to the base [`FormHash::BASE`].
    number: u64,
    /// The base to the power of the number of characters.
    power: u64,
}

impl FormHash {
    /// Odd, and without a pattern in its digits.
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    const EMPTY: FormHash = FormHash { number: 0, power: 1 };

    fn new(form: &str) -> FormHash {
        let of_char = |c: char| FormHash { number: c.into(), power: FormHash::BASE };
        form.chars().map(of_char).fold(FormHash::EMPTY, FormHash::and)
    }

    /// Returns the hash of these characters followed by those of `after`.
    fn and(self, after: FormHash) -> FormHash {
        let number = self.number.wrapping_mul(after.power).wrapping_add(after.number);
        FormHash { number, power: self.power.wrapping_mul(after.power) }
    }
}
