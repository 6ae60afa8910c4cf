//! Access to arrays without a check of the index, for the loops over characters, where the checks took a third of the
//! time.
//!
//! In builds with debug assertions, as the tests are, and with `--cfg fenci_checked`, every index is checked.
//!
//! What makes an index right is said at each use. It rests on two things: the arrays of a batch are made long enough
//! for its characters before the loops begin, and what is read from a dictionary has been validated when it was
//! opened, or made by this crate.

#![allow(unsafe_code)]

/// Whether what the accesses rely on is looked at.
pub(crate) const CHECKED: bool = cfg!(any(debug_assertions, fenci_checked));

/// `slice[index]`.
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

/// `&mut slice[index]`.
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
