//! Trains a [`WordModel`] from text with spaces between words.
//!
//! The model is a linear-chain conditional random field. FTRL-proximal finds its weights: it takes
//! one sentence after the other, and leaves weights at zero that little speaks for. The same input
//! gives the same bytes.

mod corpus;
mod field;
mod follow_the_leader;
mod known_words;
mod numbering;

use std::fmt;
use std::time::{Duration, Instant};

use fenci::Dictionary;
use fenci::segment::{WordModel, WordWeights};

use self::corpus::{Corpus, Sentence};
use self::field::Field;
use self::known_words::KnownWords;
use self::numbering::Numbering;
use crate::Error;

/// Trains a model of words; a builder.
#[derive(Clone, Debug)]
pub struct Trainer {
    corpus: Corpus,
    held_out: Corpus,
    dictionary: Option<Dictionary>,
    /// The number of the first word that only the natural profile has.
    first_new: usize,
    passes: usize,
    sparsity: f32,
    least: u32,
    hidden: Hidden,
}

/// The shares of sentences and words that training hides from the model, so that it learns to find
/// words by their characters. Shares are of 1,024.
#[derive(Clone, Copy, Debug)]
struct Hidden {
    /// The share of sentences without marks of the dictionary.
    dictionary: u32,
    /// The share of words of the dictionary that are hidden in a sentence.
    word: u32,
    /// The same for words that only the natural profile has. New words teach the model how the next
    /// ones look.
    new_word: u32,
}

/// One of every so many sentences is held out, unless held-out text was given.
const HELD_OUT: usize = 50;

/// The result of a pass.
#[derive(Clone, Copy, Debug)]
pub struct Pass {
    /// The number of the pass, from 1.
    pub number: usize,
    /// The number of all passes.
    pub of: usize,
    /// The time that the pass took, without the measurement.
    pub took: Duration,
    /// The score on held-out text.
    pub score: Score,
    /// The score on held-out text, without the dictionary.
    pub score_without_dictionary: Score,
}

/// The number of words of a text that a model found. A word is right if it begins and ends at the
/// right places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Words of the text.
    pub expected: usize,
    /// Words that the model found.
    pub found: usize,
    /// Words that both have.
    pub right: usize,
}

impl Score {
    /// Returns the harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / ((self.expected + self.found) as f64).max(1.0)
    }

    fn add(&mut self, sentence: &Sentence, ends: &[bool]) {
        let mut same_start = true;
        for (tag, &ends) in sentence.tags.iter().zip(ends) {
            let should_end = tag.ends();
            self.expected += usize::from(should_end);
            self.found += usize::from(ends);
            self.right += usize::from(should_end && ends && same_start);
            same_start = if should_end || ends { should_end && ends } else { same_start };
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |of: usize| self.right as f64 / of.max(1) as f64;
        write!(f, "F1 {:.4}, precision {:.4}, recall {:.4}", self.f1(), share(self.found), share(self.expected))
    }
}

impl Default for Trainer {
    fn default() -> Trainer {
        Trainer::new()
    }
}

impl Trainer {
    /// Returns a trainer without text and without a dictionary.
    pub fn new() -> Trainer {
        Trainer {
            corpus: Corpus::default(),
            held_out: Corpus::default(),
            dictionary: None,
            first_new: usize::MAX,
            passes: 4,
            sparsity: 5.0,
            least: 3,
            hidden: Hidden { dictionary: 200, word: 10, new_word: 600 },
        }
    }

    /// Sets the dictionary that the model asks, and that folds Traditional characters. Call this
    /// before text is added.
    ///
    /// Words that only the natural profile has teach the model how present-day words look: training
    /// often hides one of them.
    pub fn dictionary(mut self, dictionary: Dictionary) -> Trainer {
        self.first_new = dictionary.shared_len();
        self.dictionary = Some(dictionary);
        self
    }

    /// Sets the number of passes over the text. The default is 4.
    pub fn passes(mut self, passes: usize) -> Trainer {
        self.passes = passes.max(1);
        self
    }

    /// Adds text: a sentence a line, words separated by white space. A sentence of weight 2 counts
    /// as two.
    ///
    /// # Errors
    ///
    /// If a line is not UTF-8, or is no sentence with spaces between words; the error names the
    /// line.
    pub fn add(mut self, text: &[u8], weight: f32) -> Result<Trainer, Error> {
        self.corpus.read(text, weight, self.dictionary.as_ref())?;
        Ok(self)
    }

    /// Adds text that is only used to measure. Without any, every fiftieth sentence is held out.
    ///
    /// # Errors
    ///
    /// As for [`Trainer::add`].
    pub fn hold_out(mut self, text: &[u8]) -> Result<Trainer, Error> {
        self.held_out.read(text, 1.0, self.dictionary.as_ref())?;
        Ok(self)
    }

    /// Trains a model. Calls `after_pass` after each pass over the text.
    ///
    /// # Errors
    ///
    /// If there is no text.
    pub fn train(mut self, mut after_pass: impl FnMut(&Pass)) -> Result<WordModel, Error> {
        if self.held_out.sentences.is_empty() && self.corpus.sentences.len() >= HELD_OUT {
            self.held_out.sentences = self.corpus.take_every(HELD_OUT);
        }
        if self.corpus.sentences.is_empty() {
            return Err(Error("expected text with spaces between words, found none".into()));
        }
        let mut words = KnownWords::new(self.dictionary.as_ref(), self.first_new);
        words.weigh(&self.corpus.sentences);
        let numbering = Numbering::new(&self.corpus.sentences, self.least);
        let mut field = Field::new(&numbering, self.sparsity);
        let hidden = self.hidden;
        let examples: Vec<_> = (0..)
            .zip(&self.corpus.sentences)
            .map(|(number, sentence)| {
                let marks = (chance(number, 0) >= hidden.dictionary || self.dictionary.is_none()).then(|| {
                    let is_hidden = |word: u32, is_new: bool| {
                        chance(number, word + 1) < if is_new { hidden.new_word } else { hidden.word }
                    };
                    words.marks(&sentence.chars, Some(number % 2), is_hidden)
                });
                numbering.example(sentence, marks)
            })
            .collect();
        let held_out: Vec<_> =
            self.held_out.sentences.iter().map(|sentence| words.marks(&sentence.chars, None, |_, _| false)).collect();

        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut random = 7u64;
        let mut model = None;
        for number in 1..=self.passes {
            let begun = Instant::now();
            shuffle(&mut order, &mut random);
            for &at in &order {
                field.learn(&examples[at]);
            }
            let took = begun.elapsed();
            // Measures the compiled model, whose weights are bytes.
            let compiled = WordModel::compile(&self.weights(&field, &numbering, &words))
                .map_err(|error| Error(error.to_string()))?;
            let [mut score, mut score_without_dictionary] = [Score::default(); 2];
            for (sentence, marks) in self.held_out.sentences.iter().zip(&held_out) {
                let symbols: Vec<u16> = sentence.chars.iter().map(|&c| numbering.symbol(c)).collect();
                score.add(sentence, &compiled.word_ends(&symbols, Some(marks)));
                score_without_dictionary.add(sentence, &compiled.word_ends(&symbols, None));
            }
            after_pass(&Pass { number, of: self.passes, took, score, score_without_dictionary });
            model = Some(compiled);
        }
        model.ok_or_else(|| Error("expected at least one pass".into()))
    }

    fn weights(&self, field: &Field, numbering: &Numbering, words: &KnownWords) -> WordWeights {
        WordWeights {
            chars: numbering.chars.clone(),
            han: numbering.han,
            rows: field.rows(),
            pairs: field.pairs(numbering),
            marks: field.marks(),
            mark_pairs: field.mark_pairs(),
            beliefs: words.beliefs(),
            dictionary: self.dictionary.clone(),
        }
    }
}

/// Returns a pseudorandom number below 1,024. It is always the same for a sentence and a word.
fn chance(sentence: u32, word: u32) -> u32 {
    let mut mixed = u64::from(sentence) << 32 | u64::from(word);
    for factor in [0xBF58_476D_1CE4_E5B9u64, 0x94D0_49BB_1331_11EB] {
        mixed = (mixed ^ mixed >> 30).wrapping_mul(factor);
    }
    (mixed >> 50) as u32 & 1023
}

/// Shuffles with a generator whose numbers are the same on every machine (xorshift).
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests;
