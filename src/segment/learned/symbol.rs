//! The symbols of the model that stand for more than one character.

/// The symbols that stand for more than one character.
#[derive(Clone, Copy, Debug)]
pub struct Symbol;

impl Symbol {
    /// The edge of the text: before its beginning and after its end; also control characters.
    pub const EDGE: u16 = 0;
    /// Anything else: emoji, links, rare marks, other scripts.
    pub const OTHER: u16 = 1;
    /// A number, a date, a time: anything that begins with a digit and has no letters.
    pub const NUMBER: u16 = 2;
    /// A Latin word.
    pub const LATIN: u16 = 3;
    /// A Han character that is missing or very rare in the training text.
    pub const UNKNOWN_HAN: u16 = 4;
    /// The first symbol that is one character.
    pub const FIRST: u16 = 5;

    /// Returns the character that the model reads for `c`: half width for full width, and one form
    /// of quotation mark.
    ///
    /// ```
    /// # use fenci::segment::Symbol;
    /// assert_eq!(['，', '「', '字'].map(Symbol::plain), [',', '“', '字']);
    /// ```
    pub fn plain(c: char) -> char {
        match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '。' => '.',
            '「' | '『' => '“',
            '」' | '』' => '”',
            _ => c,
        }
    }
}
