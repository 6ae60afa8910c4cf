//! The fingerprint of a segmenter, which changes if its cuts may change.

use super::segmenter::Segmenter;

impl Segmenter {
    /// Returns a number that changes if the same text may be cut differently: with the data, the
    /// options, and the version of this crate. If a search index was built with another number, it
    /// must be built again.
    ///
    /// ```
    /// # use fenci::Segmenter;
    /// let segmenter = Segmenter::new();
    /// assert_eq!(segmenter.fingerprint(), Segmenter::new().fingerprint());
    /// assert_ne!(segmenter.fingerprint(), segmenter.with_hmm(false).fingerprint());
    /// ```
    pub fn fingerprint(&self) -> u64 {
        // Tags do not change any word.
        let Segmenter { dictionary, hmm_model, word_model, profile, hmm, fold, entities, white_space, .. } = self;
        let [base, user] = dictionary.fingerprints();
        let model = hmm_model.as_ref().filter(|_| *hmm).map_or(0, |model| model.fingerprint());
        let words = word_model.as_ref().filter(|_| *hmm).map_or(0, |model| model.fingerprint());
        let data = [base, user, model, words].map(u32::to_le_bytes);
        let options = [*profile as u8, (*hmm).into(), (*fold).into(), (*white_space).into()];
        let entities = entities.bits().to_le_bytes();
        let version = env!("CARGO_PKG_VERSION").as_bytes();
        fnv(&[version, data.as_flattened(), &options, &entities].concat())
    }
}

/// Returns the FNV-1a hash (Fowler, Noll and Vo), which is the same on every machine.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
