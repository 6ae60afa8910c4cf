//! Choosing some of many things without a branch: which are wanted cannot be predicted.

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
