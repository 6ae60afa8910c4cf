//! From the route through a batch of text to its tokens.

use crate::WordId;
use crate::hmm::{Hmm, Labels};
use crate::lexicon::Lexicon;
use crate::lexicon::codes::{BREAK, HAN, RARE, is_han, is_hmm_han};
use crate::route::Route;
use crate::text::{Kind, Units};
use crate::token::{Origin, Span};

/// A batch whose words are known, and where its tokens go.
pub(super) struct Batch<'a> {
    pub(super) lexicon: Lexicon<'a>,
    pub(super) hmm: Option<Hmm<'a>>,
    /// Whether the parts of a token are given before it.
    pub(super) with_parts: bool,
    pub(super) text: &'a str,
    pub(super) units: &'a Units,
    pub(super) route: &'a Route,
    pub(super) labels: &'a mut Labels,
    pub(super) spans: &'a mut Vec<Span>,
}

impl Batch<'_> {
    /// Tokens as jieba makes them: the single characters that the route leaves are for the HMM; without one, those
    /// that are ASCII letters and digits are joined.
    pub(super) fn emit_exact(&mut self) {
        let mut at = 0;
        let mut left = 0;
        while at < self.units.len() {
            let step = self.route.step(at);
            let is_break = self.units.codes[at] == BREAK;
            if step == 1 && !is_break && (self.hmm.is_some() || self.is_alphanumeric(at)) {
                at += 1;
                continue;
            }
            self.emit_left_over(left, at);
            at = if is_break { self.emit_separator(at) } else { self.emit(at, at + step) };
            left = at;
        }
        self.emit_left_over(left, at);
    }

    /// Tokens of the natural profile: pieces are whole, and the single Han characters are for the HMM.
    pub(super) fn emit_natural(&mut self) {
        let mut pieces = self.units.pieces.iter().peekable();
        let mut at = 0;
        let mut left = 0;
        while at < self.units.len() {
            let step = self.route.step(at);
            while pieces.next_if(|piece| (piece.start as usize) < at).is_some() {}
            let piece = pieces.next_if(|piece| piece.start as usize == at);
            if step == 1 && piece.is_none() && self.hmm.is_some() && self.is_han(at) {
                at += 1;
                continue;
            }
            self.emit_left_over(left, at);
            at = match piece {
                // A word that the piece is, or begins.
                _ if step > 1 => self.emit(at, at + step),
                Some(piece) => self.emit_as(at, piece.end as usize, piece.kind.into()),
                None if self.units.codes[at] == BREAK => self.emit_separator(at),
                None => self.emit(at, at + 1),
            };
            left = at;
        }
        self.emit_left_over(left, at);
    }

    /// Emit the run of single characters that the route has left.
    fn emit_left_over(&mut self, from: usize, to: usize) {
        let Some(hmm) = self.hmm.filter(|_| to - from > 1) else {
            if from < to {
                self.emit(from, to);
            }
            return;
        };
        // The route has preferred the single characters to the word that they make.
        if self.word(from, to - from).is_some() {
            for at in from..to {
                self.emit(at, at + 1);
            }
            return;
        }
        let mut at = from;
        while at < to {
            let is_for_hmm = self.is_for_hmm(at);
            let mut end = at + 1;
            while end < to && self.is_for_hmm(end) == is_for_hmm {
                end += 1;
            }
            match is_for_hmm {
                true => self.emit_with_hmm(hmm, at, end),
                false => self.emit_others(at, end),
            }
            at = end;
        }
    }

    fn emit_with_hmm(&mut self, hmm: Hmm<'_>, from: usize, to: usize) {
        if to - from == 1 {
            self.emit(from, to);
            return;
        }
        let (lexicon, units, text) = (self.lexicon, self.units, self.text);
        let char_at = |at: usize| {
            let known = lexicon.char_of(units.codes[at]);
            known.or_else(|| text[units.byte(at)..].chars().next()).unwrap_or_default()
        };
        let mut labels = std::mem::take(self.labels);
        hmm.cut((from..to).map(char_at), &mut labels, |begin, end| {
            let origin = if end - begin > 1 { Origin::Hmm } else { Origin::Han };
            self.emit_as(from + begin, from + end, origin);
        });
        *self.labels = labels;
    }

    /// Emit what is not for the HMM: words and numbers with `.`, `_` and `-` inside and `%` at the end, and, as one
    /// token, all that is between two of these.
    fn emit_others(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let mut end = at;
            while end < to && !self.is_alphanumeric(end) {
                end += 1;
            }
            if end == at {
                loop {
                    while end < to && self.is_alphanumeric(end) {
                        end += 1;
                    }
                    if end + 1 >= to || !is_connector(self.first_byte(end)) || !self.is_alphanumeric(end + 1) {
                        break;
                    }
                    end += 1;
                }
                if end < to && self.first_byte(end) == b'%' {
                    end += 1;
                }
            }
            at = self.emit(at, end);
        }
    }

    /// Emit a character outside of all runs, `\r\n` as one; gives the position after it.
    pub(super) fn emit_separator(&mut self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[self.units.byte(at)..];
        let len = if bytes.starts_with(b"\r\n") && at + 1 < self.units.len() { 2 } else { 1 };
        self.emit_as(at, at + len, self.kind(at).into())
    }

    /// Emit the characters `from..to` as one token; gives `to`.
    #[inline]
    pub(super) fn emit(&mut self, from: usize, to: usize) -> usize {
        match self.word(from, to - from) {
            Some(cell) => self.push(from, to, self.lexicon.number_at(cell), Origin::Dictionary),
            None => self.push(from, to, WordId::NONE, self.kind(from).into()),
        }
        to
    }

    /// As [`Batch::emit`], with the origin of the token if it is no dictionary word.
    pub(super) fn emit_as(&mut self, from: usize, to: usize, origin: Origin) -> usize {
        match self.word(from, to - from) {
            Some(cell) => self.push(from, to, self.lexicon.number_at(cell), Origin::Dictionary),
            None => self.push(from, to, WordId::NONE, origin),
        }
        to
    }

    #[inline]
    fn push(&mut self, from: usize, to: usize, number: u32, origin: Origin) {
        if self.with_parts {
            self.push_parts(from, to);
        }
        self.spans.push(Span { start: self.units.byte(from), end: self.units.byte(to), number, origin });
    }

    /// The parts of a token that search mode gives before it.
    fn push_parts(&mut self, from: usize, to: usize) {
        let start = self.units.byte(from);
        let token = &self.text[start..self.units.byte(to)];
        if token.bytes().any(is_connector) {
            let mut at = start;
            for part in token.split(['.', '_', '-']) {
                // A number alone, or a single character, says nothing.
                if part.len() >= 2 && part.contains(|c: char| c.is_ascii_alphabetic()) {
                    let origin = part.chars().next().map_or(Kind::Other, Kind::of).into();
                    self.spans.push(Span { start: at, end: at + part.len(), number: WordId::NONE, origin });
                }
                at += part.len() + 1;
            }
        }
        for len in [2, 3] {
            for at in from..to.saturating_sub(len - 1).max(from) {
                if let Some(cell) = self.word(at, len).filter(|_| to - from > len) {
                    let (start, end) = (self.units.byte(at), self.units.byte(at + len));
                    let number = self.lexicon.number_at(cell);
                    self.spans.push(Span { start, end, number, origin: Origin::Dictionary });
                }
            }
        }
    }

    #[inline]
    fn word(&self, at: usize, len: usize) -> Option<usize> {
        self.route.word(&self.units.codes, at, len)
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.text[self.units.byte(at)..].chars().next().map_or(Kind::Other, Kind::of)
    }

    #[inline]
    pub(super) fn first_byte(&self, at: usize) -> u8 {
        self.text.as_bytes()[self.units.byte(at)]
    }

    #[inline]
    fn is_alphanumeric(&self, at: usize) -> bool {
        self.first_byte(at).is_ascii_alphanumeric()
    }

    fn is_han(&self, at: usize) -> bool {
        match self.units.codes[at] {
            RARE | HAN => true,
            code => self.lexicon.char_of(code).is_some_and(is_han),
        }
    }

    fn is_for_hmm(&self, at: usize) -> bool {
        match self.units.codes[at] {
            HAN => true,
            code => self.lexicon.char_of(code).is_some_and(is_hmm_han),
        }
    }
}

/// What joins letters and digits inside of a word: version and part numbers, host names, hyphenated words.
fn is_connector(byte: u8) -> bool {
    matches!(byte, b'.' | b'_' | b'-')
}
