//! Explanations: why a text was cut as it was.

use std::fmt::{self, Write};

use super::best_route;
use super::cutter::{Cutter, Mode};
use super::data::Data;
use super::learned::Weighings;
use super::scratch::{Lent, Scratch};
use super::segmenter::Segmenter;
use super::token::Token;
use crate::dictionary::WordId;
use crate::text::Origin;

/// A word that may be part of a cut of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Candidate<'t> {
    /// The word.
    pub text: &'t str,
    /// The byte of the text that it begins at.
    pub start: usize,
    /// Its number in the dictionary; `None` of a character that is no word.
    pub word_id: Option<WordId>,
    /// The natural logarithm of its frequency divided by the sum of all, or of one divided by that
    /// sum if it is a character where no word begins, or a part of a word that a user has split. A
    /// word that a user prefers has 0, and one that a user forces or splits more than all others
    /// together.
    pub log_probability: f64,
    /// `true` if it is on the best route.
    pub is_chosen: bool,
}

impl Candidate<'_> {
    /// Returns the byte after it.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// A sum of weights of a learned model, and its parts. The unit is the natural logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// The weights of the characters around the position.
    pub characters: f64,
    /// The weights of the pairs of neighbours among them.
    pub pairs: f64,
    /// The weights of the words that the dictionary has there.
    pub dictionary: f64,
}

impl Weight {
    /// Returns the whole sum.
    pub fn sum(&self) -> f64 {
        self.characters + self.pairs + self.dictionary
    }
}

/// The weights of a learned model at a character, number or Latin word.
///
/// The model chooses the cut with the greatest sum. The sum adds [`Place::border`] wherever a word
/// ends, and [`Place::single`] for each word of one character. Only Han characters join: a number
/// or a mark is a word by itself, whatever its weights are.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Place<'t> {
    /// The character, number or Latin word.
    pub text: &'t str,
    /// The byte of the text that it begins at.
    pub start: usize,
    /// The weight of a border after it: greater than 0 speaks for one.
    pub border: Weight,
    /// The weight of a word of this character alone.
    pub single: Weight,
    /// `true` if a token ends after it.
    pub is_end: bool,
}

impl Place<'_> {
    /// Returns the byte after it.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// An explanation of a cut: the candidate words, the best route through them, the weights of the
/// learned model, and the tokens. [`Segmenter::explain`] returns it.
///
/// Its [`Display`](fmt::Display) is a table for people. [`Explanation::to_dot`] draws it for
/// Graphviz.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation<'t> {
    candidates: Vec<Candidate<'t>>,
    places: Vec<Place<'t>>,
    tokens: Vec<Token<'t>>,
}

impl<'t> Explanation<'t> {
    /// Returns the candidates: all words in the text's runs, which consist of Han characters and
    /// the characters that are looked up with them. They are sorted by start, then by length. White
    /// space, punctuation and Latin words are left out, since they leave no choice.
    ///
    /// ```
    /// let explanation = fenci::Segmenter::new().explain("研究生命");
    /// assert_eq!(explanation.candidates().len(), 7);
    /// ```
    pub fn candidates(&self) -> &[Candidate<'t>] {
        &self.candidates
    }

    /// Returns the weights of the learned model at each character, in order. White space has none.
    /// Empty if no learned model decides.
    ///
    /// ```
    /// let explanation = fenci::Segmenter::new().explain("研究生命");
    /// assert_eq!(explanation.places().len(), 4);
    /// ```
    pub fn places(&self) -> &[Place<'t>] {
        &self.places
    }

    /// Returns the tokens of [`Segmenter::cut`].
    ///
    /// ```
    /// let explanation = fenci::Segmenter::new().explain("研究生命");
    /// assert_eq!(explanation.tokens().len(), 2);
    /// ```
    pub fn tokens(&self) -> &[Token<'t>] {
        &self.tokens
    }

    /// Returns the natural logarithm of the probability of the best route: the sum over the chosen
    /// candidates. No other route through the candidates has a greater sum.
    ///
    /// ```
    /// let explanation = fenci::Segmenter::new().explain("研究生命");
    /// assert!((-16.6..-16.5).contains(&explanation.log_probability()));
    /// ```
    pub fn log_probability(&self) -> f64 {
        self.candidates.iter().filter(|candidate| candidate.is_chosen).map(|candidate| candidate.log_probability).sum()
    }

    /// Returns the name of the model that joined a token's characters to a word, if one did. This
    /// is the learned model where it decides, else the HMM. The HMM may also make a word that the
    /// dictionary has.
    fn joined_by(&self, token: &Token<'_>) -> Option<&'static str> {
        if !self.places.is_empty() {
            return (token.origin() == Origin::Model).then_some("model");
        }
        let first = self.candidates.partition_point(|candidate| candidate.start < token.start());
        let mut here = self.candidates[first..].iter().take_while(|candidate| candidate.start == token.start());
        let is_joined = here.any(|candidate| candidate.is_chosen && candidate.end() < token.end());
        (token.origin() == Origin::Hmm || is_joined).then_some("HMM")
    }

    /// Returns a picture in Graphviz's language. The nodes, from left to right, are the positions
    /// between characters. The arrows are the candidates with their log probabilities; those on the
    /// best route are bold. Dashed arrows are the words that the HMM or the learned model found.
    /// Where the model decides, each position has the weight of a border there, and is bold if
    /// there is one.
    ///
    /// ```
    /// let dot = fenci::Segmenter::new().explain("南京市").to_dot();
    /// assert!(dot.starts_with("digraph"));
    /// assert!(dot.contains("0 -> 9 [label=\"南京市\\n"));
    /// ```
    pub fn to_dot(&self) -> String {
        let mut dot = String::from(
            "digraph {\n  rankdir=LR\n  node [shape=circle fontname=\"sans\" fontsize=9]\n  edge [fontname=\"sans\"]\n",
        );
        // Writing to a string cannot fail.
        for Candidate { text, start, log_probability, is_chosen, .. } in &self.candidates {
            let bold = if *is_chosen { " style=bold" } else { " color=gray fontcolor=gray" };
            let end = start + text.len();
            let text = escaped(text);
            let _ = writeln!(dot, "  {start} -> {end} [label=\"{text}\\n{log_probability:.2}\"{bold}]");
        }
        for place in &self.places {
            let (end, weight) = (place.end(), place.border.sum());
            let bold = if place.is_end { " style=bold" } else { "" };
            let _ = writeln!(dot, "  {end} [label=\"{end}\\n{weight:+.1}\"{bold}]");
        }
        for (token, by) in self.tokens.iter().filter_map(|token| Some((token, self.joined_by(token)?))) {
            let (start, end, text) = (token.start(), token.end(), escaped(token.text()));
            let _ = writeln!(dot, "  {start} -> {end} [label=\"{text}\\n{by}\" style=dashed]");
        }
        dot.push_str("}\n");
        dot
    }
}

/// Escapes text for a string in Graphviz's language.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(char::is_control, " ")
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The words come last, since their width on the screen is unknown.
        writeln!(f, " start    end     log P    word")?;
        for candidate in &self.candidates {
            let Candidate { text, start, log_probability, is_chosen, .. } = candidate;
            let mark = if *is_chosen { '*' } else { ' ' };
            let (end, text) = (candidate.end(), text.escape_debug());
            writeln!(f, "{start:>6} {end:>6} {log_probability:>9.2}  {mark} {text}")?;
        }
        writeln!(f, "best route: {:.2}", self.log_probability())?;
        if !self.places.is_empty() {
            writeln!(f, "\nweights of a border after each character, and of a word of it alone")?;
            writeln!(f, "   end    chars    pairs dictionary   border   single")?;
        }
        for place in &self.places {
            let Weight { characters, pairs, dictionary } = place.border;
            let (border, single) = (place.border.sum(), place.single.sum());
            let (end, mark, text) = (place.end(), if place.is_end { '|' } else { ' ' }, place.text.escape_debug());
            write!(f, "{end:>6} {characters:>+8.2} {pairs:>+8.2} {dictionary:>+10.2}")?;
            writeln!(f, " {border:>+8.2} {single:>+8.2}  {text} {mark}")?;
        }
        write!(f, "tokens:")?;
        for token in &self.tokens {
            write!(f, " {}", token.text().escape_debug())?;
            if let Some(by) = self.joined_by(token) {
                write!(f, " ({by})")?;
            }
        }
        writeln!(f)
    }
}

impl Segmenter {
    /// Explains why [`Segmenter::cut`] cuts a text as it does. The explanation has all dictionary
    /// words in the text with their log probabilities, the best route, and the weights of the
    /// learned model at each position. It also has the words that the HMM made of the characters
    /// left by the route. Takes several times as long as `cut`.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// let explanation = segmenter.explain("研究生命起源");
    /// let chosen = explanation.candidates().iter().filter(|candidate| candidate.is_chosen);
    /// assert_eq!(chosen.map(|candidate| candidate.text).collect::<Vec<_>>(), ["研究", "生命", "起源"]);
    /// // 研究生 was there, but leaves 命.
    /// assert!(explanation.candidates().iter().any(|candidate| candidate.text == "研究生"));
    /// println!("{explanation}");
    /// ```
    pub fn explain<'t>(&self, text: &'t str) -> Explanation<'t> {
        let (cutter, data) = (self.cutter(Mode::Precise), self.data(self.hmm));
        let tokens = self.cut(text).collect();
        let mut explanation = Explanation { candidates: Vec::new(), places: Vec::new(), tokens };
        let (mut scratch, mut weighings) = (Lent::new(), Weighings::default());
        let mut at = 0;
        while at < text.len() {
            weigh(cutter, &data, text, at, scratch.get(), &mut weighings, &mut explanation);
            let end = cutter.read_batch(&data, text, at, scratch.get());
            find_candidates(&data, text, scratch.get(), &mut explanation.candidates);
            at = end;
        }
        explanation
    }
}

/// Finds the weights of the learned model in the batch that begins at byte `from`.
fn weigh<'t>(
    cutter: Cutter<'_>,
    data: &Data<'_>,
    text: &'t str,
    from: usize,
    scratch: &mut Scratch,
    weighings: &mut Weighings,
    Explanation { places, tokens, .. }: &mut Explanation<'t>,
) {
    let Some(model) = data.model else { return };
    for (buffers, part) in weighings.0.iter_mut().zip(model.parts()) {
        cutter.read_batch(data, text, from, scratch);
        buffers.find_borders(data, part, text, &scratch.units, &mut scratch.route);
    }
    weighings.for_each(|from, to, [characters, pairs, dictionary]| {
        let (start, end) = (scratch.units.byte(from), scratch.units.byte(to));
        let weight = |at: usize| Weight { characters: characters[at], pairs: pairs[at], dictionary: dictionary[at] };
        let is_end = tokens.binary_search_by_key(&end, Token::end).is_ok();
        places.push(Place { text: &text[start..end], start, border: weight(0), single: weight(1), is_end });
    });
}

/// Finds the candidates in a batch that was read.
fn find_candidates<'t>(data: &Data<'_>, text: &'t str, scratch: &mut Scratch, candidates: &mut Vec<Candidate<'t>>) {
    let Scratch { units, route, .. } = scratch;
    best_route::find(data, route);
    let lexicon = data.lexicon;
    let mut next = 0;
    for at in 0..units.len() {
        // Words that users split are already split: their parts are on the route.
        let is_on_route = at == next;
        let step = route.step(at);
        if is_on_route {
            next += step;
        }
        let mut words: Vec<(usize, f64)> = route.candidates(lexicon, at).collect();
        // A part of a split word that is no dictionary word.
        if is_on_route && route.is_split(at) && !words.iter().any(|(len, _)| *len == step) {
            words.push((step, lexicon.unknown));
        }
        for (len, log_probability) in words {
            let (start, end) = (units.byte(at), units.byte(at + len));
            candidates.push(Candidate {
                text: &text[start..end],
                start,
                word_id: WordId::from_number(route.word(at, len)),
                log_probability,
                is_chosen: is_on_route && len == step,
            });
        }
    }
}
