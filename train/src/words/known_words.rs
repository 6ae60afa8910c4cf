//! The words of a dictionary, and how far the training text bears them out.

use std::collections::HashMap;

use fenci::Dictionary;
use fenci::segment::Marks;

use super::corpus::{Sentence, Tag, is_han};

/// A word is believed if it is one at more than this share of the places where its characters
/// stand; if it is one at less than the lower share, it is no witness.
const LOW: f32 = 0.1;
const HIGH: f32 = 0.6;

/// A trie of the words of two and more Han characters.
pub(super) struct KnownWords {
    children: HashMap<(u32, char), u32>,
    /// By node: the word's number plus one, or 0.
    words: Vec<u32>,
    /// By number: at how many places the characters stand, and at how many they are a word, in
    /// sentences with even and with odd numbers.
    counts: Vec<[[u32; 2]; 2]>,
    /// The number of the first word that the natural profile alone knows.
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

    /// All words in `chars`: where they begin, their length, their number.
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

    /// Counts where the words stand in the training text, and where they are words.
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

    /// How far a word is believed. In sentences of one half it is judged by those of the other, so
    /// that no sentence is trained on what was learned from itself.
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

    /// By number how far all words are believed.
    pub(super) fn beliefs(&self) -> Vec<u8> {
        (0..self.counts.len() as u32).map(|word| self.belief(word, None)).collect()
    }

    /// The marks of a sentence without the words that are hidden, by number and whether they are
    /// new.
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
