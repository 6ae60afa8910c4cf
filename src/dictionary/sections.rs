//! The names of the sections of a compiled dictionary.

macro_rules! sections {
    ($($(#[$doc:meta])* $section:ident $name:literal $item:literal)*) => {
        /// The sections of an image.
        #[derive(Clone, Copy)]
        pub(super) enum Section { $($(#[$doc])* $section),* }

        impl Section {
            pub(super) const ALL: &[Section] = &[$(Section::$section),*];

            /// Returns the section's name, and the number of bytes in an item.
            pub(super) fn form(self) -> (&'static [u8; 4], u32) {
                match self { $(Section::$section => ($name, $item)),* }
            }
        }
    };
}

sections! {
    Meta b"meta" 8
    /// Shared by the tables of characters beyond the basic plane.
    Leaves b"leaf" 2
    Exact b"exac" 2
    ExactBeyond b"exab" 2
    Folded b"fold" 2
    FoldedBeyond b"folb" 2
    Chars b"char" 4
    Traits b"trai" 1
    Bases b"base" 4
    CharWords b"chwo" 4
    CharWeights b"chwe" 8
    Spelled b"spel" 2
    Weights b"weig" 8
    Frequencies b"freq" 8
    Tags b"tags" 16
    /// Pairs of characters that a builder was given, kept so that it can be given them again.
    Folds b"tofo" 8
    Variants b"vari" 8
    Pairs b"pair" 4
    /// Only in dictionaries of a million words.
    Thirds b"thir" 4
    Cells b"cell" 16
    ClassOfWord b"clas" 2
    TagOfWord b"tagw" 1
    /// Only in dictionaries where the natural profile has other tags.
    NaturalTagOfWord b"tagn" 1
    /// Only in dictionaries with more frequencies than classes.
    FrequencyOfWord b"frew" 8
}

impl Section {
    pub(super) fn name(self) -> &'static [u8; 4] {
        self.form().0
    }

    pub(super) fn may_be_missing(self) -> bool {
        matches!(self, Section::Thirds | Section::NaturalTagOfWord | Section::FrequencyOfWord)
    }
}
