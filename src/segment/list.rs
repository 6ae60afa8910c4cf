//! A vector that pushes items, or does not, without a branch.

use std::ops::{Deref, DerefMut};

/// A list that writes each item in any case, and counts it if it is wanted.
///
/// It is unpredictable where a word ends. A mispredicted branch costs as much as writing several
/// items. Clearing the list keeps its buffer, so that nothing is initialized twice.
#[derive(Default)]
pub(crate) struct List<T> {
    room: Vec<T>,
    len: usize,
}

impl<T: Copy + Default> List<T> {
    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    #[inline]
    pub(crate) fn push(&mut self, item: T) {
        self.room(1)[0] = item;
        self.len += 1;
    }

    /// Pushes `item` if it is `wanted`.
    #[inline]
    pub(crate) fn push_if(&mut self, item: T, wanted: bool) {
        self.room(1)[0] = item;
        self.len += usize::from(wanted);
    }

    /// Returns room for at least `more` items. Items that are written there belong to the list
    /// after [`List::advance`].
    #[inline]
    pub(crate) fn room(&mut self, more: usize) -> &mut [T] {
        if self.room.len() - self.len < more {
            self.grow(more);
        }
        &mut self.room[self.len..]
    }

    /// Counts the first `count` items of the room as pushed.
    #[inline]
    pub(crate) fn advance(&mut self, count: usize) {
        self.len = (self.len + count).min(self.room.len());
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize) {
        // Grows by a quarter and no more, since the words of a long run are many.
        let missing = self.len + more - self.room.len();
        self.room.reserve_exact(missing.max(self.room.len() / 4));
        self.room.resize(self.room.capacity(), T::default());
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Keeps the items that are `wanted`, in order.
    pub(crate) fn retain(&mut self, wanted: impl Fn(T) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            let item = self.room[at];
            self.room[kept] = item;
            kept += usize::from(wanted(item));
        }
        self.len = kept;
    }

    /// Removes items that are the same as the item before them.
    pub(crate) fn dedup(&mut self, is_same: impl Fn(T, T) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            let item = self.room[at];
            if kept == 0 || !is_same(self.room[kept - 1], item) {
                self.room[kept] = item;
                kept += 1;
            }
        }
        self.truncate(kept);
    }

    /// Returns the number of items that there is room for.
    pub(crate) fn capacity(&self) -> usize {
        self.room.len()
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        &self.room[..self.len]
    }
}

impl<T> DerefMut for List<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.room[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_wanted() {
        let mut list = List::default();
        for turn in 0..3 {
            list.clear();
            (0..100).for_each(|number| list.push_if(number, number % 3 == turn));
            assert_eq!(*list, (0..100).filter(|number| number % 3 == turn).collect::<Vec<i32>>());
            list.retain(|number| number % 2 == 0);
            list.push(7);
            list.truncate(18);
            assert!(list.iter().all(|number| *number == 7 || number % 6 == (turn * 4) % 6));
        }
    }
}
