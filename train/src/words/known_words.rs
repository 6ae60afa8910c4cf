//! The words of a dictionary, and how often the training text confirms them.

use std::collections::HashMap;

use fenci::Dictionary;
use fenci::segment::Marks;

use super::corpus::{Sentence, Tag, is_han};

/// Limits of the share of places at which the characters of a word are that word. A word at or
/// above the higher limit is confirmed. A word below the lower limit is no evidence.
const LOW: f32 = 0.1;
const HIGH: f32 = 0.6;

/// A trie of the words of two and more Han characters.
pub(super) struct KnownWords {
    children: HashMap<(u32, char), u32>,
    /// By node: the word's number plus one, or 0.
    words: Vec<u32>,
    /// By number: the count of places that have the characters, and the count of places at which
    /// they are a word. Sentences with even and odd numbers count apart.
    counts: Vec<[[u32; 2]; 2]>,
    /// The number of the first word that only the natural profile has.
    first_new: usize,
}

impl KnownWords {
    pub(super) fn new(dictionary: Option<&Dictionary>, first_new: usize) -> KnownWords {
        let counts = vec![[[0; 2]; 2]; dictionary.map_or(0, Dictionary::id_bound)];
        let mut known = KnownWords { children: HashMap::new(), words: vec![0], counts, first_new };
        if let Some(dictionary) = dictionary {
            for (word, entry) in dictionary.index().iter() {
                let chars: Vec<char> = word.chars().collect();
                if chars.len() > 1 && chars.iter().all(|&c| is_han(c)) {
                    known.insert(&chars, entry.id.index() as u32);
                }
            }
        }
        known
    }

    fn insert(&mut self, word: &[char], number: u32) {
        let mut node = 0;
        for &c in word {
            let next = self.words.len() as u32;
            node = *self.children.entry((node, c)).or_insert(next);
            if node == next {
                self.words.push(0);
            }
        }
        self.words[node as usize] = number + 1;
    }

    /// Calls `take` with the start, the length and the number of each word in `chars`.
    fn for_each(&self, chars: &[char], mut take: impl FnMut(usize, usize, u32)) {
        for start in 0..chars.len() {
            let mut node = 0;
            for (&c, len) in chars[start..].iter().zip(1..) {
                match self.children.get(&(node, c)) {
                    Some(&next) => node = next,
                    None => break,
                }
                if let Some(number) = self.words[node as usize].checked_sub(1) {
                    take(start, len, number);
                }
            }
        }
    }

    /// Counts the places of the words in the training text, and the places at which they are words.
    pub(super) fn weigh(&mut self, sentences: &[Sentence]) {
        let mut counts = std::mem::take(&mut self.counts);
        for (number, sentence) in sentences.iter().enumerate() {
            self.for_each(&sentence.chars, |start, len, word| {
                let tags = &sentence.tags[start..start + len];
                let is_word = tags[0] == Tag::Begin
                    && tags[len - 1] == Tag::End
                    && tags[1..len - 1].iter().all(|&tag| tag == Tag::Middle);
                let [stands, is] = &mut counts[word as usize][number % 2];
                *stands += 1;
                *is += u32::from(is_word);
            });
        }
        self.counts = counts;
    }

    /// Returns the belief in a word. For a sentence of one half it counts the sentences of the
    /// other half, so that no sentence is trained on its own counts.
    fn belief(&self, word: u32, half: Option<u32>) -> u8 {
        let [even, odd] = self.counts[word as usize];
        let [stands, is] = match half {
            Some(0) => odd,
            Some(_) => even,
            None => [even[0] + odd[0], even[1] + odd[1]],
        };
        let share = (is as f32 + 0.5) / (stands as f32 + 1.0);
        match share {
            _ if stands == 0 => 1,
            ..LOW => 0,
            LOW..HIGH => 1,
            _ => 2,
        }
    }

    /// Returns the belief in each word, by number.
    pub(super) fn beliefs(&self) -> Vec<u8> {
        (0..self.counts.len() as u32).map(|word| self.belief(word, None)).collect()
    }

    /// Returns the marks of a sentence. Words for which `is_hidden` returns `true` are left out; it
    /// gets the word's number and whether the word is new.
    pub(super) fn marks(&self, chars: &[char], half: Option<u32>, is_hidden: impl Fn(u32, bool) -> bool) -> Vec<u8> {
        let mut marks = Marks::default();
        marks.start(chars.len());
        self.for_each(chars, |start, len, word| {
            if !is_hidden(word, word as usize >= self.first_new) {
                marks.word(start, len, self.belief(word, half));
            }
        });
        marks.find().to_vec()
    }
}
