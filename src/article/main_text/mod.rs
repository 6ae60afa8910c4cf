//! Tells the lines of an article from those around it.
//!
//! A linear model weighs [features](features()) of a line and cues in it, and a [chain](chances) of states over the page
//! makes of that how likely each line is part of the article.

mod chain;
mod credits;
mod cue;
mod features;
mod line;
mod model;
pub(super) mod removal;

pub use self::chain::{AFTER, BEFORE, BETWEEN, Chances, STATES, STEPS, TEXT, chances};
pub use self::cue::Cue;
pub use self::features::{COUNT, features, names};
pub use self::line::{Block, Line, Tags, cues};
pub use self::model::{CompiledLineModel, LineModel};
