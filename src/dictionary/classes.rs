//! Classes of words by frequency, numbered by sixteen bits of a cell. The last classes are for user
//! words.

/// Returns the least frequency of each class, from the most frequent class to the least, and
/// whether each frequency has a class of its own.
///
/// There are at most `most` classes. If there are more frequencies, those with the least relative
/// difference share a class.
pub(super) fn classes(mut frequencies: Vec<u64>, most: usize) -> (Vec<u64>, bool) {
    frequencies.sort_unstable();
    frequencies.dedup();
    frequencies.reverse();
    let mut leasts = frequencies.clone();
    let mut share = f64::powi(2.0, -20);
    while leasts.len() > most {
        leasts.clear();
        let mut rest = &frequencies[..];
        while let [first, ..] = rest {
            let least = *first as f64 * (1.0 - share);
            let len = rest.partition_point(|&frequency| frequency as f64 >= least);
            leasts.push(rest[len - 1]);
            rest = &rest[len..];
        }
        share *= 2.0;
    }
    let is_exact = leasts.len() == frequencies.len();
    (leasts, is_exact)
}

/// Returns the class of a frequency.
pub(super) fn class_of(leasts: &[u64], frequency: u64) -> usize {
    leasts.partition_point(|&least| least > frequency)
}

/// The last classes, which mean more than a frequency.
#[derive(Clone, Copy)]
pub(crate) enum SpecialClass {
    Preferred,
    Forced,
    Split,
    NeverJoin,
    /// A character that is a word of frequency 0.
    Never,
    /// A character that is part of a run only inside one of the user words.
    Covered,
}

impl SpecialClass {
    pub(super) const COUNT: usize = 6;

    /// Returns the weights of the special classes. A forced word outweighs every route without it:
    /// a word has at most 255 characters, so no two routes differ by more.
    pub(super) fn weights(unknown: f64) -> [f64; SpecialClass::COUNT] {
        const FORCE: f64 = 65536.0;
        [0.0, FORCE, FORCE, f64::NEG_INFINITY, f64::NEG_INFINITY, unknown]
    }
}

/// The number of classes that a dictionary leaves to user words, including the special ones.
pub(super) const CLASSES: usize = 1 << 12;

/// Returns `true` if a weight may be that of a word on a route. It is the logarithm of the quotient
/// of two numbers of eight bytes, so no sum of such weights is infinite. A route with an infinite
/// sum could end anywhere.
pub(super) fn is_usual(weight: f64) -> bool {
    (-100.0..=0.0).contains(&weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_classes_as_frequencies_if_there_is_room() {
        let frequencies = [900, 30, 7, 1, 0];
        let (leasts, is_exact) = classes(vec![7, 900, 1, 30, 0, 30], 5);
        assert_eq!((&leasts[..], is_exact), (&frequencies[..], true));
        assert!(frequencies.iter().enumerate().all(|(class, &frequency)| class_of(&leasts, frequency) == class));
    }

    #[test]
    fn neighbours_share_a_class_if_there_is_none() {
        let frequencies: Vec<u64> = (0..100_000).rev().map(|n| n * n).collect();
        let (leasts, is_exact) = classes(frequencies.clone(), 65_000);
        assert!(!is_exact && leasts.len() <= 65_000 && leasts.len() > 20_000, "{}", leasts.len());
        assert!(leasts.is_sorted_by(|a, b| a > b));
        for &frequency in &frequencies {
            let least = leasts[class_of(&leasts, frequency)];
            assert!(least <= frequency && least as f64 >= frequency as f64 * 0.999, "{frequency} {least}");
        }
    }
}
