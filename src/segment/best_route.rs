//! The words of a dictionary's best route, and those that the HMM makes of the characters that the
//! route leaves.

use super::batch::Batch;
use super::data::Data;
use super::route::Route;
use super::route_words;
use super::scratch::Scratch;

/// Finds the best route through the dictionary words of a batch.
pub(super) fn find(data: &Data<'_>, route: &mut Route) {
    route.solve(data.lexicon);
    if let Some(user) = data.user.filter(|_| route.has_marks()) {
        route.split_words(user);
    }
}

/// Cuts a batch into the words of the best route, `most` at the most per call. Returns the
/// character after them. [`RouteWords::join`](super::route_words::RouteWords::join) joins single
/// characters that follow each other on the route and have one of the traits `loose`.
pub(super) fn cut(data: &Data<'_>, loose: u8, most: usize, text: &str, scratch: &mut Scratch) -> usize {
    let Scratch { units, given: from, route, route_words, whole, .. } = scratch;
    if *from == 0 {
        let is_long = most < units.len();
        find(data, route);
        if is_long {
            route.forget_classes();
        }
        route.change_steps(|route, steps| {
            route_words.join(Batch { lexicon: &data.lexicon, text, units, route }, steps, data.hmm, loose);
        });
        if is_long {
            route_words.release();
        }
    }
    route_words::push(Batch { lexicon: &data.lexicon, text, units, route }, *from, most, whole)
}
