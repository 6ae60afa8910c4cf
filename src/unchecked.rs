//! Array accesses without bounds checks, for the loops over characters. There the checks took a
//! third of the time.
//!
//! Builds with debug assertions, as the tests are, and builds with `--cfg fenci_checked` check
//! every index.
//!
//! Each use states why its index is in bounds. The reasons rest on two invariants. The arrays of a
//! batch are made long enough for its characters before the loops begin. Data of a dictionary was
//! validated when the dictionary was opened, or was made by this crate.

#![allow(unsafe_code)]

/// `true` in builds that check the bounds and other invariants on which unchecked accesses rely.
pub(crate) const CHECKED: bool = cfg!(any(debug_assertions, fenci_checked));

/// Returns `slice[index]`.
///
/// # Safety
///
/// `index` is less than the slice's length.
#[inline(always)]
pub(crate) unsafe fn get<T: Copy>(slice: &[T], index: usize) -> T {
    if CHECKED {
        return slice[index];
    }
    // SAFETY: the caller's promise.
    unsafe { *slice.get_unchecked(index) }
}

/// Returns `&mut slice[index]`.
///
/// # Safety
///
/// `index` is less than the slice's length.
#[inline(always)]
pub(crate) unsafe fn get_mut<T>(slice: &mut [T], index: usize) -> &mut T {
    if CHECKED {
        return &mut slice[index];
    }
    // SAFETY: the caller's promise.
    unsafe { slice.get_unchecked_mut(index) }
}
