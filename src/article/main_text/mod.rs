//! Tells the lines of an article from those around it.
//!
//! A linear model weighs the [features](features()) of each line and the [cues](Cue) in it. A
//! [chain](chances) of states over the page turns the weights into chances.

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
pub use self::model::{LineModel, LineWeights};
