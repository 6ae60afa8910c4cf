//! The learned model by which [fenci](https://docs.rs/fenci) finds where Chinese words end.
//!
//! This is data in a package of its own, since its licence is another than that of the code: CC BY-SA
//! 4.0. The README names the texts from which the model was learned.

/// The model, as `fenci::segment::WordModel::from_bytes` reads it.
pub static MODEL: &[u8] = &ALIGNED.0;

/// The rows of weights have eight bytes each, and none lies in two lines of the cache.
#[repr(align(64))]
struct Aligned<B: ?Sized>(B);

static ALIGNED: &Aligned<[u8]> = &Aligned(*include_bytes!("../words.bin"));
