//! Trains the models that [fenci](https://docs.rs/fenci) is compiled with.
//!
//! Each model has a module of its own: `words` learns where words end, `lines` learns which lines
//! of a page belong to its article, and `phrases` learns which candidates an author would choose
//! as keywords. The program `fenci train` calls them.
