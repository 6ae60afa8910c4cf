//! Choosing some of many things without a branch: which are wanted cannot be predicted.

/// The numbers of the items that are wanted, in order, in place of what `picked` held. Each number
/// is written, and counted if its item is wanted.
#[inline(always)]
pub(crate) fn pick<T>(items: &[T], picked: &mut Vec<u32>, is_wanted: impl Fn(&T) -> bool) {
    picked.clear();
    picked.resize(items.len() + 1, 0);
    let mut count = 0;
    for (item, number) in items.iter().zip(0..) {
        picked[count] = number;
        count += usize::from(is_wanted(item));
    }
    picked.truncate(count);
}

/// [`Vec::retain`] from the item numbered `first` on.
#[inline]
pub(crate) fn retain_from<T: Copy>(items: &mut Vec<T>, first: usize, is_wanted: impl Fn(&T) -> bool) {
    let mut kept = first;
    for at in first..items.len() {
        let item = items[at];
        items[kept] = item;
        kept += usize::from(is_wanted(&item));
    }
    items.truncate(kept);
}
