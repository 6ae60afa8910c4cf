//! Choosing some of many things without a branch.

/// The numbers of the items that are wanted, in order, in place of what `picked` held. Which are cannot be predicted, so that
/// each number is written, and counted if its item is.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "no more are picked than there are, and there is room for one more")]
pub(super) fn pick<T>(items: &[T], picked: &mut Vec<u32>, is_wanted: impl Fn(&T) -> bool) {
    picked.clear();
    picked.resize(items.len() + 1, 0);
    let mut count = 0;
    for (item, number) in items.iter().zip(0..) {
        picked[count] = number;
        count += usize::from(is_wanted(item));
    }
    picked.truncate(count);
}
