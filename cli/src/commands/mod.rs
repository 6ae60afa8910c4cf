//! The commands. Each module has the options and the work of one.

pub(crate) mod clean;
pub(crate) mod cut;
pub(crate) mod explain;
pub(crate) mod highlight;
pub(crate) mod idf;
pub(crate) mod keywords;
pub(crate) mod train;
